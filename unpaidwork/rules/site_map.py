"""A site, who is near it and the ways to it, drawn to scale from their places: north is up, a bar says how long.

Source: unpaid work reference 10 (U2: structured restriction with geography); design, charts (inline SVG, direct labels,
a table beneath). Nothing is fetched: there is no map beneath it, so that no place leaves us.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import atan2, degrees, log10

from unpaidwork.rules.places import distance
from unpaidwork.rules.sites import Point

WIDTH, HEIGHT, MARGIN = 440, 330, 34
HALF = 7  # of the side of a mark, in units
NARROWEST = 200  # metres across, at least
BAR = 130  # units, at most
LETTER, LINE = 8.5, 15  # about how wide and high a label's letters are, in units
POINTS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
NEAR_METRES = 1000  # beyond it a way is said in kilometres
SHAPES = {"site": "square", "pick-up": "circle", "near": "diamond"}


@dataclass(frozen=True)
class Mark:
    """One place on the map. `x`, `y`: its middle; `label_x`, `label_y`: where its label begins."""

    label: str
    shape: str
    x: float
    y: float
    label_x: float
    label_y: float
    corners: str = ""  # of a diamond, as SVG has them

    @property
    def left(self):
        return self.x - HALF

    @property
    def top(self):
        return self.y - HALF


@dataclass(frozen=True)
class Shaded:
    """A square of land on the map, from its upper left corner."""

    label: str
    left: float
    top: float
    side: float

    @property
    def label_x(self):
        return self.left + 5

    @property
    def label_y(self):
        return self.top + LINE


@dataclass(frozen=True)
class SiteMap:
    title: str
    words: str  # the same for whoever does not see it
    marks: tuple[Mark, ...]
    lines: tuple[str, ...]  # points, as SVG has them
    bar: float  # units
    bar_words: str
    squares: tuple[Shaded, ...] = ()
    width: int = WIDTH
    height: int = HEIGHT

    # Where its frame, its bar and its arrow stand
    frame_width, frame_height = WIDTH - 1, HEIGHT - 1
    bar_left, bar_up, bar_foot = 12, HEIGHT - 20, HEIGHT - 14
    north_x = WIDTH - 20

    @property
    def bar_words_left(self):
        return self.bar_left + self.bar + 8


@dataclass(frozen=True)
class Spot:
    """One place to be drawn. `kind`: a key of SHAPES."""

    label: str
    kind: str
    point: Point


@dataclass(frozen=True)
class Square:
    """Land of so many metres each way, from its south-western corner."""

    label: str
    corner: Point
    side: int

    @property
    def middle(self):
        return (self.corner[0] + self.side // 2, self.corner[1] + self.side // 2)


def site_map(
    title: str,
    words: str,
    spots: Sequence[Spot],
    lines: Iterable[Sequence[Point]] = (),
    squares: Sequence[Square] = (),
):
    """The map of these places, ways and squares. The whole of each is on it."""
    lines = [list(line) for line in lines]
    corners = [
        (one.corner[0] + n * one.side, one.corner[1] + n * one.side)
        for one in squares
        for n in (0, 1)
    ]
    place, scale = _placing(
        [one.point for one in spots] + [one for line in lines for one in line] + corners
    )
    metres = _round_length(BAR / scale)
    land = [_shaded(one, place, scale) for one in squares]
    taken = [
        (one.left, one.top, one.left + LETTER * len(one.label) + 5, one.top + LINE) for one in land
    ]
    centres = [place(one.point) for one in spots]
    for x, y in centres:
        taken.append((x - 7, y - 7, x + 7, y + 7))
    marks = [_mark(one, centre, taken) for one, centre in zip(spots, centres, strict=True)]
    drawn = tuple(" ".join("{:g},{:g}".format(*place(one)) for one in line) for line in lines)
    return SiteMap(
        title, words, tuple(marks), drawn, round(metres * scale, 1), say_metres(metres), tuple(land)
    )


def _shaded(square, place, scale):
    west, south = square.corner
    left, top = place((west, south + square.side))
    return Shaded(square.label, left, top, round(square.side * scale, 1))


def say_metres(metres):
    if metres < NEAR_METRES:
        return f"{round(metres):,} m"
    return f"{metres / 1000:.1f}".removesuffix(".0") + " km"


def say_way(start, end):
    """How far and in which direction: "250 m north-east"."""
    if start == end:
        return "the same place"
    turn = degrees(atan2(end[0] - start[0], end[1] - start[1])) % 360
    return f"{say_metres(distance(start, end))} {POINTS[round(turn / 45) % 8]}"


def _placing(points):
    """(from metres to units, units a metre)"""
    easts, norths = [one[0] for one in points], [one[1] for one in points]
    across, up = max(easts) - min(easts), max(norths) - min(norths)
    middle = ((max(easts) + min(easts)) / 2, (max(norths) + min(norths)) / 2)
    room = (WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN - LINE)  # the bar stands beneath
    scale = min(room[0] / max(across, NARROWEST), room[1] / max(up, NARROWEST))

    def place(point):
        x = WIDTH / 2 + (point[0] - middle[0]) * scale
        y = (HEIGHT - LINE) / 2 - (point[1] - middle[1]) * scale
        return round(x, 1), round(y, 1)

    return place, scale


def _mark(spot, centre, taken):
    x, y = centre
    wide = LETTER * len(spot.label)
    tries = [
        (x + 10, y + 5),
        (x - 10 - wide, y + 5),
        (x - wide / 2, y - 11),
        (x - wide / 2, y + 22),
        (x + 8, y - 9),
        (x + 8, y + 19),
        (x - 8 - wide, y - 9),
        (x - 8 - wide, y + 19),
    ]
    boxes = [(left, foot - LINE + 3, left + wide, foot + 3) for left, foot in tries]
    on_it = [n for n, box in enumerate(boxes) if box[0] >= 0 and box[2] <= WIDTH]
    free = [n for n in on_it if not any(_overlap(boxes[n], one) for one in taken)]
    best = (free or on_it or [0])[0]
    taken.append(boxes[best])
    corners = f"{x:g},{y - 8:g} {x + 8:g},{y:g} {x:g},{y + 8:g} {x - 8:g},{y:g}"
    left, foot = tries[best]
    shape = SHAPES[spot.kind]
    return Mark(
        spot.label,
        shape,
        x,
        y,
        round(left, 1),
        round(foot, 1),
        corners if shape == "diamond" else "",
    )


def _overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _round_length(most):
    """The longest of 1, 2 or 5 with noughts that is no longer."""
    unit = 10 ** int(log10(most)) if most >= 1 else 1
    return max(step * unit for step in (1, 2, 5) if step * unit <= max(most, 1))
