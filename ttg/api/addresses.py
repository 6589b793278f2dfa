"""Addresses of the API that are about Through the Gate."""

from django.urls.resolvers import URLPattern

ADDRESSES: list[URLPattern] = []
