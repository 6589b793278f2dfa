"""The map: to scale, north up, whole, its labels legible."""

from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from unpaidwork.rules.places import distance
from unpaidwork.rules.site_map import HEIGHT, WIDTH, Spot, say_way, site_map

POINTS = st.tuples(st.integers(400_000, 480_000), st.integers(150_000, 220_000))
SPOTS = st.lists(POINTS, min_size=1, max_size=9, unique=True).map(
    lambda points: [Spot(f"N{number}", "near", point) for number, point in enumerate(points)]
)


@given(SPOTS, st.lists(POINTS, max_size=5))
def test_everything_is_on_it_and_to_the_same_scale_both_ways(spots, line):
    drawn = site_map("", "", spots, [line] if line else [])

    for mark in drawn.marks:
        assert 0 <= mark.x <= WIDTH
        assert 0 <= mark.y <= HEIGHT
    for one, other in zip(spots, spots[1:], strict=False):
        here, there = (drawn.marks[spots.index(each)] for each in (one, other))
        metres = distance(one.point, other.point)
        units = distance((here.x, here.y), (there.x, there.y))
        assert isclose(units, metres * scale_of(drawn), abs_tol=0.5, rel_tol=0.02)
        if other.point[1] - one.point[1] > 200 / scale_of(drawn):
            assert there.y < here.y


def scale_of(drawn):
    number, unit = drawn.bar_words.replace(",", "").split()
    return drawn.bar / (float(number) * (1000 if unit == "km" else 1))


def test_labels_of_places_close_together_do_not_cover_each_other():
    spots = [Spot(f"N{n}", "near", (450_000 + n * 12, 200_000)) for n in range(4)]

    marks = site_map("", "", spots).marks

    assert len({(one.label_x // 9, one.label_y // 12) for one in marks}) == 4


def test_the_bar_is_a_round_length():
    spots = [Spot("A", "site", (450_000, 200_000)), Spot("B", "near", (451_000, 200_000))]

    assert site_map("", "", spots).bar_words == "200 m"


def test_how_far_and_in_which_direction_in_words():
    assert say_way((0, 0), (0, 250)) == "250 m north"
    assert say_way((0, 0), (1000, 1000)) == "1.4 km north-east"
    assert say_way((0, 0), (-2000, 0)) == "2 km west"
    assert say_way((0, 0), (0, 0)) == "the same place"
