"""A home is shown as the square it lies in: nothing on the map tells where within it."""

from hypothesis import given
from hypothesis import strategies as st

from unpaidwork.rules.home_area import SIDE, home_area
from unpaidwork.rules.site_map import HEIGHT, WIDTH, Spot, site_map

POINTS = st.tuples(st.integers(0, 700_000), st.integers(0, 1_300_000))


@given(POINTS)
def test_a_home_lies_in_its_square(point):
    west, south = home_area(point).corner

    assert west <= point[0] < west + SIDE
    assert south <= point[1] < south + SIDE
    assert west % SIDE == south % SIDE == 0


@given(POINTS, st.integers(0, SIDE - 1), st.integers(0, SIDE - 1))
def test_every_home_of_a_square_gives_the_same_square(point, east, north):
    corner = home_area(point).corner

    assert home_area((corner[0] + east, corner[1] + north)) == home_area(point)


def test_nobody_without_a_known_home_has_a_square():
    assert home_area(None) is None


@given(POINTS, st.lists(POINTS, min_size=1, max_size=5))
def test_the_whole_of_the_square_is_on_the_map_beside_every_site(home, sites):
    spots = [Spot(str(n), "site", one) for n, one in enumerate(sites)]

    drawn = site_map("Where", "Words", spots, (), [home_area(home)])

    (square,) = drawn.squares
    assert square.left >= 0
    assert square.top >= 0
    assert square.left + square.side <= WIDTH
    assert square.top + square.side <= HEIGHT
    assert all(0 <= mark.x <= WIDTH and 0 <= mark.y <= HEIGHT for mark in drawn.marks)
