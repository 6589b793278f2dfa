"""A small drawing of the areas that an order bans, to scale, north at the top: so that a slip of a figure is seen.

Source: product rules, how it should feel (say what was understood).
"""

from dataclasses import dataclass
from math import floor, log10

import shapely

from cases.reference.restrictions import Shape
from cases.rules.words import counted

WIDTH, HEIGHT, MARGIN = 480, 300, 20
ROOM_BELOW = 40  # for the scale
LONGEST_BAR = WIDTH / 3
KILOMETRE = 1000


@dataclass(frozen=True, slots=True)
class Drawn:
    """One area: as a circle or as the path of its outline; and the path of what is kept clear around it."""

    clear: str
    path: str = ""
    x: float = 0
    y: float = 0
    r: float = 0


@dataclass(frozen=True, slots=True)
class Sketch:
    areas: tuple[Drawn, ...]
    bar: float  # how long the scale is drawn
    scale: str  # how long that is
    words: str
    width: int = WIDTH
    height: int = HEIGHT + ROOM_BELOW
    left: int = MARGIN
    below: int = HEIGHT + MARGIN

    @property
    def kept_clear(self):
        return any(one.clear for one in self.areas)

    @property
    def bar_end(self):
        return self.left + self.bar


def sketch_of(zones):
    """The drawing of these zones; None of none."""
    if not zones:
        return None
    outside = [_clear(zone) for zone in zones]
    west, south, east, north = shapely.total_bounds(outside)
    metre = min((WIDTH - 2 * MARGIN) / (east - west), (HEIGHT - 2 * MARGIN) / (north - south))
    left = (WIDTH - (east - west) * metre) / 2
    top = (HEIGHT - (north - south) * metre) / 2

    def at(point):
        return left + (point[0] - west) * metre, top + (north - point[1]) * metre

    metres = _round_length(LONGEST_BAR / metre)
    return Sketch(
        areas=tuple(
            _draw(zone, around, at, metre) for zone, around in zip(zones, outside, strict=True)
        ),
        bar=round(metres * metre, 1),
        scale=f"{metres // KILOMETRE:,} km" if metres >= KILOMETRE else f"{metres} m",
        words=f"{counted(len(zones), 'area')}, {round(east - west):,} m from west to east and "
        f"{round(north - south):,} m from south to north with what is kept clear around.",
    )


def _clear(zone):
    """The area with what is kept clear around it. For the eye alone: nothing is measured against it."""
    radius = zone.outline["radius"] if zone.shape == Shape.CIRCLE else 0
    return shapely.buffer(zone.where, radius + zone.buffer, quad_segs=16)


def _draw(zone, around, at, metre):
    clear = _path(around, at) if zone.buffer else ""
    if zone.shape == Shape.CIRCLE:
        x, y = at(zone.outline["centre"])
        r = zone.outline["radius"] * metre
        return Drawn(clear, x=round(x, 1), y=round(y, 1), r=round(r, 1))
    return Drawn(clear, path=_path(zone.where, at))


def _path(shape, at):
    rings = [
        ring.coords for one in shapely.get_parts(shape) for ring in (one.exterior, *one.interiors)
    ]
    return " ".join(
        "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in map(at, ring)) + " Z" for ring in rings
    )


def _round_length(longest):
    """The longest of 1, 2 or 5 times a power of ten metres that is no longer."""
    power = 10 ** max(floor(log10(max(longest, 1))), 0)
    return max(one * power for one in (1, 2, 5) if one * power <= max(longest, 1))
