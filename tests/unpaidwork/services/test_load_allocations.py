"""Places from a file: its head is looked at before any line is."""

import pytest

from staff.errors import RuleBroken
from tests.factories import NOW
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_worker import a_project, a_worker
from unpaidwork.models import WorkAllocation
from unpaidwork.services.load_allocations import NEEDED, load_allocations

pytestmark = pytest.mark.django_db
HEADS = {
    "misses": (NEEDED[1:], "no column crn"),
    "twice": ((*NEEDED, "crn"), "twice"),
    "unknown": ((*NEEDED, "colour"), "not known: colour"),
}


@pytest.mark.parametrize("wrong", sorted(HEADS))
def test_a_head_that_would_pass_a_column_over_unseen_is_refused_and_nothing_is_loaded(wrong):
    head, why = HEADS[wrong]
    work, project = a_worker(), a_project()
    said = {
        "crn": work.case.crn, "project": project.code, "weekday": "Tuesday", "from_on": "2018-10-01",
        "from_at": "09:00", "to_at": "16:00",
    }  # fmt: skip
    line = [said.get(name, "") for name in head]

    with pytest.raises(RuleBroken, match=why):
        load_allocations(head=list(head), lines=[line], by=coordinator(), now=NOW)

    assert not WorkAllocation.objects.exists()
