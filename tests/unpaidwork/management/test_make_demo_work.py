"""The unpaid work of the demonstration is written into a demonstration, and nowhere else."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from cases.management.demo import signins
from staff.audit import record
from tests.factories import ProjectFactory
from unpaidwork.models import Project

pytestmark = pytest.mark.django_db
TODAY = date(2018, 10, 1)


def give_work(tmp_path):
    call_command("make_demo_work", as_of=TODAY, seed=1, truth=tmp_path / "truth.json")


def test_it_refuses_a_database_that_make_demo_did_not_make(tmp_path):
    with pytest.raises(CommandError, match="Only a demonstration"):
        give_work(tmp_path)

    assert not Project.objects.exists()


def test_it_refuses_a_demonstration_that_has_its_work_already(tmp_path):
    record(by=None, action=signins.MADE)
    ProjectFactory()

    with pytest.raises(CommandError, match="has its unpaid work already"):
        give_work(tmp_path)

    assert Project.objects.count() == 1
