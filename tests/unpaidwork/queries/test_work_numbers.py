"""Whether unpaid work will be done in time, as a list says it."""

from datetime import timedelta

import pytest

from tests.factories import TODAY, WorkFactory
from unpaidwork.queries.hours import hours_of
from unpaidwork.queries.work_numbers import pace_tag

pytestmark = pytest.mark.django_db


def tag_of(began):
    work = WorkFactory(sentenced_on=began, arrived_on=began)
    return pace_tag(hours_of([work], TODAY)[work.pk])


def test_nothing_is_green_of_somebody_whose_work_has_not_begun():
    found = tag_of(TODAY - timedelta(days=3))

    assert (found.text, found.colour) == ("In time, if all that is offered is worked", "grey")


def test_nothing_worked_for_weeks_is_red():
    assert tag_of(TODAY - timedelta(days=120)).colour == "red"
