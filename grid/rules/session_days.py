"""Which of somebody's sessions bind them, and which of these are days of a rehabilitation activity requirement (RAR).

Source: supervision reference 2.4 (the court fixes the most days; a calendar day counts once; a requirement lives to the end
of the order). What goes beyond that they come to by their own choice, and missing it is never a failure.
"""

from collections.abc import Iterable
from datetime import date


def days_to_plan(days: Iterable[date], *, room: int | None) -> int:
    """How many days of the requirement these sessions take up. `room`: days not planned otherwise; None: not recorded."""
    needed = len(set(days))
    return needed if room is None else max(0, min(needed, room))


def days_that_count(days: Iterable[date], *, planned: int, had: frozenset[date]) -> frozenset[date]:
    """Those of these days that are days of the activity, the earliest first.

    `planned`: of the activity, in all; `had`: those that are credited under it, booked, or still to be said.
    """
    left = max(0, planned - len(had))
    new = sorted(set(days) - had)[:left]
    return frozenset(new) | (had & frozenset(days))


def binds(on: date, until: date | None) -> bool:
    """Whether they must come on that day, by what ends on `until`. None: its end is not recorded, so it may."""
    return until is None or on <= until
