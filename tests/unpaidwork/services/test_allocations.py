"""Giving somebody a place, and every change of it."""

import pytest

from tests.factories import NOW
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_worker import a_project, a_worker, on_tuesdays, shut
from unpaidwork.services.allocations import allocate

pytestmark = pytest.mark.django_db


def test_whoever_may_work_is_given_the_place_with_the_evidence_of_it():
    work, project, by = a_worker(), a_project(), coordinator()
    assert shut(work) == []

    made = allocate(work=work, placing=on_tuesdays(project), by=by, now=NOW)

    assert made.state == "active"
    assert made.evidence["by"] == by.pk
