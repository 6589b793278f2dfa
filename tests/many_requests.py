"""For tests that ask for hundreds of addresses: what is the same at each of them is done once, or left out where nothing asks for it.

Of such a test a third went into finding each view among more than a thousand addresses, prolonging the session and writing to
the log by what way each refusal came about. A session that a page changes is saved all the same. Whoever asks is read once:
each page has them as they were then, with nothing that another page found out of them.
"""

import logging
from contextlib import contextmanager
from copy import copy
from functools import lru_cache, partial

import pytest
from django.contrib.auth.backends import ModelBackend
from django.http import HttpResponse
from django.test import override_settings
from django.urls import URLResolver


@contextmanager
def asked_for(addresses):
    """Requests meanwhile are answered as ever, and sooner. `addresses`: how many are asked for before one is asked for again."""
    resolve = lru_cache(maxsize=4 * addresses)(URLResolver.resolve)  # each by a few, one in another
    read, found = ModelBackend.get_user, {}

    def read_once(self, key):
        if key not in found:
            found[key] = read(self, key)
        return copy(found[key])

    with pytest.MonkeyPatch.context() as patch, override_settings(SESSION_SAVE_EVERY_REQUEST=False):
        patch.setattr(URLResolver, "resolve", resolve)
        patch.setattr(ModelBackend, "get_user", read_once)
        for logger in ("django.request", "django_structlog.middlewares.request"):
            patch.setattr(logging.getLogger(logger), "disabled", True)
        yield


@contextmanager
def refusals_undrawn():
    """Whatever is refused meanwhile is refused as ever, in the words that the refusal came with and without its page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            URLResolver, "resolve_error_handler", lambda _, status: partial(_undrawn, status)
        )
        yield


def _undrawn(status, request, exception=None):
    return HttpResponse(str(exception or ""), status=status)
