"""Points and outlines as staff type them."""

import pytest

from cases.rules.outlines import understand_corners, understand_point, written_corners
from staff.errors import RuleBroken


@pytest.mark.parametrize(
    "typed",
    ["451234 206789", "451234, 206789", " 451234\t206789 ", "(451234,206789)", "451234/206789"],
)
def test_an_easting_and_a_northing_are_understood_however_they_are_parted(typed):
    assert understand_point(typed) == (451234, 206789)


@pytest.mark.parametrize("typed", ["OX1 1AA", "ox11aa", " OX1  1AA "])
def test_a_postcode_is_understood_however_it_is_spaced(typed):
    assert understand_point(typed) == "OX11AA"


@pytest.mark.parametrize(
    "typed", ["", "451234", "here", "451234.5 206789", "SP 512 067", "12345678 206789", "OX1"]
)
def test_anything_else_is_refused_with_an_example(typed):
    with pytest.raises(RuleBroken, match="451234 206789"):
        understand_point(typed)


def test_corners_stand_one_a_line_and_the_word_hole_begins_a_hole():
    typed = "1 2\n\n3, 4\n5 6\nHole:\n7 8\n9 10\n11 12\n"

    assert understand_corners(typed) == [[[1, 2], [3, 4], [5, 6]], [[7, 8], [9, 10], [11, 12]]]


def test_a_line_that_is_not_understood_is_named_by_its_number():
    with pytest.raises(RuleBroken, match="Line 3 is not understood"):
        understand_corners("1 2\n3 4\nthe corner by the shop")


def test_what_is_written_is_understood_again():
    rings = [[[1, 2], [3, 4], [5, 6]], [[7, 8], [9, 10], [11, 12]]]

    assert understand_corners(written_corners(rings)) == rings
