"""Addresses of the pages about the admin hub's queue."""

urlpatterns: list = []
