"""The demonstration caseload as the tests of its ground truth share it: a small one, made as anybody makes it."""

import json
from contextlib import contextmanager
from datetime import date

from django.core.management import call_command
from django.db import transaction

TODAY = date(2018, 11, 21)  # a Wednesday
PEOPLE = 300


@contextmanager
def demonstrated(blocker, folders):
    """What was planted in a demonstration of 300 people, which is undone afterwards."""
    path = folders.mktemp("demonstration") / "truth.json"
    with blocker.unblock(), transaction.atomic():
        call_command("make_demo", people=PEOPLE, seed=7, today=TODAY, truth=path, verbosity=0)
        yield json.loads(path.read_text())
        transaction.set_rollback(True)
