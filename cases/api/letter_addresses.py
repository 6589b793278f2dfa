"""Addresses of the API about letters of enforcement."""

ADDRESSES: list = []
