"""Addresses of the pages about recalls, and winning somebody back."""

urlpatterns: list = []
