"""Two shares differ by more than chance only where a draw at random would rarely come out so, whatever else the page holds."""

from itertools import combinations
from math import comb
from random import Random

import pytest

from cases.rules.counting import Sum
from oversight.rules.shares import (
    Beyond,
    beyond_chance,
    chance_of,
    is_compared,
    marks_of,
    together,
)

FEW = 5


def counted_one_by_one(found, whole):
    """Over every way there is to draw so many of the whole: the share of those that are as seldom as this, or more so."""
    things = [n < whole.met for n in range(whole.counted)]
    ways = [0] * (found.counted + 1)
    for drawn in combinations(things, found.counted):
        ways[sum(drawn)] += 1
    return sum(one for one in ways if one <= ways[found.met]) / sum(ways)


@pytest.mark.parametrize("counted", range(1, 12))
def test_chance_is_what_counting_every_draw_gives(counted):
    for met in range(counted + 1):
        whole = Sum(met, counted)
        for drawn in range(1, counted):
            for some in range(max(0, drawn + met - counted), min(drawn, met) + 1):
                found = Sum(some, drawn)
                assert chance_of(found, whole) == pytest.approx(counted_one_by_one(found, whole))


def test_chance_is_right_for_many_as_well():
    found, whole = Sum(60, 400), Sum(300, 4000)
    ways = [comb(300, met) * comb(3700, 400 - met) for met in range(301)]
    exact = sum(one for one in ways if one <= ways[60]) / comb(4000, 400)

    assert chance_of(found, whole) == pytest.approx(exact, rel=1e-6)


@pytest.mark.parametrize(
    ("found", "whole", "said"),
    [
        (Sum(40, 100), Sum(50, 500), Beyond.MORE),
        (Sum(0, 200), Sum(200, 600), Beyond.LESS),
        (Sum(12, 100), Sum(50, 500), None),  # more, and chance may explain it
        (Sum(4, 4), Sum(4, 500), None),  # too few
        (Sum(496, 496), Sum(496, 500), None),  # too few beside it
        (Sum(0, 100), Sum(0, 500), None),  # of which nobody has any
        (Sum(100, 100), Sum(500, 500), None),
        (Sum(0, 0), Sum(50, 500), None),
    ],
)
def test_what_chance_may_explain_and_what_is_too_few_has_no_mark(found, whole, said):
    assert beyond_chance(found, whole, FEW, comparisons=100) is said


def test_the_more_is_compared_the_more_is_asked_of_a_mark():
    found, whole = Sum(22, 100), Sum(60, 500)

    assert beyond_chance(found, whole, FEW, comparisons=1) is Beyond.MORE
    assert beyond_chance(found, whole, FEW, comparisons=1000) is None


def test_a_part_that_is_set_apart_has_no_mark_and_takes_none_of_the_comparisons():
    parts = {1: {"late": Sum(40, 100)}, 2: {"late": Sum(10, 400)}, 3: {"late": Sum(10, 400)}}

    marks = marks_of(parts, {"late": FEW})
    apart = marks_of(parts, {"late": FEW}, apart={1})

    assert marks[1, "late"] is Beyond.MORE
    assert {part for part, _ in apart} == {2, 3}  # beside all, the one that is set apart as well


def test_of_pages_on_which_only_chance_is_at_work_few_have_a_mark():
    draw, marked, pages = Random(7), 0, 400
    for _ in range(pages):
        teams = [Sum(sum(draw.random() < 0.15 for _ in range(60)), 60) for _ in range(8)]
        whole = together(teams)
        comparisons = sum(is_compared(one, whole, FEW) for one in teams)
        marked += any(beyond_chance(one, whole, FEW, comparisons) for one in teams)

    assert marked <= pages / 20
