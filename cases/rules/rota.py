"""Who has the duty on which day: the days of a rota, sharing them out evenly, and what to know of who is put on.

Source: product rules, roles (duty officer); local policy.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from cases.rules.calendar import is_working_day
from staff.errors import RuleBroken
from staff.rules.dates import say_date

WEEKS = 4
NEVER = date.min


@dataclass(frozen=True)
class Officer:
    """One who may have the duty. `away`: (first, last) day of each absence; `last_on`: their last day with us."""

    key: int
    name: str
    away: tuple[tuple[date, date], ...] = ()
    last_on: date | None = None

    def here(self, day: date) -> bool:
        left = self.last_on is not None and self.last_on < day
        return not left and not self.absent(day)

    def absent(self, day: date) -> date | None:
        """Until when they are away, where that day is one of it."""
        return next((last for first, last in self.away if first <= day <= last), None)

    def beside(self, day: date) -> str:
        """Why they cannot be on duty that day, in words; blank where nothing speaks against it."""
        if self.last_on is not None and self.last_on < day:
            return f"{self.name} leaves on {say_date(self.last_on)}"
        until = self.absent(day)
        return f"{self.name} is away until {say_date(until)}" if until else ""


@dataclass
class _Load:
    turns: int = 0
    last: date = field(default=NEVER)


def days_of_rota(today: date, extra: frozenset[date] = frozenset()) -> list[date]:
    """The working days of four weeks, from the Monday of this one on; those that have been are left out."""
    monday = today - timedelta(days=today.weekday())
    days = (monday + timedelta(days=n) for n in range(7 * WEEKS))
    return [day for day in days if day >= today and is_working_day(day, extra)]


def share_out(
    days: Iterable[date], officers: Iterable[Officer], standing: Mapping[date, Iterable[int]]
) -> dict[date, int]:
    """{day: key of the officer} of the days on which nobody is. Whoever has fewest turns comes next, then who had one longest ago.

    `standing`: {day: keys of those on}. Nobody is put on a day on which they are away or gone, nor on two days running
    where somebody else is there.
    """
    officers = list(officers)
    load = {one.key: _Load() for one in officers}
    for day, keys in sorted(standing.items()):
        for key in keys:
            if key in load:
                load[key].turns += 1
                load[key].last = day
    found: dict[date, int] = {}
    before: set[int] = set()  # who has the day before
    for day in sorted(days):
        on = set(standing.get(day, ()))
        here = [one for one in officers if one.here(day)]
        if not on and here:
            chosen = _next(here, before, load)
            found[day] = chosen.key
            load[chosen.key].turns += 1
            load[chosen.key].last = day
            on = {chosen.key}
        before = on
    return found


def _next(here, before, load):
    rested = [one for one in here if one.key not in before] or here
    return min(rested, key=lambda one: (load[one.key].turns, load[one.key].last, one.name))


def check_turn(*, day: date, officer: Officer, today: date, extra: frozenset[date] = frozenset()):
    """Refuse a turn on a day that has been or on which nobody works, and of somebody who is not there."""
    if day < today:
        raise RuleBroken("That day has been. Choose today or a later day.")
    if not is_working_day(day, extra):
        raise RuleBroken(f"{say_date(day)} is no working day. Choose another.")
    if against := officer.beside(day):
        raise RuleBroken(f"{against}, so somebody else must have the duty on {say_date(day)}.")
