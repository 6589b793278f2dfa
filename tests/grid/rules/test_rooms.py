"""Whether a room can hold a series: who else is in it, how many, when its place is open and for whom."""

from dataclasses import replace
from datetime import date, time

import pytest

from cases.rules.booking import Weight
from cases.rules.booking_facts import Hours
from cases.rules.cover import Days
from grid.rules.rooms import (
    Booked,
    Room,
    Wants,
    against_room,
    check_closing,
    check_holds,
    check_room,
    check_shutting,
    rooms_that_fit,
)
from grid.rules.sessions import Stretch
from tests.grid.a_series import FOUR, Weekly, at, planned, taken
from tests.refusals import refusal

SESSIONS = planned().sessions
DAY = SESSIONS[1].on
TUESDAY = Hours(1, time(9), time(21))
ROOM = Room(1, "Room 2, Reading office", 12, (TUESDAY,))
WANTS = Wants(SESSIONS, 12)


def codes(room=ROOM, wants=WANTS, booked=()):
    return [one.code for one in against_room(room, wants, booked)]


def hours(*stretches):
    return replace(
        ROOM, hours=tuple(Hours(1, time(*a), time(*b), women) for a, b, women in stretches)
    )


def test_an_empty_room_that_is_large_enough_and_open_holds_it():
    assert codes() == []
    assert check_room(ROOM, WANTS, []) is None


@pytest.mark.parametrize(("people", "found"), [(12, []), (13, ["too_small"])])
def test_a_room_holds_so_many(people, found):
    assert codes(wants=replace(WANTS, people=people)) == found


@pytest.mark.parametrize(
    ("from_at", "to_at", "meets"),
    [
        (at(DAY, 16), at(DAY, 18), False),
        (at(DAY, 16), at(DAY, 18, 1), True),
        (at(DAY, 18), at(DAY, 20), True),
        (at(DAY, 18, 30), at(DAY, 18, 31), True),
        (at(DAY, 19, 59), at(DAY, 22), True),
        (at(DAY, 20), at(DAY, 22), False),
        (at(date(2018, 10, 10), 18), at(date(2018, 10, 10), 20), False),
    ],
)
def test_a_room_is_one_series_at_a_time(from_at, to_at, meets):
    other = Booked(1, Stretch(from_at, to_at, "Resolve"), 9)

    assert codes(booked=[other]) == (["taken"] if meets else [])
    assert codes(booked=[replace(other, room=2)]) == []


def test_what_it_overlaps_is_named():
    found = against_room(ROOM, WANTS, [Booked(1, taken(DAY, 17, 19, "Resolve"), 9)])

    assert [one.text for one in found] == [
        "Session 2 on 9 October 2018 overlaps: Room 2, Reading office is taken by Resolve, from 5pm to 7pm."
    ]
    assert found[0].weight is Weight.REFUSES


def test_its_own_sessions_do_not_stand_in_its_way_but_other_bookings_without_a_series_do():
    own = [Booked(1, one.stretch, 7) for one in SESSIONS]

    assert codes(wants=replace(WANTS, series=7), booked=own) == []
    assert codes(wants=replace(WANTS, series=8), booked=own) == ["taken"] * 4
    assert codes(booked=own) == ["taken"] * 4
    assert codes(booked=[replace(own[0], series=None)]) == ["taken"]


@pytest.mark.parametrize(
    ("stretches", "found"),
    [
        ([((18, 0), (20, 0), False)], []),
        ([((18, 1), (20, 0), False)], ["outside_hours"] * 4),
        ([((18, 0), (19, 59), False)], ["outside_hours"] * 4),
        ([((9, 0), (19, 0), False), ((19, 0), (21, 0), False)], []),
        ([((19, 0), (21, 0), False), ((9, 0), (19, 0), False)], []),
        ([((9, 0), (19, 0), False), ((19, 1), (21, 0), False)], ["outside_hours"] * 4),
    ],
)
def test_it_is_held_while_the_place_is_open(stretches, found):
    assert codes(hours(*stretches)) == found


def test_a_place_that_is_open_on_other_days_is_not_open():
    assert codes(replace(ROOM, hours=(replace(TUESDAY, weekday=2),))) == ["outside_hours"] * 4


def test_that_nobody_put_in_the_hours_is_said_and_refuses_nothing():
    (found,) = against_room(replace(ROOM, hours=()), WANTS, [])

    assert (found.code, found.weight) == ("hours_unknown", Weight.WARNS)


@pytest.mark.parametrize(
    ("kept", "found"),
    [
        (((9, 0), (18, 0)), []),
        (((9, 0), (18, 1)), ["women_only"] * 4),
        (((18, 0), (20, 0)), ["women_only"] * 4),
        (((19, 59), (21, 0)), ["women_only"] * 4),
        (((20, 0), (21, 0)), []),
    ],
)
def test_hours_kept_for_women_are_for_groups_of_women(kept, found):
    room = replace(ROOM, hours=(TUESDAY, Hours(1, time(*kept[0]), time(*kept[1]), True)))

    assert codes(room) == found
    assert codes(room, replace(WANTS, women_only=True)) == []


@pytest.mark.parametrize(
    ("first", "last", "found"), [(3, 8, []), (3, 9, ["shut"]), (9, 16, ["shut"] * 2), (10, 15, [])]
)
def test_a_room_that_is_shut_holds_nothing(first, last, found):
    shut = Days(date(2018, 10, first), date(2018, 10, last))

    assert codes(replace(ROOM, shut=(shut,))) == found


def test_a_room_is_kept_at_its_hour_when_the_clocks_change():
    """28 October 2018: the Tuesday before is in summer time and the one after is not."""
    series = planned(FOUR, date(2018, 10, 23), (Weekly(1, time(18)),))
    at_six = [Booked(1, taken(date(2018, 10, 30), 20, 21), 3), Booked(1, taken(date(2018, 10, 30), 17, 18), 3)]  # fmt: skip

    assert codes(wants=Wants(series.sessions, 12), booked=at_six) == []


def test_a_refusal_says_the_first_and_how_many_more():
    booked = [Booked(1, one.stretch, 9) for one in SESSIONS[:3]]

    said = refusal(check_room, ROOM, WANTS, booked)

    assert said.startswith("Session 1 on 2 October 2018 overlaps")
    assert said.endswith("Choose another room or time. Besides that: 2 more things.")
    assert not refusal(check_room, replace(ROOM, hours=()), WANTS, [])


def test_rooms_that_fit_are_the_smallest_first():
    small = replace(ROOM, room=2, name="Room 1", holds=11)
    large = replace(ROOM, room=3, name="Hall", holds=40)
    taken_room = replace(ROOM, room=4, name="Room 4")
    booked = [Booked(4, SESSIONS[3].stretch, 9)]

    found = rooms_that_fit([large, small, taken_room, ROOM], WANTS, booked)

    assert [one.name for one in found] == ["Room 2, Reading office", "Hall"]


@pytest.mark.parametrize(
    ("closed_on", "sessions"),
    [(SESSIONS[0].on, 4), (DAY, 3), (SESSIONS[3].on, 1), (date(2018, 10, 24), 0), (None, 0)],
)
def test_a_room_holds_nothing_from_the_day_on_which_it_is_closed_for_good(closed_on, sessions):
    assert codes(replace(ROOM, closed_on=closed_on)) == ["closed"] * sessions


def test_a_closed_room_is_said_to_be_closed_and_not_also_shut_that_day():
    closed = replace(ROOM, closed_on=DAY, shut=(Days(DAY, DAY),))

    texts = [one.text for one in against_room(closed, WANTS, [])]

    assert texts == ["Room 2, Reading office is not used from 9 October 2018 on."] * 3


@pytest.mark.parametrize(
    ("holds", "most", "refused"),
    [
        (1, 0, "from 2 to 100"),
        (2, 0, ""),
        (100, 0, ""),
        (101, 0, "from 2 to 100"),
        (12, 12, ""),
        (11, 12, "brings 12 people"),
    ],
)
def test_a_room_holds_at_least_as_many_as_a_series_to_come_brings(holds, most, refused):
    said = refusal(check_holds, ROOM, holds, most)

    assert refused in said
    assert bool(said) == bool(refused)


HELD = [Booked(1, taken(one.on, 18, 20, "Resolve"), 9) for one in SESSIONS]


@pytest.mark.parametrize(
    ("closed_on", "left"),
    [(SESSIONS[0].on, 4), (DAY, 3), (date(2018, 10, 10), 2), (date(2018, 10, 24), 0)],
)
def test_a_room_is_not_closed_while_sessions_stand_in_it_on_that_day_or_after(closed_on, left):
    said = refusal(check_closing, ROOM, closed_on, HELD)

    assert said.startswith(f"{left} sessions stand" if left else "")
    assert bool(said) == bool(left)


def test_whoever_closes_a_room_is_told_how_many_stand_and_which():
    assert refusal(check_closing, ROOM, SESSIONS[3].on, HELD) == (
        "1 session stands in Room 2, Reading office from 23 October 2018 on: Resolve at 6pm on 23 October "
        "2018. Move or call off what is to come, or choose a later day."
    )


def test_of_many_sessions_five_are_named_and_the_rest_are_counted():
    many = [Booked(1, taken(date(2018, 10, day), 18, 20), 9) for day in range(7, 0, -1)]

    said = refusal(check_closing, ROOM, date(2018, 10, 1), many)

    assert "7 sessions stand" in said
    assert "one at 6pm on 1 October 2018, " in said
    assert "5 October 2018 and 2 more." in said
    assert "6 October" not in said


@pytest.mark.parametrize(
    ("from_on", "to_on", "why", "refused"),
    [
        (date(2018, 10, 3), date(2018, 10, 8), "The floor", ""),
        (date(2018, 10, 3), date(2018, 10, 9), "The floor", "1 session stands"),
        (date(2018, 10, 2), date(2018, 10, 23), "The floor", "4 sessions stand"),
        (date(2018, 10, 8), date(2018, 10, 3), "The floor", "cannot be before"),
        (date(2018, 8, 1), date(2018, 8, 31), "The floor", "has been"),
        (date(2018, 8, 1), date(2018, 9, 1), "The floor", ""),
        (date(2018, 10, 3), date(2018, 10, 8), "", "Say why"),
        (date(2018, 10, 25), date(2018, 11, 1), "The floor", "is shut on 1 November 2018 already"),
        (date(2018, 11, 2), date(2018, 11, 3), "The floor", ""),
    ],
)
def test_a_room_is_shut_on_days_to_come_on_which_nothing_stands_in_it(from_on, to_on, why, refused):
    day = date(2018, 11, 1)
    room, today = replace(ROOM, shut=(Days(day, day),)), date(2018, 9, 1)

    said = refusal(check_shutting, room, Days(from_on, to_on), why, HELD, today)

    assert refused in said
    assert bool(said) == bool(refused)
