"""Distances to banned areas by hand, what is refused as an outline, and many at once."""

import random
from datetime import date

import pytest

from cases.reference.restrictions import DATUM_METRES, LONGEST_SHAPE
from cases.rules.geometry import (
    Zone,
    check_buffer,
    check_circle,
    check_outline,
    touches,
    touching,
)
from cases.rules.restrictions import Restricted, touched, touched_each
from staff.errors import RuleBroken

E, N = 451_000, 206_000
CIRCLE = Zone("circle", {"centre": [E, N], "radius": 90}, 5)  # with the datum, 100 metres
SQUARE = [[E, N], [E + 100, N], [E + 100, N + 100], [E, N + 100]]
HOLE = [[E + 40, N + 40], [E + 60, N + 40], [E + 60, N + 60], [E + 40, N + 60]]


def outline(*rings, buffer=0):
    return Zone("polygon", {"rings": list(rings)}, buffer)


@pytest.mark.parametrize(
    ("point", "inside"),
    [
        ([E, N], True),
        ([E + 100, N], True),
        ([E + 101, N], False),
        ([E + 60, N + 80], True),
        ([E + 61, N + 80], False),
        ([E - 28, N - 96], True),
        ([E - 29, N - 96], False),
    ],
)
def test_a_circle_reaches_exactly_so_far_its_edge_included(point, inside):
    assert touches(CIRCLE, [point]) is inside
    assert touches(CIRCLE, point) is inside


def test_a_circle_is_not_drawn_by_corners():
    far = Zone("circle", {"centre": [E, N], "radius": 64_995})

    assert touches(far, [E + 25_000, N + 60_000])  # 65 km, by 5, 12 and 13
    assert not touches(far, [E + 25_001, N + 60_000])


@pytest.mark.parametrize(("metres", "inside"), [(0, True), (15, True), (16, False)])
def test_an_outline_is_kept_clear_by_its_buffer_and_five_metres(metres, inside):
    assert DATUM_METRES == 5
    assert touches(outline(SQUARE, buffer=10), [E - metres, N + 50]) is inside


def test_round_a_corner_the_buffer_is_round():
    kept_clear = outline(SQUARE, buffer=0)

    assert touches(kept_clear, [E - 3, N - 4])
    assert not touches(kept_clear, [E - 4, N - 4])


def test_a_hole_does_not_count_but_for_what_is_kept_clear_of_its_edge():
    assert not touches(outline(SQUARE, HOLE), [E + 50, N + 50])
    assert touches(outline(SQUARE, HOLE), [E + 45, N + 50])  # five metres from its edge
    assert touches(outline(SQUARE, HOLE, buffer=5), [E + 50, N + 50])


def test_a_route_that_crosses_between_two_far_points_touches():
    beyond = [[E - 5_000, N + 50], [E + 5_000, N + 50]]

    assert touches(outline(SQUARE), beyond)
    assert touches(CIRCLE, beyond)
    assert not touches(outline(SQUARE), [[E - 5_000, N + 106], [E + 5_000, N + 106]])


def test_a_route_that_stays_in_a_hole_does_not_touch_and_one_that_leaves_it_does():
    wide = [[E + 1, N + 1], [E + 99, N + 1], [E + 99, N + 99], [E + 1, N + 99]]

    assert not touches(outline(SQUARE, wide), [[E + 40, N + 40], [E + 60, N + 60]])
    assert touches(outline(SQUARE, wide), [[E + 40, N + 40], [E + 150, N + 60]])


def test_a_route_round_a_zone_touches_nothing_and_an_area_around_it_does():
    around = [[E - 50, N - 50], [E + 150, N - 50], [E + 150, N + 150], [E - 50, N + 150], [E - 50, N - 50]]  # fmt: skip

    assert not touches(outline(SQUARE), around)
    assert touches(outline(SQUARE), around, area=True)


def test_a_route_that_stands_still_is_a_point():
    assert touches(CIRCLE, [[E + 100, N], [E + 100, N]])
    assert not touches(CIRCLE, [[E + 101, N], [E + 101, N]])


def test_nowhere_is_not_somewhere_else():
    with pytest.raises(ValueError, match="nowhere"):
        touches(CIRCLE, [])


def test_many_at_once_are_answered_in_their_order():
    near, far = [[E, N]], [[E + 500, N]]

    assert touching([(CIRCLE, near), (CIRCLE, far), (outline(SQUARE), near)]) == [True, False, True]
    assert touching([]) == []


def test_many_allocations_asked_at_once_are_answered_as_each_alone():
    rng = random.Random(1)
    asked = [
        (
            [_restricted(rng, number)],
            {"site": [_somewhere(rng)], "route": [_somewhere(rng) for _ in range(40)]},
            date(2018, 10, 1),
            None,
        )
        for number in range(500)
    ]

    found = touched_each(asked)

    assert found == [touched(*one) for one in asked]
    assert {bool(one) for one in found} == {True, False}


def _somewhere(rng):
    return [rng.randrange(400_000, 500_000), rng.randrange(150_000, 250_000)]


def _restricted(rng, number):
    e, n = _somewhere(rng)
    ring = [[e, n], [e + 4_000, n - 900], [e + 5_000, n + 3_000], [e + 2_000, n + 5_000], [e - 300, n + 900]]  # fmt: skip
    circle = Zone("circle", {"centre": _somewhere(rng), "radius": 100}, 50)
    zones = (circle, outline(ring, buffer=100))
    return Restricted(number, number, "restraining", "areas", "x", date(2018, 1, 1), zones=zones)


# What is refused


def test_an_outline_is_kept_with_each_corner_once():
    assert check_outline([[*SQUARE, SQUARE[0]], HOLE]) == {"rings": [SQUARE, HOLE]}
    assert check_outline([[SQUARE[0], *SQUARE]]) == {"rings": [SQUARE]}


@pytest.mark.parametrize(
    ("rings", "says"),
    [
        ([], "Give the corners"),
        ([SQUARE[:2]], "fewer than three corners"),
        ([[SQUARE[0]] * 4], "fewer than three corners"),
        ([[[E, N], [E + 1, N + 1], [E + 2, N + 2]]], "crosses or touches itself"),
        ([[SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]]], "crosses or touches itself"),
        ([[*SQUARE[:3], [700_001, N]]], "not on the national grid"),
        ([[*SQUARE[:3], [E, -1]]], "not on the national grid"),
        ([[*SQUARE[:3], [E, N + 0.5]]], "whole metres"),
        ([[*SQUARE[:3], [E]]], "without both an easting and a northing"),
        ([SQUARE, SQUARE], "Hole 1 is not wholly inside"),
        ([SQUARE, [[E + 200, N], [E + 210, N], [E + 210, N + 10]]], "Hole 1 is not wholly inside"),
        ([SQUARE, HOLE, [[E + 90, N + 50], [E + 150, N + 50], [E + 90, N + 60]]], "Hole 2 is not"),
        ([SQUARE, HOLE, HOLE], "Two holes touch or overlap"),
        ([SQUARE, [HOLE[0], HOLE[2], HOLE[1], HOLE[3]]], "Hole 1 crosses or touches itself"),
        ([[[E + n, N + n * n % 7] for n in range(LONGEST_SHAPE + 1)]], "at most 500 corners"),
    ],
)
def test_an_outline_that_encloses_nothing_sound_is_refused_in_words(rings, says):
    with pytest.raises(RuleBroken, match=says):
        check_outline(rings)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (((E, N), 0), "radius"),
        (((E, N), 100_001), "radius"),
        (((E, N), 10.5), "radius"),
        (((E, N), True), "radius"),
        (((45, 1_300_001), 10), "not on the national grid"),
    ],
)
def test_a_circle_that_is_nowhere_or_nothing_is_refused(given, says):
    with pytest.raises(RuleBroken, match=says):
        check_circle(*given)


def test_a_circle_is_kept_by_its_centre_and_radius():
    assert check_circle((E, N), 100) == {"centre": [E, N], "radius": 100}


@pytest.mark.parametrize("metres", [-1, 10_001, 1.5, None])
def test_a_buffer_is_a_whole_number_of_metres_within_reason(metres):
    with pytest.raises(RuleBroken, match="kept clear"):
        check_buffer(metres)


def test_areas_are_counted_in_square_metres_without_what_is_kept_clear():
    assert outline(SQUARE, HOLE, buffer=50).square_metres == 9_600
    assert Zone("circle", {"centre": [E, N], "radius": 100}, 50).square_metres == 31_416
