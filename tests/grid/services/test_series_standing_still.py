"""Whoever's supervision stands still has nothing booked for them when sessions move, and has it once they are back.

Source: product rules, groups; `grid.services.places` (no place is given meanwhile).
"""

from datetime import timedelta

import pytest

from cases.models import Appointment, Notice
from cases.reference.pauses import PauseKind
from cases.services.pauses import end_pause
from grid.queries.series_changes import if_moved
from grid.services.attendances import settle_attendances
from grid.services.group_sweep import sweep_places
from grid.services.series_changes import move_session
from tests.factories import PauseFactory, UserFactory
from tests.grid.a_place import joins, somebody
from tests.grid.planned_series import (
    FIRST,
    NOW,
    SIX,
    TUESDAYS,
    Weekly,
    at,
    facilitator,
    oxford,
    planned,
    room_at,
    sessions_of,
)

pytestmark = pytest.mark.django_db
THIRD = TUESDAYS[2]
FRIDAY = THIRD + timedelta(days=3)
STILL = "Their supervision stands still, so nothing new is booked for them until they are back."


@pytest.fixture
def series():
    return planned(leaders=[facilitator(skill="Making Amends")], place=oxford())


def pause(case):
    return PauseFactory(case=case, kind=PauseKind.HOSPITAL, from_on=NOW.date())


def back(one, now=NOW):
    return end_pause(
        pause=one, to_on=now.date(), because="They came home.", by=one.case.officer, now=now
    )


def move(series, number=3, on=FRIDAY, from_at=SIX, now=NOW):
    series.refresh_from_db()
    return move_session(
        session=sessions_of(series)[number - 1], on=on, from_at=from_at, because="The room.",
        version=series.version, by=UserFactory(), now=now,
    )  # fmt: skip


def stands(case):
    coming = Appointment.objects.standing().filter(contact__case=case)
    rows = coming.order_by("contact__started_at")
    return list(rows.values_list("contact__started_at", flat=True))


HELD = [at(day, 18) for day in (*TUESDAYS[:2], FRIDAY, *TUESDAYS[3:])]


def test_a_session_that_moves_is_booked_for_nobody_whose_supervision_stands_still(series):
    away, there = somebody(), somebody()
    joins(series, away)
    joins(series, there)
    pause(away)

    move(series)

    assert stands(away) == [at(day, 18) for day in TUESDAYS if day != THIRD]
    assert stands(there) == HELD


def test_once_they_are_back_what_is_missing_is_booked_by_itself(series):
    case = somebody()
    joins(series, case)
    one = pause(case)
    move(series)
    sweep_places(now=NOW)
    assert at(FRIDAY, 18) not in stands(case)

    back(one)
    sweep_places(now=NOW)

    assert stands(case) == HELD
    assert settle_attendances(series, because="Looked at.", by=UserFactory(), now=NOW) == (0, 0)


def test_what_was_called_off_for_them_meanwhile_stays_called_off(series):
    case = somebody()
    joins(series, case)
    one = pause(case)
    fourth = Appointment.objects.get(contact__case=case, contact__started_at=at(TUESDAYS[3], 18))
    Appointment.objects.filter(pk=fourth.pk).update(
        called_off_at=NOW, called_off_by=case.officer, called_off_because="In hospital", asked_by="service"
    )  # fmt: skip
    move(series)

    back(one)
    sweep_places(now=NOW)

    assert stands(case) == [at for at in HELD if at != fourth.contact.started_at]


def test_what_moving_means_for_them_says_so_and_so_does_what_their_officer_is_told(series):
    away, there = somebody(), somebody()
    joins(series, away)
    joins(series, there)
    pause(away)

    found = if_moved(series, 3, FRIDAY, SIX, NOW)
    words = {one.member.case: one.words for one in found.replanned.members}
    assert words[away.pk].endswith(STILL)
    assert STILL not in words[there.pk]

    Notice.objects.all().delete()
    move(series)
    told = {one.user_id: one.text for one in Notice.objects.all()}
    assert STILL in told[away.officer_id]
    assert STILL not in told[there.officer_id]


def test_of_two_series_that_moved_to_one_hour_meanwhile_they_have_the_first_and_none_is_held_up(series):  # fmt: skip
    """Nobody is in two places, and whoever changes the other series is not refused for it."""
    other = planned(
        leaders=[facilitator("Jo Hill", skill="Stepping Stones to Change")], code="stepping_stones",
        place=series.place, room=room_at(series.place, "Room 2"),
        weekly=[Weekly(2, SIX)], first_on=FIRST + timedelta(days=1),
    )  # fmt: skip
    case = somebody()
    joins(series, case)
    joins(other, case)
    one = pause(case)
    move(series)
    move(other)
    back(one)

    sweep_places(now=NOW)
    joins(other, somebody())

    booked = stands(case)
    assert booked.count(at(FRIDAY, 18)) == 1
    assert len(booked) == len(set(booked)) == 17
