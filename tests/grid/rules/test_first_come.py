"""First come, first served: the timetable that comes about where nobody plans, by hand and beside a proposal."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings

from grid.rules.first_come import first_come
from grid.rules.quarter import propose
from grid.rules.quarter_check import check
from grid.rules.quarter_facts import Group, Series, Status, counts_of
from grid.rules.quarter_told import figures_of
from tests.grid.a_series import ends
from tests.grid.rules.a_quarter import (
    ANN,
    BOB,
    MON,
    NORTH,
    PEOPLE,
    QUARTER,
    SERIES,
    SOUTH,
    THINKING,
    TUE,
    quarter,
    waits,
)
from tests.grid.rules.any_quarter import QUESTIONS, small

LONG_AGO = date(2018, 1, 1)


def came(question):
    return first_come(question)


def test_it_begins_with_those_who_have_waited_longest_as_many_as_it_holds():
    people = [waits(key, since=LONG_AGO + timedelta(days=10 - key)) for key in range(1, 6)]

    (group,) = came(quarter(*people, starts=(0,), weeks=2))

    assert group == Group(SERIES, (5, 4, 3))


def test_it_begins_as_soon_as_the_least_have_gathered_and_with_no_fewer():
    assert [one.people for one in came(quarter(*PEOPLE[:2]))] == [(1, 2)]
    assert came(quarter(*PEOPLE[:1])) == ()


def test_whoever_has_waited_longest_has_the_room_whatever_a_court_ordered():
    ordered = [waits(key, codes=("amends",), court_ordered=True) for key in (1, 2)]
    longer = [waits(key, since=LONG_AGO) for key in (3, 4)]

    (group,) = came(quarter(*ordered, *longer, starts=(0,), weeks=2))

    assert group.series.code == "thinking"


def test_nobody_looks_at_when_an_order_ends():
    late = [waits(key, ends_on=date(2018, 10, 2)) for key in (1, 2)]
    question = quarter(*late)

    groups = came(question)

    assert [one.people for one in groups] == [(1, 2)]
    assert (figures_of(question, groups).started, figures_of(question, groups).in_time) == (2, 0)
    assert propose(question, seconds=5).groups == ()


def test_their_best_choice_and_nearest_site_are_looked_at_first():
    people = [waits(key, codes=("amends", "thinking"), sites=(2, 1)) for key in (1, 2)]

    (group,) = came(quarter(*people, sites=(NORTH, SOUTH)))

    assert (group.series.code, group.series.site) == ("amends", 2)


def test_where_too_few_can_come_at_one_time_the_next_is_tried():
    people = [waits(1), *(waits(key, free=frozenset({TUE})) for key in (2, 3))]

    assert [(one.series.times, one.people) for one in came(quarter(*people))] == [((TUE,), (2, 3))]


def test_a_room_and_leaders_are_had_once_and_the_next_begins_when_they_are_free():
    people = [waits(key) for key in range(1, 6)]

    assert [one.series.first_week for one in came(quarter(*people, weeks=4, starts=(0, 1, 2)))] == [0, 2]  # fmt: skip
    two = quarter(*people, sites=(replace(NORTH, rooms=2),), leaders=(ANN, BOB), starts=(0,))
    assert [one.series.leaders for one in came(two)] == [(1,), (2,)]
    taken = (Series("amends", 1, (MON,), 0, (1,)),)
    assert [one.series.first_week for one in came(replace(QUARTER, taken=taken))] == [1]


def test_an_intervention_that_takes_two_leaders_waits_for_both():
    asks = (replace(THINKING, leaders=2),)

    assert came(replace(QUARTER, asks=asks)) == ()
    (group,) = came(replace(QUARTER, asks=asks, leaders=(BOB, ANN)))
    assert group.series.leaders == (1, 2)


def test_two_who_must_be_kept_apart_do_not_begin_together():
    question = replace(QUARTER, apart=frozenset({(1, 2)}))

    assert [one.people for one in came(question)] == [(1, 3)]


@settings(max_examples=80, deadline=None)
@given(QUESTIONS)
def test_it_can_be_held_and_where_no_order_ends_counts_no_more_than_the_best(question):
    """Where orders end it may: whoever cannot finish may still be one of the least with whom a group begins."""
    question = small(question)
    check(question, came(question), in_time=False)
    endless = replace(question, wanted=tuple(replace(one, suited=tuple(replace(each, end=ends(None)) for each in one.suited)) for one in question.wanted))  # fmt: skip

    groups = came(endless)

    check(endless, groups)
    best = propose(endless, seconds=5)
    assert best.status == Status.BEST
    assert counts_of(endless, groups) <= best.counts
