"""A session that cannot be held after it has begun: nobody who was not marked fails by it, and what they lack is booked.

Source: product rules, groups and failures.
"""

from datetime import timedelta

import pytest

from cases.models import Appointment, Contact, Deadline, Notice
from grid.models import GroupAttendance, SeriesSession
from grid.queries.lacking import parts_of
from grid.queries.session_ended import (
    ALL_SAID,
    ENDED,
    LEADERS_ALONE,
    NOT_BEGUN,
    SENT,
    if_ended,
)
from grid.reference.group_marks import Mark
from grid.reference.groups import SessionState
from grid.rules.group_register import Said
from grid.services.attendances import settle_attendances
from grid.services.group_reach import settle_every_reach
from grid.services.group_register import say_of
from grid.services.group_sweep import sweep_places
from grid.services.session_ended import OURS, STANDS, end_session
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import AbsenceFactory, UserFactory
from tests.grid.a_place import expected, joins, leaves, somebody
from tests.grid.planned_series import (
    TUESDAYS,
    Weekly,
    at,
    facilitator,
    planned,
    room_at,
    sessions_of,
)
from tests.refusals import refusal

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)
SIX_TEN = at(TUESDAYS[2], 18, 10)  # ten minutes into the third
AFTER = TUESDAYS[-1] + WEEK


@pytest.fixture(autouse=True)
def the_evening():
    with frozen(SIX_TEN):
        yield


@pytest.fixture
def leader():
    return facilitator()


@pytest.fixture
def series(leader):
    return planned(leaders=[leader])


@pytest.fixture
def third(series):
    return sessions_of(series)[2]


def ends(session, by, now=SIX_TEN, because="The room is flooded."):
    return end_session(session=session, because=because, by=by, now=now)


def on(session, case):
    return GroupAttendance.objects.get(session=session, case=case)


def marks(session, case, mark, by, now=SIX_TEN):
    settle_every_reach(today=now.date())
    one = on(session, case)
    return say_of(attendance=one, version=one.version, said=Said(case.pk, mark), by=by, now=now)


def logged(session, case):
    return Contact.objects.get(booking__group_attendance=on(session, case))


def days(case, now=SIX_TEN):
    """When they are expected by their own diary from now on."""
    coming = Appointment.objects.to_come(now).filter(contact__case=case)
    return list(coming.order_by("contact__started_at").values_list("contact__started_at", flat=True))  # fmt: skip


def test_nobody_who_was_not_marked_fails_and_the_hour_is_called_off_for_them_by_us(
    series, third, leader
):
    cases = [somebody(), somebody()]
    for case in cases:
        joins(series, case)

    ends(third, leader)

    for case in cases:
        appointment, line = on(third, case).appointment, logged(third, case)
        assert (appointment.called_off_at, appointment.called_off_by) == (SIX_TEN, leader)
        assert (appointment.asked_by, appointment.called_off_because) == (
            "service",
            "The room is flooded.",
        )
        assert (line.attended, line.complied) == (False, True)
        assert not Appointment.objects.missed().filter(contact__case=case).exists()
        assert not Deadline.objects.unmet().filter(appointment=appointment).exists()
    third.refresh_from_db()
    assert (third.state, third.state_because) == (SessionState.CALLED_OFF, "The room is flooded.")
    assert not third.led_by.standing().exists()


def test_what_they_lack_is_done_next_and_one_more_is_held_at_the_end(series, third, leader):
    case = somebody()
    joins(series, case)

    done = ends(third, leader)

    assert days(case) == [at(day, 18) for day in (*TUESDAYS[3:], AFTER)]
    coming = [one for one in expected(case) if one.starts_at > SIX_TEN]
    assert [one.session.number for one in coming] == [3, 4, 5, 6]
    new = SeriesSession.objects.standing().get(series=series, starts_at=at(AFTER, 18))
    assert (new.room, [one.user for one in new.led_by.standing()]) == (third.room, [leader])
    assert done.told == ()
    assert settle_attendances(series, because="Looked at.", by=leader, now=SIX_TEN) == (0, 0)


def test_what_was_marked_stands_and_whoever_had_it_does_not_come_to_it_again(series, third, leader):
    there, absent, unsaid = somebody(), somebody(), somebody()
    places = {case.pk: joins(series, case) for case in (there, absent, unsaid)}
    marks(third, there, Mark.TOOK_PART, leader)
    marks(third, absent, Mark.NOT_COME, leader)
    before = [Contact.objects.filter(pk=logged(third, case).pk).values().get() for case in (there, absent)]  # fmt: skip

    ends(third, leader)

    after = [Contact.objects.filter(pk=logged(third, case).pk).values().get() for case in (there, absent)]  # fmt: skip
    assert after == before
    assert on(third, there).mark == Mark.TOOK_PART
    assert [on(third, case).appointment.called_off_at for case in (there, absent)] == [None, None]
    rest = [at(day, 18) for day in (*TUESDAYS[3:], AFTER)]
    assert (days(there), days(absent), days(unsaid)) == (rest[1:], rest, rest)
    series.refresh_from_db()
    found = parts_of(series, places.values())
    assert 3 not in found[places[there.pk].pk].lacking
    assert 3 in found[places[absent.pk].pk].lacking
    settled = settle_attendances(series, because="Looked at.", by=leader, now=SIX_TEN)
    assert settled == (0, 0)


def test_each_officer_is_told_what_follows_for_theirs_and_no_reason(series, third, leader):
    there, unsaid = somebody(), somebody()
    for case in (there, unsaid):
        joins(series, case)
    marks(third, there, Mark.TOOK_PART, leader)
    Notice.objects.all().delete()

    ends(third, leader)

    told = {one.user_id: one.text for one in Notice.objects.all()}
    said = (
        "Making Amends: Session 3 on 16 October 2018 is not held. Instead: 13 November 2018 at 6pm."
    )
    assert told[unsaid.officer_id].startswith(f"{unsaid.crn}, {said} {OURS} They finish on")
    assert told[there.officer_id].startswith(f"{there.crn}, {said} {STANDS} They finish on")
    assert "flooded" not in " ".join(told.values())


def test_it_is_in_the_trail_once_and_a_second_press_changes_nothing(series, third, leader):
    case = somebody()
    joins(series, case)
    ends(third, leader)
    rows = list(SeriesSession.objects.order_by("pk").values())

    again = refusal(ends, third, leader)

    assert again == ENDED.format("The room is flooded")
    assert list(SeriesSession.objects.order_by("pk").values()) == rows
    entry = Entry.objects.get(action="ended_session")
    assert (entry.by, entry.detail["session"], entry.detail["called_off"]) == (leader, third.pk, 1)
    assert Entry.objects.filter(action="called_off_appointment", crn=case.crn).count() == 1


def test_where_no_room_and_no_leader_is_to_be_had_for_what_is_new_it_is_ended_all_the_same(
    series, third, leader
):
    """Whoever is in the room cannot wait until somebody has found one."""
    case, room = somebody(), series.place.rooms.get()
    joins(series, case)
    AbsenceFactory(user=leader, cover=None, from_on=AFTER, to_on=AFTER)
    other = planned(
        leaders=[facilitator("Jo Hill")], first_on=AFTER, place=series.place, room=room
    )  # fmt: skip

    done = ends(third, leader)

    new = SeriesSession.objects.standing().get(series=series, starts_at=at(AFTER, 18))
    assert (new.room, list(new.led_by.standing())) == (None, [])
    assert days(case)[-1] == at(AFTER, 18)
    assert [one.split(".")[0] for one in done.told] == [
        "On 13 November 2018 at 6pm it has no room yet",
        "On 13 November 2018 at 6pm nobody leads it yet",
    ]
    assert sessions_of(other)[0].room == room


def test_whoever_is_in_another_group_at_the_new_hour_is_told_of_and_holds_up_nobody(
    series, third, leader
):
    case, free = somebody(), somebody()
    for one in (case, free):
        joins(series, one)
    other = planned(
        code="stepping_stones", leaders=[facilitator("Jo Hill", skill="Stepping Stones to Change")],
        place=series.place, room=room_at(series.place, "Room 2"), first_on=AFTER,
        weekly=[Weekly(1, at(AFTER, 18).time())],
    )  # fmt: skip
    joins(other, case)
    Notice.objects.all().delete()

    ends(third, leader)

    there = Appointment.objects.standing().filter(contact__case=case, contact__started_at=at(AFTER, 18))  # fmt: skip
    assert there.get().contact.type_name == "Stepping Stones to Change"
    assert days(free)[-1] == at(AFTER, 18)
    text = Notice.objects.get(user=case.officer, case=case).text
    assert "They are expected elsewhere on 13 November 2018 at 6pm." in text
    joins(series, somebody(), now=SIX_TEN - 5 * WEEK)  # nobody is held up by it later either


def test_the_last_session_is_made_up_for_and_the_series_is_not_over(series, leader):
    case = somebody()
    joins(series, case)
    last, now = sessions_of(series)[-1], at(TUESDAYS[-1], 18, 10)

    ends(last, leader, now=now)
    sweep_places(now=now + timedelta(days=1))

    assert days(case, now) == [at(AFTER, 18)]


def test_only_those_who_lead_it_end_it_alone(series, third, leader):
    case = somebody()
    joins(series, case)
    senior = UserFactory(role=Role.SPO, team=case.team)

    for other in (facilitator("Jo Hill"), senior, case.officer, UserFactory(role=Role.HEAD)):
        assert refusal(ends, third, other) == LEADERS_ALONE
    assert third.attendances.filter(appointment__called_off_at=None).count() == 1


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SPO])
def test_an_officer_or_a_senior_who_leads_it_ends_it(series, third, role):
    joins(series)
    theirs = UserFactory(role=role)
    third.led_by.update(user=theirs)

    ends(third, theirs)

    third.refresh_from_db()
    assert third.state == SessionState.CALLED_OFF


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (at(TUESDAYS[2], 17, 59), NOT_BEGUN.format("6pm")),
        (
            at(TUESDAYS[3], 18),
            "Session 4 on 23 October 2018 has begun since. Say of each in this register what came of it.",
        ),
    ],
)
def test_it_is_ended_from_its_first_minute_until_the_next_begins(series, third, leader, now, why):
    joins(series)

    assert refusal(ends, third, leader, now) == why
    assert not Appointment.objects.filter(called_off_at__isnull=False).exists()
    ends(third, leader, now=at(TUESDAYS[2], 18) if "begins" in why else now - timedelta(minutes=1))
    third.refresh_from_db()
    assert third.state == SessionState.CALLED_OFF


def test_what_is_sent_or_says_something_of_everybody_is_not_ended(series, third, leader):
    case = somebody()
    joins(series, case)
    marks(third, case, Mark.TOOK_PART, leader)
    assert refusal(ends, third, leader) == ALL_SAID

    SeriesSession.objects.filter(pk=third.pk).update(sent_at=SIX_TEN, sent_by=leader)

    assert refusal(ends, third, leader) == SENT
    assert not Entry.objects.filter(action="ended_session").exists()


@pytest.mark.parametrize(("because", "why"), [(" ", "Say why"), ("x" * 201, "200 letters at most")])
def test_a_reason_is_asked_for(series, third, leader, because, why):
    joins(series)

    assert why in refusal(ends, third, leader, SIX_TEN, because)
    third.refresh_from_db()
    assert third.state == SessionState.STANDS


def test_whoever_is_marked_at_the_same_moment_is_marked_or_called_off_and_never_both(
    series, third, leader
):
    """Who came second looks at what the first has done."""
    case = somebody()
    joins(series, case)
    seen = on(third, case)
    ends(third, leader)

    with pytest.raises(RuleBroken):
        say_of(
            attendance=seen, version=seen.version, said=Said(case.pk, Mark.NOT_COME), by=leader, now=SIX_TEN
        )  # fmt: skip
    assert on(third, case).mark == ""


def test_what_it_means_is_said_before_it_is_done(series, third, leader):
    there, unsaid = somebody(), somebody()
    for case in (there, unsaid):
        joins(series, case)
    marks(third, there, Mark.TOOK_PART, leader)

    found = if_ended(third, SIX_TEN)

    assert found.session == "session 3, 16 October 2018"
    assert found.follows[:2] == [
        "For 1 person of whom nothing is said yet the hour is called off by us: nobody of them is recorded as having failed "
        "to come.",
        "What is said of 1 person stands.",
    ]
    assert "New: 13 November 2018 at 6pm. The series ends on 13 November 2018." in found.follows[2]
    assert SeriesSession.objects.get(pk=third.pk).state == SessionState.STANDS


def test_an_hour_that_was_left_out_for_another_group_is_booked_once_it_is_free(
    series, third, leader
):
    case = somebody()
    joins(series, case)
    other = planned(
        code="stepping_stones", leaders=[facilitator("Jo Hill", skill="Stepping Stones to Change")],
        place=series.place, room=room_at(series.place, "Room 2"), first_on=AFTER,
    )  # fmt: skip
    place = joins(other, case)
    ends(third, leader)
    assert settle_attendances(series, because="Looked at.", by=leader, now=SIX_TEN) == (0, 0)

    leaves(place, now=SIX_TEN)
    settle_attendances(series, because="Looked at.", by=leader, now=SIX_TEN)

    assert days(case) == [at(day, 18) for day in (*TUESDAYS[3:], AFTER)]
