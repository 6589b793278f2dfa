"""Many appointments booked at once are weighed as one is. Source: architecture, set-based at scale; local policy."""

from datetime import datetime, timedelta

import pytest
from django.utils.timezone import get_current_timezone

from cases.services.appointment_sets import Booked, book_many
from tests.factories import NOW, ContactFactory, RequirementFactory, UserFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
STARTS = datetime(2018, 10, 2, 9, 30, tzinfo=get_current_timezone())
MIDNIGHT = datetime(2018, 10, 2, tzinfo=get_current_timezone())


def kept_beside(**other):
    """What is kept of one day of seven hours, where they have this other appointment."""
    requirement = RequirementFactory()
    case = requirement.sentence.case
    ContactFactory(case=case, appointment=True, outcome_code="", type_name="Office visit", **other)
    day = Booked(
        case=case.pk,
        starts_at=STARTS,
        ends_at=STARTS + 7 * HOUR,
        type_code="UPWA",
        type_name="Unpaid work",
        sentence=requirement.sentence_id,
        requirement=requirement.pk,
        where="Florence Meadow",
    )
    (made,) = book_many(rows=[day], by=UserFactory(), now=NOW)
    return made.seen


def test_what_takes_the_same_time_is_kept_as_unread():
    seen = kept_beside(started_at=STARTS + HOUR, ended_at=STARTS + 2 * HOUR)

    text = "They have another appointment at 10:30am: office visit."
    assert seen == [{"code": "person_clash", "text": text, "read": False}]


def test_what_ends_shortly_before_is_as_near_as_for_one_booking():
    seen = kept_beside(started_at=STARTS - HOUR, ended_at=STARTS - HOUR / 2)

    assert [one["code"] for one in seen] == ["person_clash"]


def test_what_the_record_gives_only_the_day_of_is_kept_as_well():
    seen = kept_beside(started_at=MIDNIGHT, ended_at=None)

    assert [one["code"] for one in seen] == ["person_same_day"]


def test_another_day_is_none_of_it():
    assert kept_beside(started_at=STARTS + 24 * HOUR, ended_at=STARTS + 25 * HOUR) == []
