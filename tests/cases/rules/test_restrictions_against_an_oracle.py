"""Ten thousand restrictions against sites, pick-ups and routes, each answered a second way: no misses, no alarms."""

import math
import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.rules.geometry import Zone, check_outline, touches
from cases.rules.restrictions import Restricted, touched, touched_each
from staff.errors import RuleBroken
from tests.cases.rules.banned import bans, expected, is_simple, is_within

SEED, CASES = 20181126, 10_000
MIDDLE = (451_000, 206_000)
ACROSS = 600  # metres either way, so that about as many touch as do not
LAST_DAY = date(2018, 11, 30)
TRIPLES = ((3, 4, 5), (5, 12, 13), (8, 15, 17), (20, 21, 29), (1, 0, 1), (0, 1, 1))


def somewhere(rng, across=ACROSS):
    return [mid + rng.randint(-across, across) for mid in MIDDLE]


def star(rng, centre, least, most, corners):
    """An outline around its centre, of whole metres; another is tried until it crosses itself nowhere."""
    while True:
        turns = sorted(rng.uniform(0, 2 * math.pi) for _ in range(corners))
        ring = [
            [
                round(centre[0] + rng.uniform(least, most) * math.cos(turn)),
                round(centre[1] + rng.uniform(least, most) * math.sin(turn)),
            ]
            for turn in turns
        ]
        if is_simple(ring):
            return ring


def outline(rng):
    """Some with a hole; none of them drawn by the rule."""
    centre, size = somewhere(rng), rng.choice((30, 120, 400))
    outside = star(rng, centre, size / 2, size, rng.randint(3, 9))
    holes = []
    if rng.random() < 0.5:
        hole = star(rng, centre, size / 10, size / 3, rng.randint(3, 5))
        holes = [hole] if is_within(hole, outside) else []
    return {"rings": [outside, *holes]}


def square(rng):
    """With a square hole: distances to its edges are whole metres."""
    (e, n), side = somewhere(rng), rng.choice((40, 200))
    ring = [[e, n], [e + side, n], [e + side, n + side], [e, n + side]]
    inner = side // 4
    hole = [
        [x + inner if x == e else x - inner, y + inner if y == n else y - inner] for x, y in ring
    ]
    return {"rings": [ring, hole] if rng.random() < 0.5 else [ring]}


def zone(rng):
    buffer = rng.choice((0, 0, 1, 10, 50, 250))
    kind = rng.random()
    if kind < 0.4:
        circle = {"centre": somewhere(rng), "radius": rng.choice((1, 10, 100, 300))}
        return Zone("circle", circle, buffer)
    return Zone("polygon", outline(rng) if kind < 0.75 else square(rng), buffer)


def on_the_edge(rng, one):
    """Exactly at the limit, or a metre nearer or further: from a centre or a corner, by whole numbers."""
    limit = one.buffer + 5 + one.outline.get("radius", 0)
    start = one.outline["centre"] if one.shape == "circle" else rng.choice(one.outline["rings"][0])
    fits = [triple for triple in TRIPLES if limit % triple[2] == 0]
    x, y, whole = rng.choice(fits)
    times = limit // whole
    signs = rng.choice((-1, 1)), rng.choice((-1, 1))
    step = rng.choice((0, 0, 1, -1))
    return [start[0] + signs[0] * (x * times + (step if x else 0)), start[1] + signs[1] * y * times]


def place(rng, zones):
    drawn = rng.random()
    if drawn < 0.3:
        return on_the_edge(rng, rng.choice(zones))
    if drawn < 0.5:  # where a hole may be
        one = rng.choice(zones)
        ring = [one.outline["centre"]] if one.shape == "circle" else one.outline["rings"][0]
        return [sum(axis) // len(ring) for axis in zip(*ring, strict=True)]
    return somewhere(rng, ACROSS * 2)


def route(rng, zones):
    """Some go past a zone at its limit; some turn back or stand still; some cross between two far points."""
    line = [place(rng, zones) for _ in range(rng.randint(2, 6))]
    if rng.random() < 0.2:
        line.insert(1, line[0])
    if rng.random() < 0.3:
        line.append(line[0])
    return line


def restriction(rng, number):
    to_on = rng.choice((None, LAST_DAY, LAST_DAY - timedelta(1), LAST_DAY + timedelta(1)))
    return Restricted(
        id=number,
        case=1,
        kind="restraining",
        terms="areas",
        prohibits="Must not go there.",
        from_on=LAST_DAY - timedelta(rng.choice((0, 1, 100))),
        to_on=to_on,
        zones=tuple(zone(rng) for _ in range(rng.randint(1, 2))),
    )


def question(rng):
    restrictions = [restriction(rng, number) for number in range(rng.randint(1, 2))]
    zones = [one for each in restrictions for one in each.zones]
    places = {
        "site": [place(rng, zones)],
        "pick-up": [place(rng, zones)],
        "route": route(rng, zones),
        "neighbour": [place(rng, zones)],
    }
    first = LAST_DAY + timedelta(rng.choice((-2, -1, 0, 1, 2)))
    last = rng.choice((None, first, first + timedelta(1)))
    return restrictions, places, first, last


def test_ten_thousand_are_answered_as_by_whole_numbers():
    rng = random.Random(SEED)
    asked = [question(rng) for _ in range(CASES)]

    answers = touched_each(asked)

    yes = 0
    for one, answer in zip(asked, answers, strict=True):
        found = {(each.id, name) for each, name in answer}
        assert found == expected(*one), one
        yes += len(found)
    assert CASES / 2 < yes < CASES * 6  # they tell something


# What is thin among them by chance, on purpose


def round_a_hole(rng):
    """An area with a hole wide enough to drive about in: a way that stays in it, leaves it, or lies across it."""
    centre = somewhere(rng, 200)
    outside = star(rng, centre, 400, 600, rng.randint(4, 9))
    hole = star(rng, centre, 150, 250, rng.randint(4, 8))
    if not is_within(hole, outside):
        return round_a_hole(rng)
    across = rng.choice((40, 90, 160, 700))
    line = [
        [mid + rng.randint(-across, across) for mid in centre] for _ in range(rng.randint(1, 4))
    ]
    return Zone("polygon", {"rings": [outside, hole]}, rng.choice((0, 0, 1, 10, 50))), line


def test_ways_that_stay_in_a_hole_leave_it_or_lie_across_it_are_answered_as_by_whole_numbers():
    rng = random.Random(SEED)
    kinds = Counter()
    for _ in range(2_000):
        zone, line = round_a_hole(rng)
        touched = bans(zone, line)
        points = [bans(zone, [point]) for point in line]
        kinds["stays in the hole"] += len(line) > 1 and not touched
        kinds["lies across between its points"] += touched and not any(points)
        kinds["leaves it"] += any(points) and not all(points)

        assert touches(zone, line) == touched, (zone, line)

    assert min(kinds.values()) > 100, kinds
    assert len(kinds) == 3


def past_the_edge(rng):
    """A way that goes by an area exactly at its limit, a metre inside it or a metre outside, far from its own points."""
    one = zone(rng) if rng.random() < 0.5 else Zone("polygon", square(rng), rng.choice((0, 7, 50)))
    limit = one.buffer + 5 + one.outline.get("radius", 0)
    corners = [one.outline["centre"]] if one.shape == "circle" else one.outline["rings"][0]
    top = max(north for _, north in corners) + limit + rng.choice((-1, 0, 1))
    west, east = corners[0][0] - 5_000, corners[0][0] + 5_000
    return one, [[west, top], [east, top]]


def test_ways_past_an_edge_far_from_their_own_points_are_answered_to_the_metre():
    rng = random.Random(SEED)
    yes = no = 0
    for _ in range(2_000):
        one, line = past_the_edge(rng)
        touched = bans(one, line)
        yes, no = yes + touched, no + (not touched)

        assert touches(one, line) == touched, (one, line)
        assert not bans(one, line[:1])
        assert not bans(one, line[1:])

    assert min(yes, no) > 500


def test_what_the_ten_thousand_are_to_tell_apart_is_among_them_many_times():
    """Points in holes, ways that cross between far points, places on the very edge, and the last midnight."""
    rng = random.Random(SEED)
    told = Counter()
    for restrictions, places, first, last in (question(rng) for _ in range(2_000)):
        for one in restrictions:
            told["ended the day before"] += one.to_on == first - timedelta(1)
            told["ends on the first day"] += one.to_on == first
            told["begins on the last day"] += last is not None and one.from_on == last
            told["begins the day after"] += last is not None and one.from_on == last + timedelta(1)
            for area in one.zones:
                told.update(_kinds(area, places))

    assert min(told.values()) > 30, told
    assert len(told) == 8


def _kinds(area, places):
    line, site = places["route"], places["site"]
    if bans(area, line) and not any(bans(area, [point]) for point in line):
        yield "crosses between its points"
    if bans(area, site) != bans(replace(area, buffer=area.buffer + 1), site):
        yield "within a metre outside the edge"
    if area.buffer and bans(area, site) != bans(replace(area, buffer=area.buffer - 1), site):
        yield "within a metre inside the edge"
    rings = area.outline.get("rings", ())
    filled = replace(area, outline={"rings": rings[:1]}, buffer=0) if len(rings) > 1 else None
    if filled and bans(filled, site) and not bans(area, site):
        yield "in a hole and clear of its edge"


def test_one_alone_is_answered_as_among_many():
    rng = random.Random(SEED)
    asked = [question(rng) for _ in range(200)]

    assert [touched(*one) for one in asked] == touched_each(asked)


small = st.integers(0, 60)
points = st.tuples(small, small).map(list)
rings = st.lists(points, min_size=3, max_size=7).filter(is_simple)


@settings(max_examples=300)
@given(ring=rings, buffer=st.integers(0, 12), line=st.lists(points, min_size=1, max_size=4))
def test_any_outline_and_any_line_close_together_are_answered_alike(ring, buffer, line):
    zone = Zone("polygon", {"rings": [ring]}, buffer)

    assert touches(zone, line) == bans(zone, line)


@settings(max_examples=200)
@given(
    centre=points,
    radius=st.integers(1, 30),
    buffer=st.integers(0, 12),
    line=st.lists(points, min_size=1, max_size=4),
)
def test_any_circle_and_any_line_close_together_are_answered_alike(centre, radius, buffer, line):
    zone = Zone("circle", {"centre": centre, "radius": radius}, buffer)

    assert touches(zone, line) == bans(zone, line)


@settings(max_examples=200)
@given(ring=rings, buffer=st.integers(0, 12), line=st.lists(points, min_size=1, max_size=3))
def test_a_wider_buffer_never_lets_anybody_nearer(ring, buffer, line):
    nearer = touches(Zone("polygon", {"rings": [ring]}, buffer), line)

    assert touches(Zone("polygon", {"rings": [ring]}, buffer + 1), line) >= nearer


@settings(max_examples=200)
@given(ring=st.lists(points, min_size=3, max_size=7))
def test_an_outline_is_kept_only_if_it_crosses_itself_nowhere(ring):
    once = [corner for at, corner in enumerate(ring) if corner != ring[at + 1 - len(ring)]]

    try:
        kept = check_outline([ring])["rings"][0]
    except RuleBroken:
        kept = None

    assert kept == (once if is_simple(once) else None)
