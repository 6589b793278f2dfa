"""The tables after a test that really commits, emptied as Django empties them and sooner.

Django truncates every table and writes all content types and permissions anew: a second or two, for a test of a tenth of one.
Nearly every table is empty by then. What comes of it is the same: `tests/test_quick_emptying.py`.
"""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import TransactionTestCase

AS_DJANGO_DOES = TransactionTestCase.__dict__["_fixture_teardown"]
ALWAYS_THERE = {ContentType._meta.db_table, Permission._meta.db_table}


def empty(test_case):
    """As Django does, where this user of the server may not switch triggers off."""
    if not may_switch_triggers_off():
        AS_DJANGO_DOES(test_case)
        return
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tables = {name: connection.ops.quote_name(name) for name in names}
    with transaction.atomic(), connection.cursor() as cursor:
        # A test that left somebody writing waits for them, as it would before it may truncate
        cursor.execute(f"LOCK TABLE {', '.join(tables.values())} IN ACCESS EXCLUSIVE MODE")
        # Every row goes, so that no key can be left hanging, nor is anybody asked what may not be deleted
        cursor.execute("SET LOCAL session_replication_role = replica")
        for name in filled(cursor, tables):
            cursor.execute(f"DELETE FROM {tables[name]}")


def may_switch_triggers_off():
    with connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        return cursor.fetchone() == ("on",)


def filled(cursor, tables):
    """The tables that hold anything, but for those that always do."""
    asked = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT FROM {quoted})"
        for name, quoted in tables.items()
        if name not in ALWAYS_THERE
    )
    cursor.execute(asked)
    return [name for (name,) in cursor.fetchall()]


def use(patch):
    patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
