"""Addresses of the pages about breaches, from the pack to the court."""

urlpatterns: list = []
