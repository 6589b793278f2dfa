"""What one more series would change, and one fewer: by figures worked by hand."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from grid.rules.quarter import propose
from grid.rules.quarter_changes import one_more, without
from grid.rules.quarter_check import check
from grid.rules.quarter_facts import Group, Series
from staff.errors import RuleBroken
from tests.grid.rules.a_quarter import (
    AMENDS,
    ANN,
    BOB,
    MON,
    NORTH,
    PEOPLE,
    QUARTER,
    SERIES,
    THINKING,
    TUE,
    quarter,
    waits,
)

ONE = quarter(*(waits(key, court_ordered=key == 4) for key in range(1, 7)), starts=(0,), weeks=2)
GROUP = Group(SERIES, (1, 2, 3))


def test_one_more_says_who_would_finish_and_what_there_would_have_to_be():
    (change,) = one_more(ONE, [GROUP])

    assert change.series == replace(SERIES, leaders=())
    assert (change.in_time, change.court_in_time) == (3, 1)
    assert change.weeks_waited == -3 * 2
    assert change.lacks == (
        "a room at North Street at that time",
        "1 more leader who can lead it at that time",
    )
    assert sorted(key for one in change.groups for key in one.people) == [1, 2, 3, 4, 5, 6]


def test_one_more_that_lacks_nothing_can_be_held():
    question = replace(ONE, sites=(replace(NORTH, rooms=2),), leaders=(ANN, BOB))

    (change,) = one_more(question, [GROUP])

    assert (change.series.leaders, change.lacks) == ((2,), ())
    check(question, change.groups)


@pytest.mark.parametrize(
    ("facts", "lacks"),
    [
        ({"leaders": (ANN, BOB)}, ("a room at North Street at that time",)),
        ({"sites": (replace(NORTH, rooms=2),)}, ("1 more leader who can lead it at that time",)),
    ],
)
def test_it_says_no_more_than_is_wanting(facts, lacks):
    (change,) = one_more(replace(ONE, **facts), [GROUP])

    assert change.lacks == lacks


def test_a_shortage_of_leaders_who_are_trained_is_found_where_there_is_none_at_all():
    question = replace(QUARTER, asks=(replace(THINKING, skill="rare", leaders=2),))
    assert propose(question, seconds=5).groups == ()

    (change,) = one_more(question, [])

    assert change.lacks == ("2 more leaders who can lead it at that time",)
    assert change.in_time == 3


def test_those_that_would_change_most_come_first_and_those_for_too_few_are_left_out():
    amends = [waits(key, codes=("amends",)) for key in (7, 8)]
    alone = waits(9, codes=("other",))
    other = replace(AMENDS, code="other", title="Other")
    question = replace(ONE, wanted=(*ONE.wanted, *amends, alone), asks=(*QUARTER.asks, other))

    found = one_more(question, [GROUP])

    assert [(one.series.code, one.in_time) for one in found] == [("thinking", 3), ("amends", 2)]


def test_whoever_has_a_place_may_move_to_make_one():
    """The one who is kept apart from somebody in the group that runs could only come if another series were run."""
    people = (*PEOPLE, waits(4), waits(5))
    question = quarter(*people, starts=(0,), apart=frozenset({(4, 5)}))

    assert one_more(question, [GROUP]) == ()  # the two who are left may not be together
    wider = replace(question, wanted=(*people, waits(6)))
    (change,) = one_more(wider, [GROUP])
    assert change.in_time == 3
    check(replace(wider, sites=(replace(NORTH, rooms=2),), leaders=(ANN, replace(BOB, key=3), replace(BOB, key=2))), change.groups)  # fmt: skip


def test_without_one_those_who_can_go_elsewhere_do():
    both = frozenset({MON, TUE})
    people = (waits(1), waits(2), waits(3, free=both), waits(4, free=both), waits(5, free=both))
    question = quarter(*people, starts=(0,))
    tuesday = Group(replace(SERIES, times=(TUE,)), (4, 5))
    groups = [Group(SERIES, (1, 2, 3)), tuesday]

    change = without(question, groups, groups[0])

    assert (change.series, change.in_time, change.court_in_time) == (SERIES, -2, 0)
    assert [(one.series.times, one.people) for one in change.groups] == [((TUE,), (3, 4, 5))]
    assert change.weeks_waited == 2 * 3 + Fraction(1, 7)  # one of them a day later, two not at all
    assert change.lacks == ()


def test_what_is_not_in_the_timetable_or_could_not_be_held_is_refused():
    with pytest.raises(RuleBroken, match="not in the timetable"):
        without(ONE, [], GROUP)
    late = replace(
        QUARTER, wanted=tuple(waits(key, ends_on=date(2018, 10, 2)) for key in (1, 2, 3))
    )
    for ask in (lambda: without(late, [GROUP], GROUP), lambda: one_more(late, [GROUP])):
        with pytest.raises(RuleBroken, match="after their order or licence ends"):
            ask()


def test_what_is_taken_already_is_wanting_too():
    taken = (Series("amends", 1, (MON,), 0, (1,)),)
    question = replace(ONE, taken=taken, asks=(replace(AMENDS, least=2), THINKING))

    (change,) = one_more(question, [])

    assert change.series.code == "thinking"
    assert change.in_time == 3
