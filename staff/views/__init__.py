"""Signing in, the account, help, and whether the service is well."""
