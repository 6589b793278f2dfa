"""The drawing of banned areas: to scale, all of it on the paper."""

import re

import pytest

from cases.rules.geometry import Zone
from cases.rules.sketches import HEIGHT, LONGEST_BAR, WIDTH, sketch_of

SQUARE = {"rings": [[[1000, 1000], [1200, 1000], [1200, 1100], [1000, 1100]]]}


def test_of_no_areas_there_is_no_drawing():
    assert sketch_of([]) is None


def test_an_outline_is_drawn_to_scale_with_north_at_the_top():
    sketch = sketch_of([Zone("polygon", SQUARE)])

    points = [tuple(map(float, one)) for one in re.findall(r"([\d.]+) ([\d.]+)", sketch.areas[0].path)]  # fmt: skip
    assert points[0] == (20.0, 260.0)  # the south-west corner, at the left and below
    assert points[2] == (460.0, 40.0)
    assert (sketch.scale, sketch.bar) == ("50 m", 110.0)  # 440 wide is 200 metres
    assert sketch.areas[0].clear == ""


def test_a_circle_is_a_circle_and_what_is_kept_clear_goes_around_it():
    zone = Zone("circle", {"centre": [1000, 1000], "radius": 100}, 30)

    one = sketch_of([zone]).areas[0]

    assert (one.x, one.y) == (240.0, 150.0)
    assert one.r == 100.0
    assert one.clear.startswith("M370.0 150.0")


@pytest.mark.parametrize("metres", [1, 7, 130, 4_000, 100_000])
def test_the_scale_is_a_round_length_that_fits(metres):
    sketch = sketch_of([Zone("circle", {"centre": [300_000, 300_000], "radius": metres})])

    number, unit = sketch.scale.split()
    assert number.replace(",", "").rstrip("0") in {"1", "2", "5"}
    assert unit in {"m", "km"}
    assert 0 < sketch.bar <= max(LONGEST_BAR, (HEIGHT - 40) / (2 * metres))
    assert all(0 <= one.x <= WIDTH for one in sketch.areas)


def test_it_says_how_wide_and_high_it_is():
    words = sketch_of([Zone("polygon", SQUARE)]).words

    assert words == (
        "1 area, 200 m from west to east and 100 m from south to north with what is kept clear around."
    )
