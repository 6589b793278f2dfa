"""Addresses of the API about breaches, from the pack to the court."""

ADDRESSES: list = []
