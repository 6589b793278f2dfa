"""The days on which a project runs, from its days of the week.

Source: unpaid work reference 3 (availability rows: weekday, once, weekly or fortnightly, date range, times; the
scheduler skips non-working days). Local policy: nobody works on a bank holiday.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import NamedTuple, Protocol

from cases.rules.calendar import bank_holidays
from unpaidwork.reference.sites import Every

ONE_DAY = timedelta(days=1)
STEP = {Every.WEEK: timedelta(weeks=1), Every.FORTNIGHT: timedelta(weeks=2)}


class Weekly(Protocol):
    """One day of the week: a row of a project's availability, or of somebody's allocation."""

    @property
    def weekday(self) -> int: ...  # 0 is Monday

    @property
    def every(self) -> str: ...

    @property
    def from_on(self) -> date: ...

    @property
    def to_on(self) -> date | None: ...

    @property
    def from_at(self) -> time: ...

    @property
    def to_at(self) -> time: ...


@dataclass(frozen=True, slots=True)
class Runs:
    """A row of a project's availability, as a plain value."""

    pk: int
    weekday: int
    every: Every
    from_on: date
    to_on: date | None
    from_at: time
    to_at: time


class WorkDay(NamedTuple):
    """One day, from when to when. In order of time."""

    on: date
    from_at: time
    to_at: time


def first_day(row: Weekly) -> date:
    """The first day that falls on its day of the week. Every second week counts from it."""
    return row.from_on + ONE_DAY * ((row.weekday - row.from_on.weekday()) % 7)


def runs_on(row: Weekly, day: date) -> bool:
    """Whether this row names that day. Bank holidays are not known here."""
    begins = first_day(row)
    if day < begins or (row.to_on and day > row.to_on):
        return False
    if row.every == Every.ONCE:
        return day == begins
    return (day - begins) % STEP[Every(row.every)] == timedelta(0)


def days_of(
    availability: Iterable[Weekly], first: date, last: date, closed: frozenset[date] = frozenset()
) -> list[WorkDay]:
    """Every day from the first to the last on which these rows run, in order, each stretch once.

    `closed`: days on which nobody works: bank holidays, and those of the project itself.
    """
    found = set()
    for row in availability:
        day, end = first_day(row), min(last, row.to_on or last)
        step = STEP.get(Every(row.every))
        if step and day < first:
            day += step * -(
                -(first - day) // step
            )  # the first of its days that is not before `first`
        while day <= end:
            if day >= first and day not in closed:
                found.add(WorkDay(day, row.from_at, row.to_at))
            if step is None:
                break
            day += step
    return sorted(found)


def holidays_between(
    first: date, last: date, extra: frozenset[date] = frozenset()
) -> frozenset[date]:
    """Bank holidays of England and Wales on these days; `extra`: those the library does not know of."""
    known = set(extra).union(*(bank_holidays(year) for year in range(first.year, last.year + 1)))
    return frozenset(day for day in known if first <= day <= last)
