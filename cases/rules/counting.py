"""Counting units over some days: each is so or not so, and a sum is of the units that its list shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

FEW = 5  # units: below this a share says nothing
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """The first and the last day that count."""

    first: date
    last: date

    def holds(self, day):
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing counted under a measure. `words`: why it is so or not: days and codes, and nothing that anybody wrote."""

    case: int
    key: int
    on: date
    met: bool
    words: str


@dataclass(frozen=True, slots=True)
class Sum:
    met: int
    counted: int

    @property
    def share(self):
        """Per cent, rounded down; None where there are too few to say."""
        return self.met * 100 // self.counted if self.counted >= FEW else None


def summed(found: list[Unit]) -> Sum:
    return Sum(sum(one.met for one in found), len(found))


def by_day(found: Iterable[Unit]) -> list[Unit]:
    """The earliest first."""
    return sorted(found, key=lambda one: (one.on, one.key))


def window_of(days: int, today: date) -> Window:
    """So many days up to yesterday: today is not over."""
    return Window(today - timedelta(days=days), today - DAY)
