"""A quarter's timetable, by figures worked by hand: what is proposed and what it counts."""

from dataclasses import replace
from datetime import date

import pytest

from grid.rules.coming import Suited
from grid.rules.quarter import propose
from grid.rules.quarter_bound import bound_at
from grid.rules.quarter_facts import (
    Group,
    Series,
    Status,
    days_of,
    times_of,
    worth_of,
)
from grid.rules.quarter_left import free_of_charge
from grid.rules.quarter_series import board_of
from staff.errors import RuleBroken
from tests.grid.a_series import ends
from tests.grid.rules.a_quarter import (
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


def proposed(question, **limits):
    return propose(question, **{"seconds": 20, **limits})


def series_of(answer):
    return [(one.series.code, one.series.first_week, one.people) for one in answer.groups]


# What is proposed, and what it counts


def test_one_series_for_those_who_wait_begins_at_once():
    answer = proposed(QUARTER)

    assert answer.groups == (Group(SERIES, (1, 2, 3)),)
    assert answer.status == Status.BEST
    assert answer.counts == answer.at_most == 3 * (100 + 3)  # three weeks of the quarter spared
    assert (answer.gap, answer.by_the_clock) == (0, False)


@pytest.mark.parametrize(
    ("facts", "counts"),
    [
        ({}, 100 + 3),
        ({"court_ordered": True}, 1000 + 3),
        ({"since": date(2018, 7, 3)}, 100 + 3),  # a day short of a quarter
        ({"since": date(2018, 7, 2)}, 100 + 2 * 3),
        ({"since": date(2010, 1, 1)}, 100 + 4 * 3),  # more than three quarters are not counted
        ({"codes": ("amends", "thinking")}, 100 + 3 - 5),
    ],
)
def test_what_a_place_counts(facts, counts):
    assert worth_of(QUARTER, waits(1, **facts), "thinking", 0) == counts


def test_an_order_of_a_court_counts_and_an_end_holds_for_what_it_is_of():
    suited = (
        Suited("amends", ends(date(2018, 9, 30))),
        Suited("thinking", ends(None), ordered=True),
    )
    one = waits(1, suited=suited)

    assert worth_of(QUARTER, one, "amends", 0) == 100 + 3
    assert worth_of(QUARTER, one, "thinking", 0) == 1000 + 3 - 5
    answer = proposed(quarter(one, waits(2), waits(3, codes=("amends",))))
    assert series_of(answer) == [("thinking", 0, (1, 2))]  # for her the other ends too soon


def test_a_later_week_counts_less():
    assert [worth_of(QUARTER, waits(1), "thinking", week) for week in (0, 1, 3)] == [103, 102, 100]


def test_a_court_order_goes_before_three_others():
    others = [waits(key) for key in (1, 2, 3)]
    ordered = [waits(key, codes=("amends",), court_ordered=True) for key in (4, 5)]

    answer = proposed(quarter(*others, *ordered, starts=(0,), weeks=2))

    assert series_of(answer) == [("amends", 0, (4, 5))]


def test_one_after_the_other_where_there_is_one_room():
    amends = [waits(key, codes=("amends",)) for key in (4, 5)]

    answer = proposed(quarter(*PEOPLE, *amends))

    assert series_of(answer) == [("amends", 0, (4, 5)), ("thinking", 1, (1, 2, 3))]
    assert answer.counts == 2 * 103 + 3 * 102


def test_two_rooms_and_two_leaders_run_beside_each_other():
    amends = [waits(key, codes=("amends",)) for key in (4, 5)]
    question = quarter(
        *PEOPLE, *amends, sites=(replace(NORTH, rooms=2),), leaders=(ANN, BOB), starts=(0,)
    )

    answer = proposed(question)

    assert series_of(answer) == [("amends", 0, (4, 5)), ("thinking", 0, (1, 2, 3))]
    assert not set(answer.groups[0].series.leaders) & set(answer.groups[1].series.leaders)


def test_two_alike_run_beside_each_other_where_one_is_full():
    people = [waits(key) for key in range(1, 7)]

    answer = proposed(quarter(*people, sites=(replace(NORTH, rooms=2),), leaders=(ANN, BOB)))

    assert series_of(answer) == [("thinking", 0, (1, 2, 3)), ("thinking", 0, (4, 5, 6))]
    assert answer.counts == answer.at_most == 6 * 103
    assert {one.series.times for one in answer.groups} == {(MON,)}
    board = board_of(quarter(*people, sites=(replace(NORTH, rooms=2),), leaders=(ANN, BOB), starts=(0,)))  # fmt: skip
    assert bound_at(board, free_of_charge(board)).at_most == 6 * 103


def test_a_week_in_which_less_room_is_left_is_kept_to_though_another_has_more_series():
    """Two rooms, of which one is taken in the first week only: both series cannot begin in it."""
    taken = (Series("amends", 1, (MON,), 0, (3,)),)
    team = (ANN, BOB, replace(ANN, key=3, name="Cat Orr"))
    people = [waits(key) for key in range(1, 7)]

    answer = proposed(quarter(*people, sites=(replace(NORTH, rooms=2),), leaders=team, taken=taken))

    assert series_of(answer) == [("thinking", 0, (1, 2, 3)), ("thinking", 1, (4, 5, 6))]


def test_of_two_who_count_alike_whoever_has_waited_longer_begins_first():
    people = [waits(key, since=date(2018, 9, 30 - key)) for key in range(1, 7)]

    answer = proposed(quarter(*people, weeks=4, starts=(0, 2)))

    assert series_of(answer) == [("thinking", 0, (4, 5, 6)), ("thinking", 2, (1, 2, 3))]


def test_what_is_taken_already_takes_its_room_and_leader():
    taken = (Series("amends", 1, (MON,), 0, (1,)),)

    assert series_of(proposed(replace(QUARTER, taken=taken))) == [("thinking", 1, (1, 2, 3))]
    elsewhere = (Series("amends", 2, (MON,), 0, (1,)),)
    by_leader = replace(QUARTER, sites=(NORTH, SOUTH), taken=elsewhere)
    assert series_of(proposed(by_leader)) == [("thinking", 1, (1, 2, 3))]


def test_what_falls_on_a_day_that_is_shut_comes_a_week_later():
    question = replace(QUARTER, shut=frozenset({date(2018, 10, 8)}))

    assert days_of(question, SERIES) == (date(2018, 10, 1), date(2018, 10, 15))
    in_a_fortnight = replace(question, weeks=2, starts=(0,))
    assert days_of(in_a_fortnight, SERIES) == ()
    assert proposed(in_a_fortnight).groups == ()


def test_a_series_runs_on_beyond_the_quarter_only_where_policy_says_so():
    question = replace(QUARTER, weeks=1, starts=(0,), run_on=1)
    runs_on = replace(THINKING, runs_on=True)

    assert proposed(question).groups == ()
    assert len(proposed(replace(question, asks=(runs_on,))).groups) == 1
    assert proposed(replace(question, asks=(runs_on,), run_on=0)).groups == ()


def test_two_sessions_a_week_are_not_on_days_that_follow_each_other():
    twice = replace(THINKING, a_week=2)
    mornings = [times for times in times_of(twice) if times[0].part == MON.part]

    assert (MON, WED) in mornings
    assert len(mornings) == 15  # of 21 pairs of days, six follow each other
    assert len(list(times_of(THINKING))) == 21
    people = [waits(key, free=frozenset({MON, TUE})) for key in (1, 2)]
    assert proposed(quarter(*people, asks=(twice,))).groups == ()
    people = [waits(key, free=frozenset({MON, WED})) for key in (1, 2)]
    (group,) = proposed(quarter(*people, asks=(twice,))).groups
    assert group.series.times == (MON, WED)


def test_leave_on_another_day_of_the_week_takes_nothing_from_a_leader():
    away = replace(ANN, leave=frozenset((1, day) for day in range(1, 7)))

    assert proposed(replace(QUARTER, leaders=(away,))).counts == proposed(QUARTER).counts > 0


@pytest.mark.parametrize(
    ("facts", "asks"),
    [
        ({}, {"skill": "other"}),
        ({}, {"leaders": 2}),
        ({}, {"minutes": 121}),
        ({}, {"least": 4, "most": 4}),
        ({}, {"women_only": True}),
        ({}, {"sites": frozenset({2})}),
        ({"leaders": (replace(ANN, leave=frozenset({(1, 0)})),)}, {}),
        ({"leaders": (replace(ANN, a_week=0),)}, {}),
        ({"sites": (replace(NORTH, rooms=0),)}, {}),
        ({"sites": (replace(NORTH, shut=frozenset({MON})),)}, {}),
    ],
)
def test_each_thing_that_is_wanting_leaves_no_series(facts, asks):
    question = replace(QUARTER, asks=(replace(THINKING, **asks),), **facts)

    answer = proposed(question)

    assert (answer.groups, answer.counts, answer.at_most) == ((), 0, 0)
    assert answer.gap == 0


@pytest.mark.parametrize(
    "facts",
    [
        {"codes": ("amends",)},
        {"codes": ("nowhere",)},
        {"sites": (2,)},
        {"free": frozenset({TUE})},
        {"ends_on": date(2018, 10, 7)},
    ],
)
def test_whoever_cannot_come_or_finish_has_no_place(facts):
    ((_, _, people),) = series_of(proposed(quarter(*PEOPLE, waits(4, **facts), starts=(0,))))

    assert people == (1, 2, 3)


def test_whoever_ends_on_the_last_day_finishes_and_a_day_before_does_not():
    last = date(2018, 10, 8)
    people = [waits(1, ends_on=last), waits(2, ends_on=last), waits(3, ends_on=date(2018, 10, 7))]

    assert series_of(proposed(quarter(*people, starts=(0,)))) == [("thinking", 0, (1, 2))]


@pytest.mark.parametrize("days_left", [0, 1, 2])
def test_whoever_has_fewer_days_left_than_it_has_sessions_is_placed_all_the_same(days_left):
    ((_, _, people),) = series_of(proposed(quarter(waits(1), waits(2, days_left=days_left))))

    assert people == (1, 2)


def test_how_far_it_is_to_a_site_says_when_they_can_be_there():
    free = {1: frozenset({MON, TUE}), 2: frozenset({TUE})}
    people = [replace(waits(key), free=free) for key in (1, 2)]

    (group,) = proposed(quarter(*people, sites=(SOUTH,))).groups

    assert (group.series.site, group.series.times) == (2, (TUE,))


def test_women_are_placed_where_it_is_for_women():
    women = [waits(key, woman=True) for key in (4, 5)]
    asks = (replace(THINKING, women_only=True),)

    assert series_of(proposed(quarter(*PEOPLE, *women, asks=asks))) == [("thinking", 0, (4, 5))]
    assert proposed(quarter(*women, asks=asks, leaders=(BOB,))).groups == ()  # women lead women


def test_two_who_must_be_kept_apart_are_in_no_group_together():
    question = replace(QUARTER, apart=frozenset({(1, 2)}))

    ((_, _, people),) = series_of(proposed(question))

    assert len(people) == 2
    assert 3 in people


def test_the_better_choice_is_proposed_where_there_is_room_for_both():
    people = [waits(key, codes=("amends", "thinking")) for key in (1, 2)]

    assert series_of(proposed(quarter(*people))) == [("amends", 0, (1, 2))]


def test_a_man_in_work_has_an_evening_that_ends_before_his_order_does():
    at_work = [
        waits(key, free=frozenset({EVE}), ends_on=date(2018, 10, 9), court_ordered=key == 9)
        for key in (8, 9)
    ]

    answer = proposed(quarter(*PEOPLE, *at_work))

    (evening,) = [one for one in answer.groups if one.series.times == (EVE,)]
    assert evening.people == (8, 9)
    assert days_of(QUARTER, evening.series)[-1] == date(2018, 10, 9)


# What is no question, and the same each time


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"asks": (THINKING, THINKING)}, "same intervention is in the list twice"),
        ({"sites": (NORTH, NORTH)}, "same site"),
        ({"leaders": (ANN, ANN)}, "same leader"),
        ({"wanted": (PEOPLE[0], PEOPLE[0])}, "same person"),
        ({"first": date(2018, 10, 2)}, "begins on a Monday"),
        ({"asks": (replace(THINKING, least=4),)}, "how many sessions, people and leaders there are: Thinking"),
        ({"starts": (3,)}, "begins in a week of the quarter"),
    ],
)  # fmt: skip
def test_what_is_no_question_is_refused(facts, words):
    with pytest.raises(RuleBroken, match=words):
        proposed(replace(QUARTER, **facts))


def test_nobody_who_waits_is_no_series():
    assert proposed(quarter()).groups == ()
