"""Whether a session is within hours that a leader said they work; the quarter's timetable asks by the same rule."""

from datetime import date, time

import pytest

from grid.reference.parts_of_day import PartOfDay, When
from grid.rules.leader_hours import minutes_from, within
from grid.rules.quarter_hours import STARTS, minutes_free
from grid.rules.series_leaders import outside_hours
from grid.rules.sessions import Session
from grid.rules.staffing import Asks, Leader, cover

TUESDAY, WEDNESDAY = date(2018, 10, 2), date(2018, 10, 3)
EVENING = (1, time(17), time(20))


@pytest.mark.parametrize(
    ("hours", "begins", "minutes", "expected"),
    [
        ([EVENING], time(18), 120, True),  # to the minute
        ([EVENING], time(18), 121, False),
        ([EVENING], time(17), 180, True),
        ([EVENING], time(16, 59), 60, False),
        ([EVENING], time(20), 30, False),
        ([(0, time(17), time(20))], time(18), 60, False),  # of another day
        ([(1, time(9), time(12)), EVENING], time(18), 60, True),
        ([(1, time(9), time(12)), (1, time(13), time(20))], time(11), 180, False),
    ],
)
def test_a_session_is_within_hours_that_hold_all_of_it(hours, begins, minutes, expected):
    assert within(hours, Session(1, TUESDAY, begins, minutes)) is expected


def test_whoever_has_not_said_when_they_work_is_outside_no_hours():
    assert within([], Session(1, TUESDAY, time(18), 120))


def test_a_quarter_counts_the_minutes_from_its_hours_by_the_same_rule():
    hours = [EVENING, (1, time(9), time(14, 30)), (4, time(12), time(21))]

    found = minutes_free(hours)

    assert found == {
        When(1, PartOfDay.MORNING): 270,
        When(1, PartOfDay.AFTERNOON): 30,
        When(1, PartOfDay.EVENING): 120,
        When(4, PartOfDay.AFTERNOON): 420,
        When(4, PartOfDay.EVENING): 180,
    }
    assert all(
        minutes == minutes_from(hours, when.weekday, STARTS[when.part])
        for when, minutes in found.items()
    )


def test_each_leader_and_hour_of_the_week_is_said_once():
    fran = Leader(1, "Fran Field", hours=(EVENING,))
    gil = Leader(2, "Gil Hart")
    weeks = [date(2018, 10, day) for day in (2, 9, 16)]
    led = [(Session(number, day, time(19), 90), [fran, gil]) for number, day in enumerate(weeks)]
    led += [(Session(4, WEDNESDAY, time(10), 60), [fran]), (Session(5, TUESDAY, time(18), 60), [fran])]  # fmt: skip

    assert outside_hours(led) == [
        "7pm to 8:30pm on Tuesdays is not within the hours that Fran Field said they work. Ask them first.",
        "10am to 11am on Wednesdays is not within the hours that Fran Field said they work. Ask them first.",
    ]


def test_whoever_could_stand_in_outside_their_hours_is_listed_and_it_is_said():
    fran = Leader(1, "Fran Field", hours=((0, time(9), time(12)),))
    gil = Leader(2, "Gil Hart", hours=(EVENING,))

    (found,) = cover([], [fran, gil], [Session(1, TUESDAY, time(18), 120)], Asks("", False, 1))

    assert {one.leader.name: one.why for one in found.stand_ins} == {
        "Fran Field": ("Nothing else that week.", "Not within the hours that they said they work."),
        "Gil Hart": ("Nothing else that week.",),
    }
