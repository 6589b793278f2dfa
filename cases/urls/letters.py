"""Addresses of the pages about letters of enforcement."""

urlpatterns: list = []
