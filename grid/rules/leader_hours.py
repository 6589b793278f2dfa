"""Hours that leaders said they work: how long is left of them from an hour on, and whether a session is within them.

Asked by a quarter's timetable, and where a series is planned or changed by hand. Source: local policy.
"""

from collections.abc import Iterable
from datetime import time

from grid.rules.free_slots import minute_of
from grid.rules.sessions import Session

Hours = tuple[int, time, time]  # day of the week (0 is Monday), from, to


def minutes_from(hours: Iterable[Hours], weekday: int, at: time) -> int:
    """How many minutes of one stretch of these are left from this hour on; 0 where it is in none of them."""
    return max(
        (
            minute_of(to_at) - minute_of(at)
            for day, from_at, to_at in hours
            if day == weekday and from_at <= at < to_at
        ),
        default=0,
    )


def within(hours: Iterable[Hours], session: Session) -> bool:
    """Whether one stretch of these holds all of it. Whoever has said no hours is outside none."""
    hours = list(hours)
    left = minutes_from(hours, session.on.weekday(), session.from_at)
    return not hours or left >= session.minutes
