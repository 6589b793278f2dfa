"""How long the way is: walked or ridden, with a van and without."""

from dataclasses import dataclass

from hypothesis import example, given
from hypothesis import strategies as st

from cases.rules.travel import Mode, Point, minutes, minutes_on_their_own

HOME = (0, 0)


@dataclass(frozen=True)
class Site:
    point: Point
    pick_up: Point | None = None


def test_a_short_way_is_walked_and_a_long_one_is_ridden():
    near, far = Site((600, 0)), Site((20_000, 0))

    assert minutes(HOME, near) == 10  # 780 metres of road at 5 km/h; by bus 3 and 10 of waiting
    assert minutes(HOME, far) == 97  # 26 kilometres of road at 18 km/h are 87, and 10 of waiting
    assert minutes(HOME, far, Mode.FOOT) == 312
    assert minutes(HOME, far, Mode.CAR) == 44  # 39, and 5 to park
    assert minutes(None, near) is None


def test_a_van_takes_them_on_from_where_it_picks_them_up():
    by_van = Site((20_600, 0), pick_up=(600, 0))

    assert minutes(HOME, by_van) == 10 + 39  # walked as above; 26 kilometres at 40 km/h
    assert minutes_on_their_own(HOME, by_van.point) > minutes(HOME, by_van)


@given(st.integers(0, 60_000), st.integers(0, 60_000), st.sampled_from(Mode))
@example(1538, 1539, Mode.BUS)
def test_nearer_is_never_longer(one, other, mode):
    shorter, longer = sorted((one, other))

    assert minutes(HOME, Site((shorter, 0)), mode) <= minutes(HOME, Site((longer, 0)), mode)
