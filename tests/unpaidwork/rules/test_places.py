"""Places as staff write them: read exactly or asked for again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staff.errors import RuleBroken
from unpaidwork.rules.places import (
    LETTERS,
    distance_to_line,
    ending_at,
    moved,
    say_point,
    understand_line,
    understand_point,
)

POINTS = st.tuples(st.integers(1, 699_999), st.integers(1, 1_299_999))


def lettered(point):
    """The grid reference of ten figures, made the other way about."""
    east, north = point[0] // 100_000, point[1] // 100_000
    first = (19 - north) - (19 - north) % 5 + (east + 10) // 5
    second = (19 - north) * 5 % 25 + east % 5
    return f"{LETTERS[first]}{LETTERS[second]} {point[0] % 100_000:05} {point[1] % 100_000:05}"


@given(POINTS)
def test_what_is_said_of_a_place_is_read_as_the_same_place(point):
    assert understand_point(say_point(point)) == point
    assert understand_point(lettered(point)) == point


def test_references_that_are_published_are_read_as_they_are_there():
    assert understand_point("TG 51409 13177") == (651409, 313177)  # Ordnance Survey's own example
    assert understand_point("su7160073500") == (471600, 173500)


def test_eight_figures_name_the_middle_of_ten_metres():
    assert understand_point("SU 7160 7350") == (471605, 173505)


@pytest.mark.parametrize(
    "text",
    sorted(
        {
            "RG1 3EH",
            "SU 716 735",
            "SU 71600 7350",
            "the park gate",
            "0, 173500",
            "471600",
            "9999999, 1",
        }
    ),
)
def test_what_is_no_place_or_one_too_roughly_is_asked_for_again(text):
    with pytest.raises(RuleBroken, match="for example"):
        understand_point(text)


def test_a_line_names_the_line_that_cannot_be_read():
    assert understand_line("471600, 173500\n\n471700 173500\n") == [
        (471600, 173500),
        (471700, 173500),
    ]
    with pytest.raises(RuleBroken, match="Line 2"):
        understand_line("471600, 173500\nthe bridge")


@given(st.lists(POINTS, min_size=1, max_size=6), POINTS)
def test_a_way_ends_at_the_site_and_goes_nowhere_twice_in_a_row(line, site):
    whole = ending_at(line, site)

    assert whole[-1] == site
    assert all(one != other for one, other in zip(whole, whole[1:], strict=False))
    assert set(whole) == {*line, site}


def test_how_far_a_stop_lies_from_a_way_is_measured_between_its_points_too():
    assert distance_to_line((50, 30), [(0, 0), (100, 0)]) == 30
    assert distance_to_line((130, 40), [(0, 0), (100, 0)]) == 50


def test_a_point_that_moves_moves_in_the_way():
    assert moved([[1, 1], [2, 2], [1, 1]], (1, 1), (9, 9)) == [(9, 9), (2, 2), (9, 9)]
