"""What several tests begin from, made once for those of a module that begin from the same. What each does to it is undone.

Pytest runs those together that ask for the same, and takes back what they began from before the next is made: a test finds
nothing besides its own.
"""

from contextlib import contextmanager

import pytest
from django.db import transaction


@contextmanager
def undone():
    """What happens meanwhile is taken back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def made_once(make):
    """A fixture of the module, to be called `kept` there: (where its tests begin, the key of the row `make(where)` gives).

    Let every test of a module ask for it by `begin_at`: one that does not might find what another began from.
    """

    @pytest.fixture(scope="module")
    def kept(request, django_db_setup, django_db_blocker):
        with django_db_blocker.unblock(), undone():
            yield request.param, make(request.param).pk

    return kept


def begin_at(*wheres):
    """The test begins at each of these in turn."""
    return pytest.mark.parametrize("kept", wheres, indirect=True, scope="module")
