"""Places and the areas that orders ban: exact distances on the national grid, in metres.

A circle is its centre and a distance, never drawn by corners; an outline is its edges, with the holes left out.
What is kept clear around an area is a distance too. On the edge is inside. Source: unpaid work reference 5
and 10 (U2).
"""

from dataclasses import dataclass, field
from functools import cached_property
from math import pi

import shapely

from cases.reference.restrictions import (
    DATUM_METRES,
    EASTINGS,
    LONGEST_SHAPE,
    NORTHINGS,
    Shape,
)
from staff.errors import RuleBroken

SLACK = 1e-6  # metres: rounding of a distance never lets anybody in
WIDEST = 100_000  # metres: a radius beyond it is a slip of the pen
MOST_BUFFER = 10_000
FEWEST = 3  # corners of an outline
OF_A_LINE = 2  # points


@dataclass(frozen=True)
class Zone:
    """One banned area. `outline` as `RestrictedArea` keeps it; `buffer` metres around it are kept clear as well."""

    shape: str
    outline: dict = field(hash=False)
    buffer: int = 0

    @cached_property
    def where(self):
        """The centre of a circle, or the outline."""
        if self.shape == Shape.CIRCLE:
            return shapely.Point(self.outline["centre"])
        outside, *holes = self.outline["rings"]
        return shapely.Polygon(outside, holes)

    @cached_property
    def reach(self):
        """How close to `where` somewhere is too close."""
        radius = self.outline["radius"] if self.shape == Shape.CIRCLE else 0
        return radius + self.buffer + DATUM_METRES

    @cached_property
    def box(self):
        """West, south, east and north of everywhere that is too close, drawn wide."""
        if self.shape == Shape.CIRCLE:
            west, south, east, north = 2 * self.outline["centre"]
        else:
            west, south, east, north = box_of(self.outline["rings"][0])
        far = self.reach + SLACK
        return west - far, south - far, east + far, north + far

    @cached_property
    def square_metres(self):
        """What the order itself bans, without what is kept clear around it."""
        if self.shape == Shape.CIRCLE:
            return round(pi * self.outline["radius"] ** 2)
        return round(self.where.area)


def touches(zone, points, *, area=False):
    """Whether a place is in the zone or too close to it.

    `points`: one [easting, northing]; or those of a line in order, every metre between them included; or, of an
    `area`, its corners in order.
    """
    return bool(shapely.dwithin(zone.where, place_of(points, area=area), zone.reach + SLACK))


def metres_from(zone, point):
    """How far a point lies from what the order itself bans; nought within it. For whoever reads it: nothing is decided by it."""
    radius = zone.outline["radius"] if zone.shape == Shape.CIRCLE else 0
    return max(round(shapely.distance(zone.where, shapely.Point(point)) - radius), 0)


def touching(pairs):
    """[whether it touches] of each (zone, points of a place or of a line), many at once.

    Of most, a box around each tells that they are nowhere near; the rest are measured.
    """
    pairs = list(pairs)
    places = {id(points): points for _, points in pairs}
    boxes = {key: box_of(in_order(points)) for key, points in places.items()}
    near = [at for at, (zone, points) in enumerate(pairs) if _meet(zone.box, boxes[id(points)])]
    drawn = {key: place_of(places[key]) for key in {id(pairs[at][1]) for at in near}}
    zones = [pairs[at][0] for at in near]
    measured = shapely.dwithin(
        [zone.where for zone in zones],
        [drawn[id(pairs[at][1])] for at in near],
        [zone.reach + SLACK for zone in zones],
    )
    touched = {at for at, one in zip(near, measured.tolist(), strict=True) if one}
    return [at in touched for at in range(len(pairs))]


def _meet(one, other):
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def box_of(points):
    """West, south, east and north of these points."""
    east, north = zip(*points, strict=True)
    return min(east), min(north), max(east), max(north)


def in_order(points):
    """The points of a place or a line, in order. `points`: one [easting, northing], or a list of them."""
    if not len(points):
        raise ValueError("A place without a point is nowhere, and nothing can be said of it.")
    alone = len(points) == OF_A_LINE and not hasattr(points[0], "__len__")
    return [points] if alone else points


def place_of(points, *, area=False):
    """Where that is, to be measured from."""
    points = in_order(points)
    if area:
        return shapely.Polygon(points)
    if len(points) == 1:
        return shapely.Point(points[0])
    return shapely.LineString(points)


# What is refused


def check_circle(centre, radius):
    """The outline of a circle, as it is kept."""
    _check_on_the_grid(*centre)
    if not _whole(radius) or not 1 <= radius <= WIDEST:
        raise RuleBroken(f"Give the radius of the circle in whole metres, from 1 to {WIDEST:,}.")
    return {"centre": list(centre), "radius": radius}


def check_outline(rings):
    """The outline of an area, as it is kept: its corners outside, then those of each hole."""
    rings = [_once_each(ring) for ring in rings]
    if not rings:
        raise RuleBroken("Give the corners of the outline, one a line.")
    if sum(map(len, rings)) > LONGEST_SHAPE:
        raise RuleBroken(f"An outline has at most {LONGEST_SHAPE} corners, its holes included.")
    for at, ring in enumerate(rings):
        _check_ring(ring, f"Hole {at}" if at else "The outline")
    outside = shapely.Polygon(rings[0])
    for at, ring in enumerate(rings[1:], start=1):
        if not outside.contains_properly(shapely.Polygon(ring)):
            raise RuleBroken(
                f"Hole {at} is not wholly inside the outline. Move its corners, or leave it out."
            )
    if not shapely.Polygon(rings[0], rings[1:]).is_valid:
        raise RuleBroken("Two holes touch or overlap. Draw them as one.")
    return {"rings": rings}


def check_buffer(metres):
    if not _whole(metres) or not 0 <= metres <= MOST_BUFFER:
        raise RuleBroken(
            f"Give what is kept clear around it in whole metres, from 0 to {MOST_BUFFER:,}."
        )
    return metres


def _check_ring(ring, what):
    for corner in ring:
        if len(corner) != OF_A_LINE:
            raise RuleBroken(f"{what} has a corner without both an easting and a northing.")
        _check_on_the_grid(*corner)
    if len({tuple(corner) for corner in ring}) < FEWEST:
        raise RuleBroken(f"{what} has fewer than three corners, so it encloses nothing.")
    if not shapely.Polygon(ring).is_valid:
        raise RuleBroken(
            f"{what} crosses or touches itself. Give its corners in order, going round once."
        )


def _check_on_the_grid(easting, northing):
    if not (_whole(easting) and _whole(northing)):
        raise RuleBroken("Give eastings and northings in whole metres, for example 451234 206789.")
    if not (EASTINGS[0] <= easting <= EASTINGS[1] and NORTHINGS[0] <= northing <= NORTHINGS[1]):
        raise RuleBroken(
            f"{easting} {northing} is not on the national grid: eastings go to {EASTINGS[1]:,} and northings to "
            f"{NORTHINGS[1]:,}. Give six figures for each, the easting first."
        )


def _whole(number):
    return isinstance(number, int) and not isinstance(number, bool)


def _once_each(ring):
    """Many write the first corner again to close it, or a line twice."""
    ring = [list(corner) for corner in ring]
    following = [*ring[1:], *ring[:1]]
    pairs = zip(ring, following, strict=True)
    return [corner for corner, after in pairs if len(ring) == 1 or corner != after]
