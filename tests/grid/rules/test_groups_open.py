"""Which sessions of a series somebody would have, and how its times are said."""

from datetime import date, time, timedelta

import pytest

from grid.reference.parts_of_day import PartOfDay
from grid.rules.groups_open import (
    TimeOfWeek,
    say_parts,
    say_times,
    time_of_week,
    times_of_week,
)
from tests.grid.a_group import group, session, weekly
from tests.grid.a_series import at

FIRST = date(2018, 10, 16)  # a Tuesday
DAYTIME, EVENING, WEEKEND = TimeOfWeek


@pytest.mark.parametrize(
    ("entries", "days", "left_out"),
    [
        ({1}, 0, 0),
        ({1}, 1, None),
        ({1, 2, 3}, 0, 0),
        ({1, 2, 3}, 1, 1),
        ({1, 2, 3}, 7, 1),
        ({1, 2, 3}, 8, 2),
        ({1, 2, 3}, 14, 2),
        ({1, 2, 3}, 15, None),
        ({1, 5, 9}, 0, 0),  # in modules of four: the sessions between are of one that has begun
        ({1, 5, 9}, 1, 4),
        ({1, 5, 9}, 28, 4),
        ({1, 5, 9}, 29, 8),
        ({1, 5, 9}, 56, 8),
        ({1, 5, 9}, 57, None),
        (set(range(1, 13)), 77, 11),
        (set(range(1, 13)), 78, None),
    ],
)
def test_they_begin_with_the_first_session_at_which_they_can_and_may(entries, days, left_out):
    series = group(entries=frozenset(entries))

    sessions = series.sessions_from(FIRST + timedelta(days=days))

    assert sessions == (() if left_out is None else series.sessions[left_out:])


@pytest.mark.parametrize(
    ("day", "hour", "number"),
    [(0, 17, 1), (0, 18, 5), (28, 17, 5), (28, 18, 9), (56, 17, 9), (56, 18, None)],
)
def test_the_next_with_which_somebody_may_begin_has_not_begun(day, hour, number):
    series = group(entries=frozenset({1, 5, 9}))

    found = series.next_entry(at(FIRST + timedelta(days=day), hour))

    assert (found and found.number) == number


@pytest.mark.parametrize(
    ("rolling", "days", "known"),
    [
        (False, 0, True),
        (False, 1, True),  # what they missed is made up for one to one while it runs
        (True, 0, True),
        (True, 1, False),  # in the next series, which has no days yet
        (False, 57, False),  # nobody can join it any more
        (True, 57, False),
    ],
)
def test_when_they_finish_is_said_only_where_it_is_known(rolling, days, known):
    series = group(entries=frozenset({1, 5, 9}), rolling=rolling)

    found = series.finishes_on(FIRST + timedelta(days=days))

    assert found == (date(2019, 1, 1) if known else None)


def test_a_place_that_is_given_is_left_to_nobody_else():
    series = group(places=3, members=frozenset({7}), kept=frozenset({9}))

    given = series.with_a_place(8)

    assert (given.places_left(1), given.members) == (0, {7, 8})
    assert (series.places_left(1), series.members) == (1, {7})
    assert given.places_left(9) == 1  # it is kept for them


@pytest.mark.parametrize(
    ("weekday", "part", "time_of"),
    [
        (0, PartOfDay.MORNING, DAYTIME),
        (4, PartOfDay.AFTERNOON, DAYTIME),
        (4, PartOfDay.EVENING, EVENING),
        (5, PartOfDay.MORNING, WEEKEND),
        (6, PartOfDay.EVENING, WEEKEND),
    ],
)
def test_evening_is_of_a_working_day_and_the_weekend_is_all_day(weekday, part, time_of):
    assert time_of_week(weekday, part) is time_of


@pytest.mark.parametrize(
    ("from_at", "time_of"), [(time(16, 59), DAYTIME), (time(17), EVENING), (time(9), DAYTIME)]
)
def test_a_series_runs_at_the_time_at_which_it_begins(from_at, time_of):
    assert times_of_week(weekly(2, FIRST, from_at, time(20))) == {time_of}


def test_a_series_can_run_at_several_times():
    saturday = session(date(2018, 10, 20), time(10), time(12))

    assert times_of_week((*weekly(2, FIRST), saturday)) == {EVENING, WEEKEND}


def in_turn(*sessions):
    return sorted(sessions, key=lambda one: one.on)


def test_its_times_are_said_once_each():
    tuesdays, thursdays = weekly(3, FIRST), weekly(3, FIRST + timedelta(days=2))
    saturday = session(date(2018, 10, 20), time(10), time(12, 30))

    assert say_times(tuesdays) == "Tuesdays, 6pm to 8pm"
    assert say_times(in_turn(*tuesdays, *thursdays)) == "Tuesdays and Thursdays, 6pm to 8pm"
    assert (
        say_times(in_turn(*tuesdays, *thursdays, saturday))
        == "Tuesdays and Thursdays, 6pm to 8pm; Saturdays, 10am to 12:30pm"
    )


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({1}, "session 1"),
        ({1, 2, 3}, "sessions 1 to 3"),
        ({5, 2, 1, 3}, "sessions 1 to 3 and 5"),
        ({6, 2, 4}, "sessions 2, 4 and 6"),
        ({1, 2, 5, 6}, "sessions 1 to 2 and 5 to 6"),
    ],
)
def test_what_somebody_lacks_is_said_by_its_numbers(numbers, words):
    assert say_parts(numbers) == words


@pytest.mark.parametrize(
    ("had", "left", "entries"),
    [
        (set(), [1, 2, 3, 4], {1, 3}),
        ({3, 4}, [1, 2], {1}),
        ({1, 2}, [3, 4], {3}),
        ({1, 3}, [2, 4], {2, 4}),  # begun with the first of each part that they lack
        ({1, 2, 3, 4}, [], {1, 3}),
    ],
)
def test_whoever_had_some_of_it_comes_to_the_rest(had, left, entries):
    whole = group(sessions=tuple(weekly(4, FIRST)), entries=frozenset({1, 3}))

    theirs = whole.for_whoever_had(frozenset(had))

    assert [one.number for one in theirs.sessions] == left
    assert theirs.entries == entries
