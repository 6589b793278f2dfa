"""Days on which somebody could not be seen as usual, and whether a week or month lies wholly within them.

Source: product rules, GRID (contact is paused in custody, hospital or warrant).
"""

from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which they could not be seen as usual. `last` None: it goes on."""

    first: date
    last: date | None = None


def wholly_away(away, first, last):
    """Whether they could be seen on none of these days. Pauses may overlap, or follow on one another."""
    day = first
    for one in sorted(away, key=lambda one: one.first):
        if one.first > day:
            return False
        if one.last is None or one.last >= last:
            return True
        day = max(day, one.last + DAY)
    return False
