"""Which sessions are days of a requirement. Source: supervision reference 2.4 (a maximum of days; a day counts once)."""

from datetime import date
from itertools import combinations

import pytest

from grid.rules.session_days import binds, days_that_count, days_to_plan

OCTOBER = [date(2018, 10, number) for number in range(1, 7)]


@pytest.mark.parametrize(
    ("days", "room", "planned"),
    [
        (OCTOBER, None, 6),
        (OCTOBER, 20, 6),
        (OCTOBER, 4, 4),
        (OCTOBER, 0, 0),
        ([*OCTOBER[:2], OCTOBER[0]], 20, 2),
        ([], 20, 0),
    ],
)
def test_as_many_days_are_planned_as_are_needed_and_left(days, room, planned):
    assert days_to_plan(days, room=room) == planned


def test_the_earliest_days_count_and_never_more_than_are_planned():
    """Of every choice of days that were had before, and every number planned."""
    for number in range(len(OCTOBER) + 1):
        for had in map(frozenset, combinations(OCTOBER, number)):
            for planned in range(len(OCTOBER) + 2):
                found = days_that_count(OCTOBER, planned=planned, had=had)
                new = sorted(found - had)
                assert found & had == had
                assert len(new) == max(0, min(planned - number, len(OCTOBER) - number))
                assert new == sorted(set(OCTOBER) - had)[: len(new)]


def test_a_day_that_was_had_elsewhere_takes_one_of_those_planned():
    had = frozenset({date(2018, 9, 1)})

    assert days_that_count(OCTOBER, planned=3, had=had) == frozenset(OCTOBER[:2])


@pytest.mark.parametrize(
    ("until", "bound"), [(None, True), (date(2018, 10, 2), True), (date(2018, 10, 1), False)]
)
def test_nothing_binds_after_its_end(until, bound):
    assert binds(date(2018, 10, 2), until) is bound
