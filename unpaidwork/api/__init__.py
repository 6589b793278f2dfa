"""The endpoints of unpaid work."""
