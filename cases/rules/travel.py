"""How long somebody is on the way to a place, as well as a straight line tells.

Source: local policy: the speeds, and by how much a road is longer than the line. How far is too far is the policy of whoever
sends them. An estimate, and said to be one; from the middle of a postcode.
"""

from math import ceil, hypot
from typing import Protocol

from cases.reference.codes import Titled

Point = tuple[int, int]  # metres east and north of the national grid
LONGER = 1.3  # a road, than the straight line
VAN = 40  # kilometres an hour
METRES_A_MINUTE = 1000 / 60


class Mode(Titled):
    """How they get to the place, or to where the van picks them up."""

    FOOT = "foot", "On foot"
    BUS = "bus", "By bus or train"
    CAR = "car", "By car"


SPEED = {Mode.FOOT: 5, Mode.BUS: 18, Mode.CAR: 40}  # kilometres an hour, stops and traffic included
WAITING = {Mode.FOOT: 0, Mode.BUS: 10, Mode.CAR: 5}  # minutes


class Reached(Protocol):
    """A place, and where a van to it picks them up; None: they go there on their own."""

    @property
    def point(self) -> Point: ...

    @property
    def pick_up(self) -> Point | None: ...


def minutes(home: Point | None, site: Reached, mode: Mode = Mode.BUS) -> int | None:
    """Minutes each way to this site as they reach it; None where it is not known where they live.

    Walked where that is no slower: nobody nearer is ever longer on the way. By van: to the pick-up point, and on with the van by a straight line.
    """
    if home is None:
        return None
    if site.pick_up is None:
        return minutes_on_their_own(home, site.point, mode)
    rides = _metres(site.pick_up, site.point) / (VAN * METRES_A_MINUTE)
    return minutes_on_their_own(home, site.pick_up, mode) + ceil(rides)


def minutes_on_their_own(home: Point, place: Point, mode: Mode = Mode.BUS) -> int:
    """From one point to another, without a van."""
    metres = _metres(home, place)
    return min(
        ceil(metres / (SPEED[one] * METRES_A_MINUTE)) + WAITING[one] for one in (Mode.FOOT, mode)
    )


def _metres(one: Point, other: Point) -> float:
    return LONGER * hypot(one[0] - other[0], one[1] - other[1])
