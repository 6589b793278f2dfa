"""What members of a series are expected at is what stands, and whoever leads it reaches them. Source: product rules, groups."""

from datetime import timedelta

import pytest

from cases.models import Appointment, Assignment, Case, Contact
from cases.services.appointments import call_off
from grid.models import GroupAttendance, SeriesPlace
from grid.reference.groups import PlaceState
from grid.services.attendances import settle_attendances
from grid.services.group_reach import settle_every_reach
from grid.services.series_changes import call_off_series, call_off_sessions, move_session
from staff.errors import RuleBroken
from staff.permissions import Role
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
WEEK = timedelta(weeks=1)


def a_series(leader=None, **changes):
    leader = leader or facilitator(skill="Making Amends")
    return planned(leaders=[leader], **changes)


def days(case):
    return [one.starts_at for one in expected(case)]


def stands(case):
    """When they are expected by their own diary."""
    coming = Appointment.objects.standing().filter(contact__case=case)
    return list(coming.order_by("contact__started_at").values_list("contact__started_at", flat=True))  # fmt: skip


def settle(series, now=NOW):
    return settle_attendances(series, because="It does not stand.", by=UserFactory(), now=now)


def fresh(series):
    series.refresh_from_db()
    return series


def test_settling_what_is_settled_changes_nothing():
    series, case = a_series(), somebody()
    joins(series, case)
    before = list(GroupAttendance.objects.order_by("pk").values())

    assert settle(series) == (0, 0)
    assert list(GroupAttendance.objects.order_by("pk").values()) == before


def test_a_session_that_is_called_off_is_made_up_for_in_the_case():
    series, case = a_series(), somebody()
    joins(series, case)

    call_off_sessions(
        series=fresh(series), numbers=[2], because="Snow.", version=series.version, by=UserFactory(), now=NOW,
    )  # fmt: skip

    held = [TUESDAYS[0], *TUESDAYS[2:], TUESDAYS[-1] + WEEK]
    assert days(case) == [at(day, 18) for day in held]
    assert stands(case) == days(case)
    gone = Appointment.objects.get(contact__case=case, called_off_at__isnull=False)
    assert (gone.contact.started_at, gone.asked_by) == (at(TUESDAYS[1], 18), "service")
    assert gone.called_off_because == "Snow."


def test_the_day_of_a_requirement_follows_the_session():
    series, case = a_series(), somebody(days=2)
    joins(series, case)

    call_off_sessions(
        series=fresh(series), numbers=[1], because="Snow.", version=series.version, by=UserFactory(), now=NOW,
    )  # fmt: skip

    enforced = [one.appointment.enforces for one in expected(case)]
    assert enforced == ["requirement"] + ["voluntary"] * 4 + ["requirement"]


def test_a_session_that_moves_takes_its_people_along_also_to_an_earlier_day():
    series, case = a_series(), somebody()
    joins(series, case)
    first = sessions_of(series)[0]

    move_session(
        session=first, on=FIRST - timedelta(days=1), from_at=first.starts_at.astimezone().time().replace(hour=17),
        because="The room.", version=fresh(series).version, by=UserFactory(), now=NOW,
    )  # fmt: skip

    assert days(case) == [at(FIRST - timedelta(days=1), 17), *(at(day, 18) for day in TUESDAYS[1:])]
    assert stands(case) == days(case)


def test_what_was_called_off_in_the_case_is_not_booked_again():
    series, case = a_series(), somebody()
    joins(series, case)
    second = Appointment.objects.get(pk=expected(case)[1].appointment_id)
    call_off(appointment=second, asked_by="person", because="A funeral.", by=case.officer, now=NOW)

    assert settle(series) == (0, 0)
    assert stands(case) == [at(day, 18) for day in TUESDAYS if day != TUESDAYS[1]]


def test_what_came_of_a_session_is_never_touched():
    series, case = a_series(), somebody()
    place = joins(series, case)
    first = expected(case)[0]
    GroupAttendance.objects.filter(pk=first.pk).update(
        mark="took_part", recorded_at=at(FIRST, 20), recorded_by=UserFactory()
    )
    Contact.objects.filter(pk=first.appointment_id).update(outcome_code="ATTC", attended=True)
    SeriesPlace.objects.filter(pk=place.pk).update(state=PlaceState.LEFT, closed_because="Moved.")

    booked, called_off = settle(series, now=at(TUESDAYS[1], 9))

    assert (booked, called_off) == (0, 5)
    (kept,) = expected(case)
    assert (kept.pk, kept.mark) == (first.pk, "took_part")
    assert Contact.objects.get(pk=first.appointment_id).outcome_code == "ATTC"


def test_a_series_that_is_called_off_puts_everybody_back_on_the_list():
    series, case = a_series(), somebody()
    place = joins(series, case)

    call_off_series(
        series=fresh(series), because="No leader.", version=series.version, by=UserFactory(), now=NOW
    )  # fmt: skip

    place.refresh_from_db()
    assert place.state == PlaceState.LEFT
    assert (days(case), stands(case)) == ([], [])
    assert type(place.referral).objects.waiting().filter(case=case).exists()


def test_nobody_is_moved_into_two_places_at_once():
    place, case = oxford(), somebody()
    tuesdays = a_series(place=place)
    wednesdays = a_series(
        facilitator("Jo Hill", skill="Stepping Stones to Change"),
        place=place, code="stepping_stones", room=room_at(place, "Room 2"),
        weekly=[Weekly(2, at(FIRST, 18).time())], first_on=FIRST + timedelta(days=1),
    )  # fmt: skip
    joins(tuesdays, case)
    joins(wednesdays, case)
    other = sessions_of(wednesdays)[0]
    other.starts_at, other.ends_at = at(FIRST, 19), at(FIRST, 21)
    other.save()

    with pytest.raises(RuleBroken, match="in another one at an hour that this would take"):
        settle(wednesdays)


def test_nobody_is_booked_who_is_not_supervised_here():
    series, case = a_series(), somebody()
    joins(series, case)
    Case.objects.filter(pk=case.pk).update(left_as="died")
    GroupAttendance.objects.filter(case=case).update(stands=False)

    assert settle(series) == (0, 0)
    assert days(case) == []


# Whoever begins later than the first session


def joined_late(case):
    """Six Tuesdays that one may begin with the first or the fourth: they join before the second."""
    series = a_series()
    series.entries = [1, 4]
    series.save()
    joins(series, case, now=at(FIRST, 21))
    return fresh(series)


def test_whoever_joins_later_has_what_comes_from_the_next_entry_on():
    case = somebody()

    joined_late(case)

    assert days(case) == [at(day, 18) for day in TUESDAYS[3:]]
    assert SeriesPlace.objects.get(case=case).begins_with == 4


def test_what_is_held_at_the_end_instead_is_theirs_too():
    case = somebody()
    series = joined_late(case)

    call_off_sessions(
        series=series, numbers=[5], because="Snow.", version=series.version, by=UserFactory(), now=at(FIRST, 21),
    )  # fmt: skip

    held = [TUESDAYS[3], TUESDAYS[5], TUESDAYS[-1] + WEEK]
    assert days(case) == stands(case) == [at(day, 18) for day in held]


def test_their_first_session_takes_them_along_to_an_earlier_day():
    case = somebody()
    series = joined_late(case)
    earlier = TUESDAYS[3] - timedelta(days=1)

    move_session(
        session=sessions_of(series)[3], on=earlier, from_at=at(FIRST, 18).time(), because="The room.",
        version=series.version, by=UserFactory(), now=at(FIRST, 21),
    )  # fmt: skip

    assert days(case) == stands(case) == [at(day, 18) for day in (earlier, *TUESDAYS[4:])]


def test_what_makes_up_for_a_session_before_theirs_is_none_of_theirs():
    case = somebody()
    series = joined_late(case)

    call_off_sessions(
        series=series, numbers=[2], making_up=[(TUESDAYS[1] + timedelta(days=1), at(FIRST, 18).time())],
        because="Snow.", version=series.version, by=UserFactory(), now=at(FIRST, 21),
    )  # fmt: skip

    assert days(case) == stands(case) == [at(day, 18) for day in TUESDAYS[3:]]


# Who leads, and whom they reach


def reaches(user, on=NOW):
    """The cases that whoever leads reaches on that day."""
    today = on.date()
    held = Assignment.objects.on(today).filter(user=user, capacity="group")
    return set(held.values_list("case", flat=True))


def test_whoever_leads_reaches_those_in_the_series_and_nobody_else():
    leader, stranger = facilitator(skill="Making Amends"), facilitator("Jo Hill")
    series, case, other = a_series(leader), somebody(), somebody()
    joins(series, case)

    assert reaches(leader) == {case.pk}
    assert reaches(leader, at(TUESDAYS[-1], 23) + timedelta(days=28)) == {case.pk}
    assert reaches(leader, at(TUESDAYS[-1], 23) + timedelta(days=29)) == set()
    assert reaches(stranger) == set()
    assert other.pk not in reaches(leader)


def test_whoever_leaves_is_reached_no_more():
    leader, case = facilitator(skill="Making Amends"), somebody()
    place = joins(a_series(leader), case)

    leaves(place)

    assert reaches(leader) == set()


def test_a_leader_reaches_whoever_left_until_the_register_of_what_they_had_is_sent():
    leader, case = facilitator(skill="Making Amends"), somebody()
    series = a_series(leader)
    place = joins(series, case)
    after = at(FIRST, 21)

    leaves(place, now=after)
    settle_every_reach(today=FIRST + timedelta(days=1))
    assert reaches(leader, after + timedelta(days=1)) == {case.pk}

    session = sessions_of(series)[0]
    session.sent_at, session.sent_by = after, leader
    session.save()
    settle_every_reach(today=FIRST + timedelta(days=1))
    assert reaches(leader, after + timedelta(days=1)) == set()


def test_what_was_given_by_hand_is_left_alone():
    leader, case = facilitator(skill="Making Amends"), somebody()
    by_hand = Assignment.objects.create(
        case=case, user=leader, capacity="group", from_on=NOW.date(), to_on=None
    )

    leaves(joins(a_series(leader), case))

    assert list(Assignment.objects.filter(capacity="group")) == [by_hand]


def test_appointments_name_whoever_leads_by_now():
    leader, new = facilitator(skill="Making Amends"), facilitator("Jo Hill", staff_code="C99F002")
    series, case = a_series(leader), somebody()
    joins(series, case)
    session = sessions_of(series)[1]
    row = session.led_by.get()
    row.user = new
    row.save()

    settle(series)

    officers = [one.appointment.officer for one in expected(case)]
    assert officers == [leader, new, leader, leader, leader, leader]
    contact = expected(case)[1].appointment.contact
    assert (contact.staff_code, contact.staff_name) == ("C99F002", "Jo Hill")
    assert reaches(new) == {case.pk}


def test_nobody_is_given_reach_who_has_it_by_their_role():
    leader, case = facilitator(skill="Making Amends"), somebody()
    series = a_series(leader)
    session = sessions_of(series)[0]
    senior = UserFactory(role=Role.SPO, team=case.team)
    session.led_by.update(user=senior)
    joins(series, case)

    assert reaches(senior) == set()
