"""The demonstration caseload as the tests share it: a small one, made as anybody makes it.

Each that is asked for is made once a run, in a database of its own, of which each worker reads a copy.
"""

import json
import os
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date

from django.core.management import call_command
from django.db import connection, transaction

from tests import databases

TODAY = date(2018, 11, 21)  # a Wednesday
PEOPLE = 300


@dataclass(frozen=True)
class Demonstration:
    """What is told to `make_demo`."""

    people: int = PEOPLE
    seed: int = 7
    today: date = TODAY

    @property
    def template(self):
        return f"{databases.OURS}{databases.RUN}_planted_{self.people}_{self.seed}"


OF_GROUND_TRUTH = Demonstration()


@contextmanager
def demonstrated(blocker, folders, which=OF_GROUND_TRUTH):
    """What was planted in a demonstration, of 300 people unless told otherwise; what a module does to it is undone afterwards."""
    copy = f"{which.template}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with blocker.unblock():
        databases.make_once(which.template, lambda database: _make(database, folders, which))
        if copy not in databases.names(copy):
            databases.copy(copy, which.template)
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


def _make(database, folders, which):
    """What was planted is kept beside it, for every worker."""
    path = folders.mktemp("demonstration") / "truth.json"
    databases.copy(database, databases.MIGRATED)
    with _connected_to(database):
        call_command("make_demo", **asdict(which), truth=path, verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE planted AS SELECT %s AS truth", [path.read_text()])


def _planted():
    with connection.cursor() as cursor:
        cursor.execute("SELECT truth FROM planted")
        return json.loads(cursor.fetchone()[0])
