"""An appointment that was called off for one person alone leaves them that hour. Source: product rules, groups."""

from datetime import timedelta

import pytest

from cases.models import Appointment, Sentence
from cases.reference.codes import CustodyStatus
from cases.services.appointments import call_off
from grid.models import SeriesPlace
from grid.reference.groups import PlaceState
from grid.services.attendances import settle_attendances
from grid.services.group_sweep import sweep_places
from grid.services.series_changes import move_session
from staff.errors import RuleBroken
from tests.factories import UserFactory
from tests.grid.a_place import expected, joins, leaves, somebody
from tests.grid.planned_series import (
    FIRST,
    NOW,
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
WEDNESDAY = FIRST + timedelta(days=1)


@pytest.fixture
def amends():
    return planned(leaders=[facilitator(skill="Making Amends")], place=oxford())


def stones(beside, **changes):
    """Another series at that place, at the same hours where nothing else is said."""
    return planned(
        leaders=[facilitator("Jo Hill", skill="Stepping Stones to Change")],
        code="stepping_stones", place=beside.place, room=room_at(beside.place, "Room 2"), **changes,
    )  # fmt: skip


def called_off(case, *numbers):
    """They cannot come to these sessions, and the appointments alone are called off in the case."""
    for one in expected(case):
        if one.session.number in numbers:
            call_off(
                appointment=Appointment.objects.get(pk=one.appointment_id), asked_by="person",
                because="A funeral.", by=case.officer, now=NOW,
            )  # fmt: skip


def stands(case):
    """When they are expected by their own diary, and at what."""
    coming = Appointment.objects.standing().filter(contact__case=case)
    rows = coming.order_by("contact__started_at", "contact__type_name")
    return list(rows.values_list("contact__started_at", "contact__type_name"))


def test_hours_that_were_called_off_are_free_for_another_group(amends):
    case = somebody()
    joins(amends, case)
    called_off(case, *range(1, 7))

    joins(stones(amends), case)

    title = "Stepping Stones to Change"
    assert stands(case)[:6] == [(at(day, 18), title) for day in TUESDAYS]


def test_one_hour_that_was_called_off_is_free_for_a_session_that_moves_to_it(amends):
    case, other = (
        somebody(),
        stones(amends, weekly=[Weekly(2, at(FIRST, 18).time())], first_on=WEDNESDAY),
    )
    joins(amends, case)
    joins(other, case)
    called_off(case, 2)
    assert (at(TUESDAYS[1], 18), "Making Amends") not in stands(case)

    other.refresh_from_db()
    move_session(
        session=sessions_of(other)[1], on=TUESDAYS[1], from_at=at(FIRST, 19).time(), because="The room.",
        version=other.version, by=UserFactory(), now=NOW,
    )  # fmt: skip

    assert (at(TUESDAYS[1], 19), "Stepping Stones to Change") in stands(case)


def test_what_gave_up_its_hour_is_not_booked_again(amends):
    case = somebody()
    joins(amends, case)
    called_off(case, *range(1, 7))
    place = joins(stones(amends), case)

    assert settle_attendances(amends, because="Looked at.", by=UserFactory(), now=NOW) == (0, 0)
    leaves(place)
    assert settle_attendances(amends, because="Looked at.", by=UserFactory(), now=NOW) == (0, 0)
    assert stands(case) == []


def test_only_what_was_called_off_gives_up_its_hour(amends):
    case = somebody()
    joins(amends, case)
    called_off(case, *range(1, 6))

    with pytest.raises(RuleBroken, match="They are in another series at 6pm on 6 November 2018"):
        joins(stones(amends), case)
    assert stands(case) == [(at(TUESDAYS[5], 18), "Making Amends")]


def test_a_session_that_was_called_off_for_them_is_not_the_next_of_somebody_in_custody(amends):
    case = somebody()
    place = joins(amends, case)
    called_off(case, 1)
    Sentence.objects.filter(case=case).update(
        custody_status=CustodyStatus.IN_CUSTODY, expected_release_on=FIRST + timedelta(days=2)
    )

    sweep_places(now=NOW)

    assert SeriesPlace.objects.get(pk=place.pk).state == PlaceState.TAKEN
