"""Endpoints that read across cases."""
