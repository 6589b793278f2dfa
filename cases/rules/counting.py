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
        """Per cent, to the nearest whole, and 100 of all alone and 0 of none alone; None where there are too few to say."""
        if self.counted < FEW:
            return None
        nearest = (200 * self.met + self.counted) // (2 * self.counted)  # a half goes up
        if self.met in (0, self.counted):
            return nearest
        return min(max(nearest, 1), 99)

    def is_below(self, target):
        """Whether it falls short of this share in per cent, whatever it is rounded to; not said of too few."""
        return self.counted >= FEW and 100 * self.met < target * self.counted


def summed(found: list[Unit]) -> Sum:
    return Sum(sum(one.met for one in found), len(found))


def by_day(found: Iterable[Unit]) -> list[Unit]:
    """The earliest first."""
    return sorted(found, key=lambda one: (one.on, one.key))


def window_of(days: int, today: date) -> Window:
    """So many days up to yesterday: today is not over."""
    return Window(today - timedelta(days=days), today - DAY)
