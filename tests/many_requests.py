"""For tests that ask for hundreds of addresses: what is the same at each of them is done once, or left out where nothing asks for it.

Of such a test a third went into finding each view among more than a thousand addresses, prolonging the session and writing to
the log by what way each refusal came about. A session that a page changes is saved all the same.
"""

import logging
from contextlib import contextmanager
from functools import lru_cache

import pytest
from django.test import override_settings
from django.urls import URLResolver


@contextmanager
def asked_for(addresses):
    """Requests meanwhile are answered as ever, and sooner. `addresses`: how many are asked for before one is asked for again."""
    resolve = lru_cache(maxsize=4 * addresses)(URLResolver.resolve)  # each by a few, one in another
    with pytest.MonkeyPatch.context() as patch, override_settings(SESSION_SAVE_EVERY_REQUEST=False):
        patch.setattr(URLResolver, "resolve", resolve)
        for logger in ("django.request", "django_structlog.middlewares.request"):
            patch.setattr(logging.getLogger(logger), "disabled", True)
        yield
