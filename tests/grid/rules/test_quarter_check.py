"""Each thing that could not be held is refused, whoever proposes it; what can be held is let be."""

from dataclasses import replace
from datetime import date

import pytest

from grid.rules.quarter_check import check
from grid.rules.quarter_facts import Group, Series
from staff.errors import RuleBroken
from tests.grid.rules.a_quarter import (
    AMENDS,
    ANN,
    BOB,
    EVE,
    MON,
    NORTH,
    PEOPLE,
    QUARTER,
    SERIES,
    SOUTH,
    THINKING,
    TUE,
    WED,
    quarter,
    waits,
)

GROUP = Group(SERIES, (1, 2, 3))
OTHERS = tuple(waits(key, sites=(1, 2), codes=("thinking", "amends")) for key in (4, 5))
WIDE = quarter(*PEOPLE, *OTHERS, sites=(NORTH, SOUTH), leaders=(ANN, BOB))


def other(**facts):
    """A second group, by itself as it should be."""
    return Group(replace(SERIES, site=2, leaders=(2,), **facts), (4, 5))


def said(*groups, question=QUARTER, **how):
    """What it is refused with; blank where it is let be."""
    try:
        check(question, groups, **how)
    except RuleBroken as refusal:
        return str(refusal)
    return ""


def test_what_can_be_held_is_let_be():
    assert said(question=QUARTER) == ""
    assert said(GROUP, question=QUARTER) == ""
    assert said(GROUP, other(), question=WIDE) == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"leaders": (99,)},  # whose hours nobody has recorded, or who has left
        {"site": 99},  # where no room is left in use
        {"first_week": 12},  # which ends after the weeks that there are
        {"leaders": SERIES.leaders, "site": 99, "times": (MON,)},
    ],
)
def test_what_runs_already_is_not_refused_whatever_became_of_it(changes):
    runs = replace(SERIES, **changes)

    assert said(question=replace(QUARTER, taken=(runs, runs, runs))) == ""


# Nothing twice


def test_one_room_for_two_groups():
    there = Group(replace(other().series, site=1), (4, 5))

    assert "North Street has no room left on 1 October 2018" in said(GROUP, there, question=WIDE)
    assert said(GROUP, there, question=replace(WIDE, sites=(replace(NORTH, rooms=2), SOUTH))) == ""


def test_one_room_for_two_groups_of_which_only_the_later_weeks_meet():
    there = Group(replace(other(first_week=1).series, site=1), (4, 5))

    assert "North Street has no room left on 8 October 2018" in said(GROUP, there, question=WIDE)


def test_one_leader_for_two_groups():
    both = Group(replace(other().series, leaders=(1,)), (4, 5))

    assert "Ann Lee would lead two groups at one time on 1 October 2018" in said(GROUP, both, question=WIDE)  # fmt: skip


def test_a_leader_oftener_than_they_said():
    question = replace(WIDE, leaders=(replace(ANN, a_week=1), BOB), wanted=tuple(replace(one, free=dict.fromkeys(one.free, frozenset({MON, TUE}))) for one in WIDE.wanted))  # fmt: skip
    both = Group(replace(other(times=(TUE,)).series, leaders=(1,)), (4, 5))

    assert "Ann Lee would lead 2 sessions in week 1" in said(GROUP, both, question=question)
    assert said(GROUP, both, question=replace(question, leaders=(ANN, BOB))) == ""


def test_somebody_in_two_groups_or_twice_in_one():
    asked = replace(
        WIDE,
        wanted=tuple(
            replace(one, free=dict.fromkeys((1, 2), frozenset({MON}))) for one in WIDE.wanted
        ),
    )

    assert "Person 3 has more than one place" in said(GROUP, Group(other().series, (3, 4)), question=asked)  # fmt: skip
    assert "Person 1 has more than one place" in said(Group(SERIES, (1, 1, 2)))


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        (Series("amends", 1, (MON,), 1, (2,)), "North Street has no room left on 8 October"),
        (Series("amends", 2, (MON,), 1, (1,)), "Ann Lee would lead two groups at one time on 8"),
    ],
)
def test_what_is_taken_already_counts(taken, words):
    assert words in said(GROUP, question=replace(WIDE, taken=(taken,)))


# A series by itself


@pytest.mark.parametrize(
    ("series", "facts", "words"),
    [
        ({"code": "nothing"}, {}, "no intervention nothing in this quarter"),
        ({"site": 9}, {}, "no site 9"),
        ({"leaders": (9,)}, {}, "no leader 9"),
        ({"first_week": 2}, {}, "No series begins in week 3"),
        ({"first_week": 2}, {"starts": (2,)}, "Thinking would not come to its end"),
        ({}, {"weeks": 1}, "Thinking would not come to its end"),
        ({}, {"shut": frozenset({date(2018, 10, 8), date(2018, 10, 15)})}, "not come to its end"),
        ({"times": (MON, WED)}, {}, "Thinking has 1 session a week"),
        ({"times": ()}, {}, "Thinking has 1 session a week"),
        ({"site": 2}, {"asks": (replace(THINKING, sites=frozenset({1})),)}, "does not run at South"),
        ({}, {"sites": (replace(NORTH, shut=frozenset({MON})),)}, "North Street is shut"),
        ({"leaders": ()}, {}, "Thinking is led by 1"),
        ({"leaders": (1, 2)}, {}, "Thinking is led by 1"),
        ({"leaders": (1, 1)}, {"asks": (replace(THINKING, leaders=2),)}, "Thinking is led by 2"),
        ({}, {"asks": (replace(THINKING, skill="other"),)}, "Ann Lee is not trained for Thinking"),
        ({"leaders": (2,)}, {"asks": (replace(THINKING, women_only=True),)}, "for women, and Bob Ray is not known to be one"),
        ({}, {"asks": (replace(THINKING, minutes=121),)}, "Ann Lee is not free at that time"),
        ({}, {"leaders": (replace(ANN, minutes={TUE: 120}),)}, "Ann Lee is not free at that time"),
        ({}, {"leaders": (replace(ANN, leave=frozenset({(1, 0)})),)}, "on leave on 8 October 2018"),
    ],
)  # fmt: skip
def test_a_series_that_could_not_be_run(series, facts, words):
    assert words in said(Group(replace(SERIES, **series), (1, 2)), question=replace(WIDE, **facts))


@pytest.mark.parametrize("times", [(MON, TUE), (WED, MON), (MON, EVE)])
def test_two_sessions_a_week_on_days_that_follow_each_other_or_at_two_parts_of_the_day(times):
    twice = replace(QUARTER, asks=(replace(THINKING, a_week=2),))

    assert "Thinking has 2 sessions a week" in said(Group(replace(SERIES, times=times), (1, 2)), question=twice)  # fmt: skip


# Who is in it


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"codes": ("amends",)}, "Thinking does not suit them"),
        ({"sites": (2,)}, "North Street is not within their reach"),
        ({"free": frozenset({TUE})}, "Person 3 is not free at that time"),
        (
            {"ends_on": date(2018, 10, 7)},
            "the last session is on 8 October 2018, after their order or licence",
        ),
    ],
)
def test_somebody_who_could_not_come_or_finish(facts, words):
    assert words in said(GROUP, question=quarter(*PEOPLE[:2], waits(3, **facts)))


def test_whoever_is_not_held_to_finish_in_time_may_begin():
    late = quarter(*PEOPLE[:2], waits(3, ends_on=date(2018, 10, 7)))

    assert said(GROUP, question=late, in_time=False) == ""
    on_the_day = quarter(*PEOPLE[:2], waits(3, ends_on=date(2018, 10, 8)))
    assert said(GROUP, question=on_the_day) == ""


def test_fewer_days_left_than_sessions_stand_in_nobodys_way():
    assert said(GROUP, question=quarter(*PEOPLE[:2], waits(3, days_left=1))) == ""


def test_a_man_in_a_group_of_women():
    for_women = replace(QUARTER, asks=(replace(THINKING, women_only=True), AMENDS))

    assert "Person 1: Thinking is for women only" in said(GROUP, question=for_women)
    women = tuple(replace(one, woman=True) for one in PEOPLE)
    assert said(GROUP, question=replace(for_women, wanted=women)) == ""


@pytest.mark.parametrize("people", [(1,), (1, 2, 3, 4)])
def test_too_few_or_too_many(people):
    assert "Thinking has 2 to 3 people" in said(Group(SERIES, people), question=WIDE)


def test_two_who_must_be_kept_apart():
    assert "kept apart" in said(GROUP, question=replace(QUARTER, apart=frozenset({(1, 3)})))
    assert said(Group(SERIES, (1, 2)), question=replace(QUARTER, apart=frozenset({(1, 3)}))) == ""


def test_somebody_who_does_not_wait():
    assert "no person 7 in this quarter" in said(Group(SERIES, (1, 7)))
