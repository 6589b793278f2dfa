"""The demonstration caseload as the tests of its ground truth share it: a small one, made as anybody makes it.

It is made once a run, in a database of its own, of which each worker reads a copy.
"""

import json
import os
from contextlib import contextmanager
from datetime import date

from django.core.management import call_command
from django.db import connection, transaction

from tests import databases

TODAY = date(2018, 11, 21)  # a Wednesday
PEOPLE = 300
TEMPLATE = f"{databases.OURS}{databases.RUN}_planted"


@contextmanager
def demonstrated(blocker, folders):
    """What was planted in a demonstration of 300 people; what a module does to it is undone afterwards."""
    copy = f"{TEMPLATE}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with blocker.unblock():
        databases.make_once(TEMPLATE, lambda database: _make(database, folders))
        if copy not in databases.names(copy):
            databases.copy(copy, TEMPLATE)
        with _connected_to(copy), transaction.atomic():
            yield _planted()
            transaction.set_rollback(True)


@contextmanager
def _connected_to(database):
    """Everything asked of the database meanwhile is asked of this one."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def _make(database, folders):
    """What was planted is kept beside it, for every worker."""
    path = folders.mktemp("demonstration") / "truth.json"
    databases.copy(database, databases.MIGRATED)
    with _connected_to(database):
        call_command("make_demo", people=PEOPLE, seed=7, today=TODAY, truth=path, verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE planted AS SELECT %s AS truth", [path.read_text()])


def _planted():
    with connection.cursor() as cursor:
        cursor.execute("SELECT truth FROM planted")
        return json.loads(cursor.fetchone()[0])
