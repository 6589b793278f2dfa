"""Which days somebody is given from their places, until their hours are full, and what no place of theirs fills.

Source: unpaid work reference 3 (the published scheduler: fills the minutes that are left from allocations, skips days
nobody works, treats a past session without an outcome as offered, tells a shortfall, never deletes surplus).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from unpaidwork.reference.sites import Every
from unpaidwork.rules.availability import Runs, WorkDay, days_of
from unpaidwork.rules.placing import Placing

WEEKS_AHEAD = 4  # local policy: how far ahead people know their days
WEEK = 7


@dataclass(frozen=True, slots=True)
class Given:
    """One day of one place. `session`: the hours the project runs; `from_at`, `to_at`: theirs."""

    allocation: int
    session: WorkDay
    from_at: time
    to_at: time

    @property
    def minutes(self):
        return minutes_between(self.from_at, self.to_at)


@dataclass(frozen=True, slots=True)
class DaysOfSite:
    """When a project runs. It says nothing of whether anybody may work there."""

    project: int
    from_on: date
    to_on: date | None
    availability: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """An active place as it is filled."""

    allocation: int
    placing: Placing
    site: DaysOfSite


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What of the hours left no place fills by the last day, and what a week is offered of what is due."""

    left: int  # minutes
    offered: int  # minutes until the last day, no more than what is left
    weekly: int  # minutes offered in an ordinary week
    weekly_due: int

    @property
    def short(self):
        return self.left - self.offered

    @property
    def weekly_short(self):
        return max(0, min(self.weekly_due, self.left) - self.weekly)


def minutes_between(from_at, to_at):
    return (to_at.hour - from_at.hour) * 60 + to_at.minute - from_at.minute


def days_open(place, first, last, closed):
    """The days of this place on which its project runs at those hours, in order."""
    placing, site = place.placing, place.site
    last = min(filter(None, (last, placing.to_on, site.to_on)))
    first = max(first, placing.from_on, site.from_on)
    theirs = {one.on for one in days_of([placing], first, last, closed)}
    return [
        Given(place.allocation, one, placing.from_at, placing.to_at)
        for one in days_of(site.availability, first, last, closed)
        if one.on in theirs and one.from_at <= placing.from_at and one.to_at >= placing.to_at
    ]


def filled(
    places: Iterable[Place],
    *,
    left: int | None,
    offered: int,
    first: date,
    last: date,
    closed: frozenset[date],
    have: frozenset,
) -> list[Given]:
    """The days to give, the earliest first, until what is offered comes to what is left (None: not recorded).

    `offered`: minutes of what is still to come or to be recorded; `have`: (project, day, hour) that they were given
    before, whatever came of it.
    """
    days = sorted(
        (
            (one.session.on, one.from_at, place.site.project, one)
            for place in places
            for one in days_open(place, first, last, closed)
            if (place.site.project, one.session.on, one.session.from_at) not in have
        ),
        key=lambda row: row[:3],
    )
    given = []
    for *_, one in days:
        if left is not None and offered >= left:
            break
        given.append(one)
        offered += one.minutes
    return given


def shortfall(places, *, left, weekly_due, first, last, closed):
    """What these places come to until the last day, and in an ordinary week: a bank holiday makes nobody short."""
    days = [(place, days_open(place, first, last, closed)) for place in places]
    offered = sum(one.minutes for _, held in days for one in held)
    weekly = sum(_weekly(place) for place, held in days if held)
    return Shortfall(left=left, offered=min(left, offered), weekly=weekly, weekly_due=weekly_due)


def _weekly(place):
    placing = place.placing
    minutes = minutes_between(placing.from_at, placing.to_at)
    return {Every.WEEK: minutes, Every.FORTNIGHT: minutes // 2}.get(Every(placing.every), 0)
