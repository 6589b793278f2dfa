"""The tables are emptied by the tests as Django empties them, or a test would find what another left."""

import os
import time

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.utils import InternalError
from django.test import TransactionTestCase

from staff.audit import record
from staff.models import Entry
from tests import quick_emptying
from tests.factories import DeadlineFactory, UserFactory
from tests.forks import fork, wait

pytestmark = pytest.mark.django_db(transaction=True)
ALWAYS_THERE = {"django_content_type", "auth_permission"}


@pytest.fixture
def much():
    """What points at each other, and what may never be deleted."""
    by = UserFactory()
    case = DeadlineFactory(case__officer=by).case
    record(by=by, action="read_case", crn=case.crn)
    with pytest.raises(InternalError, match="append_only"):
        Entry.objects.all().delete()
    assert len(filled()) > 5


def filled():
    with connection.cursor() as cursor:
        names = connection.introspection.django_table_names(only_existing=True, include_views=False)
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in names)
        )
        return {name for name, rows in cursor.fetchall() if rows}


def kinds():
    """What Django keeps of each model, by name: their numbers it gives anew."""
    of = ContentType.objects.values_list("app_label", "model")
    permissions = Permission.objects.values_list("content_type__app_label", "codename", "name")
    return sorted(of), sorted(permissions)


def test_it_leaves_what_django_leaves(much):
    quick_emptying.empty(TransactionTestCase())
    ours, our_kinds = filled(), kinds()
    quick_emptying.AS_DJANGO_DOES(TransactionTestCase())

    assert ours == filled() == ALWAYS_THERE
    assert our_kinds == kinds()


def test_what_may_never_be_deleted_may_not_be_deleted_afterwards_either(much):
    quick_emptying.empty(TransactionTestCase())
    record(by=UserFactory(), action="read_case", crn="X1")

    with pytest.raises(InternalError, match="append_only"):
        Entry.objects.all().delete()


def test_whoever_still_writes_is_waited_for(much):
    reading, writing = os.pipe()

    def slowly():
        with transaction.atomic():
            UserFactory()
            os.write(writing, b"!")
            time.sleep(0.5)

    late = fork(slowly)
    os.read(reading, 1)

    quick_emptying.empty(TransactionTestCase())

    assert filled() == ALWAYS_THERE
    wait(late)
    assert filled() == ALWAYS_THERE


def test_where_triggers_may_not_be_switched_off_django_does_it(much, monkeypatch):
    monkeypatch.setattr(quick_emptying, "may_switch_triggers_off", lambda: False)

    quick_emptying.empty(TransactionTestCase())

    assert filled() == ALWAYS_THERE
