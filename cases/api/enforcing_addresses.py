"""Addresses of the API about failures to comply."""

ADDRESSES: list = []
