"""Signing in and out, the account, help, and the health of the service."""

urlpatterns: list = []
