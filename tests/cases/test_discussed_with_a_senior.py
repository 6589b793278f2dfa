"""Risks that were to be discussed before that was the senior's to decide: put on the seniors' lists, and nothing else."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from staff.permissions import Role
from tests.factories import TODAY, DeadlineFactory

pytestmark = pytest.mark.django_db
MIGRATION = import_module("cases.migrations.0037_discussed_with_a_senior")


def owed(kind="discuss_escalation", **columns):
    return DeadlineFactory(kind=kind, owner_role=Role.OFFICER, **columns)


def whose(deadline):
    deadline.refresh_from_db()
    return deadline.owner_role


def test_those_that_wait_are_the_seniors_and_what_is_done_stays_as_it_was():
    waits, done, other = owed(), owed(met_on=TODAY), owed("escalate_risk")

    with connection.schema_editor() as editor:
        MIGRATION.to_the_senior(apps, editor)
    assert [whose(one) for one in (waits, done, other)] == [Role.SPO, Role.OFFICER, Role.OFFICER]

    with connection.schema_editor() as editor:
        MIGRATION.to_the_officer(apps, editor)
    assert [whose(one) for one in (waits, done, other)] == [Role.OFFICER] * 3
