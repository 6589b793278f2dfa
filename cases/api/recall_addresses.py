"""Addresses of the API about recalls, and winning somebody back."""

ADDRESSES: list = []
