"""Every pair of places comes under one way of moving, and the way back is the opposite."""

import pytest

from cases.reference.codes import Place
from cases.reference.groups import GROUPS
from oversight.rules.grid_change import MOVED, Change, change_of, stood

PLACES = [*GROUPS, Place.CANNOT, Place.ESCALATE, Place.RETAINED, Place.NO_SENTENCE]


@pytest.mark.parametrize(
    ("then", "now", "change"),
    [
        ("L0", "L50", Change.HIGHER),
        ("L0", "M0", Change.HIGHER),
        ("L0", "LC50", Change.HIGHER),
        ("MC90", "M90", Change.LOWER),
        ("MC90", "MC75", Change.LOWER),
        ("L90", "M0", Change.ACROSS),
        ("M50", "M50", Change.SAME),
        (Place.CANNOT, "L0", Change.INTO),
        ("L0", Place.ESCALATE, Change.OUT),
        (Place.CANNOT, Place.RETAINED, Change.OUTSIDE),
        (None, "L0", Change.UNKNOWN),
        ("L0", None, Change.UNKNOWN),
        (None, None, Change.UNKNOWN),
    ],
)
def test_a_move_is_what_the_table_says(then, now, change):
    assert change_of(then, now) == change


def test_the_way_back_is_the_opposite():
    opposite = {
        Change.HIGHER: Change.LOWER,
        Change.LOWER: Change.HIGHER,
        Change.INTO: Change.OUT,
        Change.OUT: Change.INTO,
    }
    for then in PLACES:
        for now in PLACES:
            there, back = change_of(then, now), change_of(now, then)
            assert back == opposite.get(there, there)
            assert (there in MOVED) == (then != now and (then in GROUPS or now in GROUPS))


def test_a_group_is_only_what_a_placement_in_one_says():
    assert stood(Place.GROUP, "MC75") == "MC75"
    assert stood(Place.CANNOT, "") == Place.CANNOT
    assert stood(None, "") is None
