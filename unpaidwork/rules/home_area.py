"""About where somebody lives, as far as whoever finds them work needs to see: a square of the national grid.

The squares are fixed, so that a home lies anywhere in its own, and the same square stands for every home in it.
Source: product rules, sharing (no more than is needed). Local policy: two kilometres.
"""

from unpaidwork.rules.site_map import Square

SIDE = 2000  # metres
LABEL = "Home area"


def home_area(point):
    """The square in which this point lies; None where it is not known where they live."""
    if point is None:
        return None
    return Square(LABEL, (point[0] // SIDE * SIDE, point[1] // SIDE * SIDE), SIDE)
