"""How a quarter's timetable is searched for: part by part, the same each time, and never worse than the first answer."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from grid.rules import quarter_better
from grid.rules.quarter import groups_of, propose
from grid.rules.quarter_facts import counts_of
from grid.rules.quarter_first import first_answer
from grid.rules.quarter_left import FINE, Prices, free_of_charge
from grid.rules.quarter_model import Solved
from grid.rules.quarter_series import board_of
from tests.grid.rules.a_quarter import (
    ANN,
    BOB,
    EVE,
    MON,
    NORTH,
    SOUTH,
    TUE,
    WED,
    quarter,
    waits,
)


def proposed(question, **limits):
    return propose(question, **{"seconds": 20, **limits})


def crowd():
    """Enough people that the question is put part by part once it is no longer small."""
    times = [frozenset({MON, TUE}), frozenset({TUE, WED}), frozenset({EVE}), frozenset({MON, EVE})]
    return tuple(
        waits(
            key,
            codes=[("thinking",), ("amends", "thinking"), ("amends",)][key % 3],
            sites=[(1,), (2,), (1, 2)][key % 3 - key % 2],
            free=times[key % 4],
            since=date(2018, 1 + key % 9, 1 + key % 28),
            court_ordered=key % 7 == 0,
        )
        for key in range(60)
    )


CROWD = quarter(*crowd(), sites=(NORTH, SOUTH), leaders=(ANN, BOB), starts=(0, 1, 2))


def test_part_by_part_it_comes_near_to_what_the_whole_comes_to(monkeypatch):
    whole = proposed(CROWD, seconds=8)
    monkeypatch.setattr(quarter_better, "SMALL", 0)
    monkeypatch.setattr(quarter_better, "PART", 3)

    parts = proposed(CROWD, seconds=8)

    assert parts.counts <= whole.at_most
    assert whole.counts <= parts.at_most
    assert parts.counts >= Fraction(97, 100) * whole.counts
    assert parts.counts == counts_of(CROWD, parts.groups)


@pytest.mark.parametrize("small", [0, 3000])
def test_the_same_seed_proposes_the_same_in_whatever_order_it_was_asked(monkeypatch, small):
    monkeypatch.setattr(quarter_better, "SMALL", small)
    turned = replace(
        CROWD,
        wanted=CROWD.wanted[::-1],
        leaders=CROWD.leaders[::-1],
        sites=CROWD.sites[::-1],
        asks=CROWD.asks[::-1],
    )

    once, again = (proposed(one, seconds=4, seed=7) for one in (CROWD, turned))

    assert once.groups == again.groups
    assert (once.counts, once.at_most) == (again.counts, again.at_most)


def test_a_first_answer_stands_where_there_is_no_time_to_better_it():
    answer = proposed(CROWD, seconds=0)

    assert 0 < answer.counts <= answer.at_most
    assert len(answer.groups) > 3


def test_a_part_that_comes_to_less_is_left_as_it_was(monkeypatch):
    monkeypatch.setattr(quarter_better, "SMALL", -1)
    monkeypatch.setattr(quarter_better, "solve", lambda *_: Solved([], None, 0.5, False))
    monkeypatch.setattr(quarter_better, "placed_anew", lambda *_: [])

    assert proposed(CROWD, seconds=4).counts == proposed(CROWD, seconds=0).counts > 0


def test_whoever_is_dear_still_takes_a_place_that_is_free_and_one_only():
    people = [waits(key) for key in range(1, 6)]
    board = board_of(quarter(*people, sites=(replace(NORTH, rooms=2),), leaders=(ANN, BOB)))
    free = free_of_charge(board)

    chosen = first_answer(board, Prices((110 * FINE,) * len(free.places), free.lines))

    assert sorted(key for one in groups_of(board, chosen) for key in one.people) == [1, 2, 3, 4, 5]
