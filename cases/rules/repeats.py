"""Times of a series, and of one appointment made again: the same hour on the clock, whatever the season.

Source: product rules, failures ("repeats", "same-again"). Summer time moves the clock, not the appointment.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from staff.errors import RuleBroken

MOST_TIMES, MOST_WEEKS = 26, 12


@dataclass(frozen=True, slots=True)
class Repeats:
    """So many appointments, so many weeks apart; the first counts."""

    every_weeks: int
    times: int


def check_repeats(repeats):
    if not 1 <= repeats.every_weeks <= MOST_WEEKS:
        raise RuleBroken(f"Repeat every week, or up to every {MOST_WEEKS} weeks.")
    if not 2 <= repeats.times <= MOST_TIMES:
        raise RuleBroken(f"A series has from 2 to {MOST_TIMES} appointments.")


def times_of(first, repeats):
    """The local times of the series, the first with them, each at the hour the clock shows on its day."""
    if repeats is None:
        return [first]
    check_repeats(repeats)
    return [shifted(first, days=7 * repeats.every_weeks * n) for n in range(repeats.times)]


def shifted(moment, *, days, at=None):
    """So many days on, at the same time by the clock or at the time `at`."""
    day = moment.date() + timedelta(days=days)
    return datetime.combine(day, at or moment.time(), moment.tzinfo)


def weeks_on(moment, weeks, now):
    """So many weeks after this one, at the same time; where that has been, the first such day to come."""
    later = shifted(moment, days=7 * weeks)
    while later <= now:
        later = shifted(later, days=7)
    return later
