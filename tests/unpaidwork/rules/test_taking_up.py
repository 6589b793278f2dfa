from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import TODAY
from unpaidwork.reference.work import WorkState
from unpaidwork.rules.courses import Taken, alike
from unpaidwork.rules.durations import NotADuration, understand_minutes, write_minutes
from unpaidwork.rules.progress import Done, skills_of, tasks_of
from unpaidwork.rules.taking_up import (
    Recorded,
    beside,
    counted_twice,
    extended_by,
    minutes_of,
    runs_as,
    stands_as,
)


def one(**said):
    return Recorded(**{"key": 1, "main_code": "W", "began_on": TODAY, "runs": True} | said)


@pytest.mark.parametrize(
    "length, unit, minutes",
    [(80, "Hours", 4800), (Decimal("1.5"), "hours", 90), (12, "Months", 0), (None, "Hours", 0), (-4, "Hours", 0)],
)  # fmt: skip
def test_a_length_is_read_in_hours_or_not_at_all(length, unit, minutes):
    assert minutes_of(length, unit) == minutes


@pytest.mark.parametrize(
    "said, runs",
    [
        ({}, "regular"),
        ({"main_code": "W0"}, "concurrent"),
        ({"sub_code": "W06"}, "concurrent"),
        ({"sub_code": "W03"}, "additional"),
        ({"sub_name": "Hours Consecutive to another Order"}, "consecutive"),
    ],
)
def test_how_a_requirement_runs_follows_from_its_type(said, runs):
    assert runs_as(one(**said)) == runs


def test_it_stands_beside_the_earliest_that_runs_by_itself():
    later = one(key=2, began_on=date(2018, 11, 1))
    ended = one(key=3, began_on=date(2018, 1, 1), runs=False)
    concurrent = one(key=4, began_on=date(2018, 2, 1), main_code="W0")

    assert beside(concurrent, [later, ended, one(key=5), concurrent]) == 5
    assert beside(concurrent, [ended, concurrent]) is None


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        ("Completed", "completed"),
        ("Completed - early good progress", "completed"),
        ("Incomplete", "ended"),
        ("Not completed", "ended"),
        ("Hours not all completed", "ended"),
        ("Uncompleted", "ended"),
        ("Revoked", "ended"),
        ("", "ended"),
    ],
)
def test_work_that_ends_is_completed_only_where_the_record_says_that_it_was(reason, state):
    over = one(runs=False, reason=reason, ended_on=TODAY)

    assert stands_as(WorkState.OPEN, "", over)[0] == state


def test_an_order_is_extended_to_a_day_or_by_months():
    assert extended_by(TODAY, 6, "Months", None) == date(2020, 3, 31)
    assert extended_by(TODAY, 6, "Months", date(2020, 1, 1)) == date(2020, 1, 1)
    assert extended_by(None, 6, "Months", None) is None
    assert extended_by(TODAY, 6, "Hours", None) is None


@given(st.integers(1, 18_000), st.integers(1, 18_000), st.integers(-9000, 9000))
def test_what_counts_twice_is_never_more_than_either_holds_nor_of_another_sign(before, now, court):
    twice = counted_twice(before, now, court)

    assert abs(twice) <= min(abs(now - before), abs(court))
    assert twice == 0 or (twice > 0) == (court > 0)


@pytest.mark.parametrize(
    "text, minutes",
    [
        ("7", 420), ("7.5", 450), ("7:30", 450), ("45 minutes", 45), ("1 hour 30 minutes", 90), ("1h30m", 90),
        ("2 hrs and 5 mins", 125), ("1.5 hours", 90),
    ],
)  # fmt: skip
def test_how_long_is_understood_as_staff_write_it(text, minutes):
    assert understand_minutes(text) == minutes


@pytest.mark.parametrize("text", ["", "a while", "7:75", "seven", "7 8", "-2"])
def test_what_is_not_a_length_of_time_is_refused(text):
    with pytest.raises(NotADuration):
        understand_minutes(text)


@given(st.integers(1, 18_000))
def test_what_is_written_is_understood_as_it_was(minutes):
    assert understand_minutes(write_minutes(minutes)) == minutes


def taken(key, **said):
    usual = {"provider": "Campus", "title": "First aid", "reference": "", "finished_on": TODAY}
    return Taken(key=key, **usual | said)


@pytest.mark.parametrize(
    "said, why",
    [
        ({"provider": "campus ", "title": "First-Aid"}, "the same course of the same provider"),
        ({"provider": "Another"}, "a course of the same name, finished on the same day"),
        ({"reference": "A1", "title": "Other"}, "the same reference of the same provider"),
    ],
)
def test_a_course_looks_like_another_for_a_reason(said, why):
    found = alike(taken(1, reference="A1"), [taken(2, **said)])

    assert [reason for _, reason in found] == [why]


def test_a_course_looks_like_neither_itself_nor_another_of_another_name():
    assert alike(taken(1), [taken(1), taken(2, title="Painting")]) == []


def test_skills_and_tasks_are_counted_once_a_session_the_most_often_first():
    sessions = [
        Done(TODAY, "Park", "Digging", 420, ("gardening", "teamwork", "gardening", "unheard")),
        Done(date(2018, 10, 8), "Park", "", 300, ("gardening",)),
    ]

    skills = skills_of(sessions)

    assert [(skill.what, skill.times, skill.minutes) for skill in skills] == [
        ("Gardening and grounds", 2, 720),
        ("Working with others", 1, 420),
    ]
    assert [task.what for task in tasks_of(sessions)] == ["Digging"]
