"""Places and ways as staff write them: a grid reference, or metres east and north, one point a line.

Source: Ordnance Survey, "A guide to coordinate systems in Great Britain" (national grid letters). The middle of a
postcode may be streets away, so that a place is never taken from one (local policy).
"""

import re
from math import hypot

from cases.reference.restrictions import EASTINGS, NORTHINGS
from staff.errors import RuleBroken

LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"  # without I
METRES = re.compile(r"(\d{1,6})\s*(?:[,;/]|\s)\s*(\d{1,7})")
REFERENCE = re.compile(r"([A-HJ-Z]{2})(\d+)")
FEWEST_FIGURES, MOST_FIGURES = 8, 10
SQUARE = 100_000  # metres of a lettered square
EXAMPLE = "for example SU 7160 7350, or 471600, 173500"
MOST_POINTS = 500
OFF_THE_WAY = 250  # metres that a stop may lie from the line that its van takes


def understand_point(text):
    """(easting, northing) in metres. Refuses what is no place in the national grid, or is one too roughly."""
    text = " ".join(text.upper().split())
    if found := METRES.fullmatch(text):
        return _within(int(found[1]), int(found[2]))
    if found := REFERENCE.fullmatch(text.replace(" ", "")):
        return _within(*_of_reference(found[1], found[2]))
    raise RuleBroken(f"Enter a grid reference, {EXAMPLE}")


def understand_line(text):
    """[(easting, northing)] of a way, one point a line. Says which line cannot be read."""
    points = []
    for number, line in enumerate(filter(None, map(str.strip, text.splitlines())), start=1):
        try:
            points.append(understand_point(line))
        except RuleBroken as refusal:
            raise RuleBroken(f"Line {number}: {refusal}") from refusal
    if len(points) > MOST_POINTS:
        raise RuleBroken(f"A way has at most {MOST_POINTS} points")
    return points


def say_point(point):
    """ "471600, 173500", as it is typed."""
    return f"{point[0]}, {point[1]}"


def distance(one, other):
    return hypot(one[0] - other[0], one[1] - other[1])


def distance_to_line(point, line):
    """Metres from a point to the nearest part of a line of two points or more."""
    return min(_to_stretch(point, *ends) for ends in zip(line, line[1:], strict=False))


def ending_at(line, site):
    """The line with the site last, and no point twice in a row."""
    whole = [tuple(one) for one in (*line, site)]
    return [one for number, one in enumerate(whole) if not number or one != whole[number - 1]]


def moved(line, before, after):
    """The line with a point of it that stood at the one place standing at the other."""
    return [tuple(after) if tuple(one) == tuple(before) else tuple(one) for one in line]


def _of_reference(letters, figures):
    if len(figures) % 2 or len(figures) > MOST_FIGURES:
        raise RuleBroken(f"As many figures east as north, {EXAMPLE}")
    if len(figures) < FEWEST_FIGURES:
        raise RuleBroken(
            f"That names a square of 100 metres or more. Give eight figures or ten, {EXAMPLE}"
        )
    first, second = (LETTERS.index(one) for one in letters)
    east = (first - 2) % 5 * 5 + second % 5
    north = 19 - first // 5 * 5 - second // 5
    half, metres = len(figures) // 2, 10 ** (5 - len(figures) // 2)
    middle = metres // 2
    return (
        east * SQUARE + int(figures[:half]) * metres + middle,
        north * SQUARE + int(figures[half:]) * metres + middle,
    )


def _within(east, north):
    if not (EASTINGS[0] < east <= EASTINGS[1] and NORTHINGS[0] < north <= NORTHINGS[1]):
        raise RuleBroken(f"That lies outside Great Britain. Check the figures, {EXAMPLE}")
    return east, north


def _to_stretch(point, start, end):
    along, up = end[0] - start[0], end[1] - start[1]
    length = along**2 + up**2
    part = ((point[0] - start[0]) * along + (point[1] - start[1]) * up) / length if length else 0
    part = min(1, max(0, part))
    return distance(point, (start[0] + part * along, start[1] + part * up))
