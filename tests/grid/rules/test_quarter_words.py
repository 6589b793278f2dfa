"""Why each series is run, and why whoever has no place has none, in the words that staff read."""

from dataclasses import replace
from datetime import date

import pytest

from grid.rules.quarter import propose
from grid.rules.quarter_facts import Group, in_words
from grid.rules.quarter_series import board_of
from grid.rules.quarter_words import explained
from tests.grid.rules.a_quarter import (
    AMENDS,
    MON,
    PEOPLE,
    QUARTER,
    SERIES,
    THINKING,
    TUE,
    quarter,
    waits,
)


def proposed(question):
    return propose(question, seconds=20)


def why_not(answer):
    return {one.person: one.why[0] for one in answer.explained if one.person is not None}


def test_each_series_says_what_it_is_and_what_it_is_for():
    in_time = date(2018, 10, 8)
    people = [waits(1, court_ordered=True), *(waits(key, ends_on=in_time) for key in (2, 3))]
    (one,) = proposed(quarter(*people)).explained

    assert one.why == (
        "Thinking at North Street, Monday mornings, 2 sessions from 1 October 2018 to 8 October 2018, led by Ann Lee.",
        "3 of 3 places taken, 1 of them for people whom a court ordered to come. When the order or licence of 1 of them ends is not recorded; the others finish before theirs does.",
        "Whoever has waited longest of them has waited 4 weeks.",
        "Without it, 3 of them could come to no other place that is free in this timetable.",
    )


def test_how_many_come_to_some_of_it_by_their_own_choice_is_said():
    people = [waits(1, days_left=1), waits(2, days_left=0), waits(3, days_left=2)]
    (one,) = proposed(quarter(*people)).explained

    assert one.why[3] == (
        "2 of them cannot be required to come to all of its 2 sessions: to the rest, or to all of it, they come by their own choice."
    )


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"codes": ("nowhere",)}, "None of what suits them is offered in this quarter."),
        ({"codes": ("unled",)}, "There are no leaders or rooms for Unled at any time in this quarter."),
        ({"sites": (2,)}, "There are no leaders or rooms for Thinking within their reach."),
        ({"free": frozenset()}, "There are no leaders and rooms for Thinking at any time at which they are free."),
        ({"ends_on": date(2018, 10, 7)}, "Nothing that they could come to would be over by 7 October 2018, when their order or licence ends."),
        ({"free": frozenset({TUE})}, "Too few others could come at any time at which they can for a group to begin."),
        ({}, "All places are taken in what they could come to: Thinking at North Street."),
    ],
)  # fmt: skip
def test_whoever_has_no_place_is_told_the_first_thing_in_the_way(facts, why):
    asks = (THINKING, replace(AMENDS, code="unled", title="Unled", skill="nobody's"))
    ordered = [waits(key, court_ordered=True) for key in (1, 2, 3)]

    answer = proposed(quarter(*ordered, waits(4, **facts), asks=asks, starts=(0,), weeks=2))

    assert why_not(answer) == {4: why}


def test_whoever_would_take_a_room_from_more_is_told_so():
    amends = [waits(key, codes=("amends",)) for key in (4, 5)]

    answer = proposed(quarter(*PEOPLE, *amends, starts=(0,), weeks=2))

    words = "What they could come to would take rooms or leaders from groups that count more."
    assert why_not(answer) == {4: words, 5: words}


def test_whoever_is_kept_apart_from_somebody_in_the_only_group_is_told_so():
    question = quarter(*(waits(key, court_ordered=True) for key in (1, 2)), waits(3), apart=frozenset({(1, 3)}), starts=(0,))  # fmt: skip

    assert why_not(proposed(question))[3].startswith("There is a place in Thinking at North Street, but somebody is in the group")  # fmt: skip


def test_what_is_demanded_and_weighed_is_said_with_its_numbers():
    weights = replace(QUARTER.weights, court=911)

    assert "911 more where a court ordered that intervention" in " ".join(in_words(replace(QUARTER, weights=weights)))  # fmt: skip
    assert proposed(QUARTER).working == in_words(QUARTER)


def test_whether_there_is_a_place_elsewhere_is_said_of_each_series():
    """A group's own free places are none for those who would lose it."""
    both = frozenset({MON, TUE})
    question = quarter(waits(1), waits(2), waits(4, free=both), waits(5, free=both))
    groups = [Group(SERIES, (1, 2)), Group(replace(SERIES, times=(TUE,)), (4, 5))]

    monday, tuesday = explained(board_of(question), groups)

    assert monday.why[3] == "Without it, 2 of them could come to no other place that is free in this timetable."  # fmt: skip
    assert tuesday.why[3] == "Without it, each of them could come to another place that is free in this timetable."  # fmt: skip
