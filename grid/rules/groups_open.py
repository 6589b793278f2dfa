"""A series of sessions that somebody may come to: a group, or one to one with somebody who has the hours for it.

Plain values: what plans, leads and registers a series is elsewhere. Somebody begins with the first session that they can be told
of in time, if people may still join at it; what was before that is not made up here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from typing import NamedTuple

from cases.reference.codes import Titled
from cases.rules.hours import DAYS
from cases.rules.words import listed
from grid.rules.free_slots import PartOfDay, minute_of, part_of
from staff.rules.dates import say_time

SATURDAY = 5


class TimeOfWeek(Titled):
    """As staff speak of what somebody in work can come to."""

    DAYTIME = "daytime", "Daytime"
    EVENING = "evening", "Evening"
    WEEKEND = "weekend", "Weekend"


class Session(NamedTuple):
    """In order of time."""

    on: date
    from_at: time
    to_at: time

    @property
    def start(self) -> int:
        """In minutes after midnight."""
        return minute_of(self.from_at)

    @property
    def end(self) -> int:
        return minute_of(self.to_at)


@dataclass(frozen=True, slots=True)
class Series:
    pk: int
    code: str  # of the intervention
    place: int
    site: str  # the name of the place
    sessions: tuple[Session, ...]  # every one, in order; at least one
    left: int  # places that nobody has
    joins_until: int = (
        1  # the number of the last session at which somebody may join; 1: the first alone
    )
    women_only: bool = False
    cases: frozenset[int] = frozenset()  # of those who have a place

    def sessions_from(self, earliest: date) -> tuple[Session, ...]:
        """Those that somebody would have who can begin on that day or later; none where they cannot join any more."""
        for number, one in enumerate(self.sessions[: self.joins_until]):
            if one.on >= earliest:
                return self.sessions[number:]
        return ()

    def with_a_place(self, case: int) -> "Series":
        """The same, when one more has a place in it."""
        return replace(self, left=self.left - 1, cases=self.cases | {case})


def time_of_week(weekday: int, part: PartOfDay) -> TimeOfWeek:
    if weekday >= SATURDAY:
        return TimeOfWeek.WEEKEND
    return TimeOfWeek.EVENING if part is PartOfDay.EVENING else TimeOfWeek.DAYTIME


def times_of_week(sessions: Iterable[Session]) -> set[TimeOfWeek]:
    """Those at which it runs."""
    return {time_of_week(one.on.weekday(), part_of(one.start)) for one in sessions}


def say_times(sessions: Iterable[Session]) -> str:
    """ "Tuesdays and Thursdays, 6pm to 8pm"; each other time after it, where they differ."""
    days: dict[tuple[time, time], set[int]] = {}
    for one in sessions:
        days.setdefault((one.from_at, one.to_at), set()).add(one.on.weekday())
    return "; ".join(
        f"{listed(f'{DAYS[day]}s' for day in sorted(on))}, {say_time(from_at)} to {say_time(to_at)}"
        for (from_at, to_at), on in days.items()
    )
