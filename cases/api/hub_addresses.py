"""Addresses of the API about the admin hub's queue."""

ADDRESSES: list = []
