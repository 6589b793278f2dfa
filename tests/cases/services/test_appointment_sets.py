"""Many appointments booked at once are weighed as one is. Source: architecture, set-based at scale; local policy."""

from datetime import datetime, timedelta

import pytest
from django.utils.timezone import get_current_timezone

from cases.models import Contact
from cases.reference.appointments import PROGRAMME_SESSION, Enforces
from cases.services.appointment_sets import Booked, book_many
from tests.factories import (
    NOW,
    CaseFactory,
    ContactFactory,
    DeadlineFactory,
    PlaceFactory,
    RarActivityFactory,
    RequirementFactory,
    UserFactory,
)
from tests.grid.on_licence import condition, licence

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


def a_session(case, **given):
    """Two hours of a group, booked."""
    known = {
        "case": case.pk, "starts_at": STARTS, "ends_at": STARTS + 2 * HOUR, "type_code": PROGRAMME_SESSION,
        "type_name": "Making Amends", "sentence": None, "requirement": None, "where": "Oxford office",
    }  # fmt: skip
    (made,) = book_many(rows=[Booked(**known | given)], by=UserFactory(), now=NOW)
    return type(made).objects.select_related("contact").get(pk=made.pk)


def test_a_session_at_an_office_has_its_place_and_whoever_leads_it():
    leader, office = UserFactory(staff_code="C99F001"), PlaceFactory()
    sentence = licence()
    said = condition(sentence)

    made = a_session(
        sentence.case, place=office, officer=leader, enforces=Enforces.CONDITION, sentence=sentence.pk, condition=said.pk,
    )  # fmt: skip

    assert (made.where, made.place, made.officer) == ("office", office, leader)
    assert (made.enforces, made.condition) == ("condition", said)
    assert (made.contact.staff_code, made.contact.staff_name) == ("C99F001", leader.name)
    assert (made.contact.sentence, made.contact.requirement) == (sentence, None)


def test_what_nobody_must_keep_enforces_nothing():
    made = a_session(CaseFactory(), enforces=Enforces.VOLUNTARY)

    assert (made.enforces, made.where, made.place, made.officer) == ("voluntary", "elsewhere", None, None)  # fmt: skip
    assert (made.contact.sentence, made.contact.staff_name) == (None, "")


@pytest.mark.parametrize("is_day", [True, False])
def test_only_a_day_of_activity_meets_the_deadline_for_one(is_day):
    activity = RarActivityFactory()
    owed = DeadlineFactory(case=activity.case, kind="book_rar_day")

    a_session(
        activity.case, requirement=activity.requirement_id, sentence=activity.requirement.sentence_id,
        rar_activity=activity if is_day else None,
    )  # fmt: skip

    owed.refresh_from_db()
    assert (owed.met_on is not None) is is_day
    assert Contact.objects.filter(case=activity.case).count() == 1
