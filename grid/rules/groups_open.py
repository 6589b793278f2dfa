"""A series of sessions that somebody may come to: a group, or one to one with somebody who has the hours for it.

Plain values: what plans, leads and registers a series is elsewhere. Somebody begins with the first session that they can be told
of in time and at which people may join. What was before that is made up for one to one while the series runs, or, where it is
rolling, in the next one: then nobody knows yet when they finish.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from cases.reference.codes import Titled
from cases.rules.hours import DAYS
from cases.rules.words import listed
from grid.reference.parts_of_day import PartOfDay
from grid.rules.free_slots import part_of
from grid.rules.sessions import Session, next_session
from staff.rules.dates import say_time

SATURDAY = 5
AT_THE_START = frozenset({1})


class TimeOfWeek(Titled):
    """As staff speak of what somebody in work can come to."""

    DAYTIME = "daytime", "Daytime"
    EVENING = "evening", "Evening"
    WEEKEND = "weekend", "Weekend"


@dataclass(frozen=True, slots=True)
class OpenSeries:
    """A series with whoever is in it, as somebody would join it. Cases are keys."""

    pk: int
    code: str  # of the intervention
    place: int
    site: str  # the name of the place
    sessions: tuple[Session, ...]  # every one, in order; at least one
    places: int
    members: frozenset[int] = frozenset()
    kept: frozenset[int] = frozenset()  # cases for which a place is kept
    women: frozenset[int] = frozenset()  # of all these, those who are women by sex or own account
    women_only: bool = False
    rolling: bool = False  # what somebody missed is made up for in the next series
    entries: frozenset[int] = AT_THE_START  # numbers of the sessions with which somebody may begin

    @property
    def last_on(self) -> date:
        return self.sessions[-1].on

    @property
    def there(self) -> frozenset[int]:
        return self.members | self.kept

    def places_left(self, case: int) -> int:
        """How many places there are for them, whether or not one of them is kept for them."""
        return self.places - len(self.there - {case})

    def sessions_from(self, earliest: date) -> tuple[Session, ...]:
        """Those that somebody would have who can begin on that day or later; none where they cannot join any more."""
        for place, one in enumerate(self.sessions):
            if one.number in self.entries and one.on >= earliest:
                return self.sessions[place:]
        return ()

    def next_entry(self, now: datetime) -> Session | None:
        """The next session with which somebody may begin; None where nobody can join any more."""
        return next_session((one for one in self.sessions if one.number in self.entries), now)

    def finishes_on(self, earliest: date) -> date | None:
        """The day on which somebody has finished who can begin on that day or later; None: not known, or they cannot join.

        Not known where they begin late and make up for what they missed in the next series: that has no days yet.
        """
        theirs = self.sessions_from(earliest)
        return theirs[-1].on if theirs and not self.finishes_later(theirs[0]) else None

    def finishes_later(self, begins: Session) -> bool:
        """Whether somebody who begins with this session finishes only in the next series."""
        return self.rolling and begins.number > self.sessions[0].number

    def for_whoever_had(self, had: frozenset[int]) -> "OpenSeries":
        """The same for somebody who has had these parts of it: the others alone, begun with the first of them after an entry.

        May be left without any session.
        """
        sessions = tuple(one for one in self.sessions if one.number not in had)
        numbers = [one.number for one in sessions]
        after = [[number for number in numbers if number >= entry] for entry in self.entries]
        entries = frozenset(min(theirs) for theirs in after if theirs) if had else self.entries
        return replace(self, sessions=sessions, entries=entries or self.entries)

    def with_a_place(self, case: int) -> "OpenSeries":
        """The same, when one more has a place in it."""
        return replace(self, members=self.members | {case})


def say_parts(numbers: Iterable[int]) -> str:
    """Sessions by their numbers, at least one: "session 2", "sessions 1 to 3 and 5"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = listed([f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs])
    return f"session{'s' if sum(map(len, runs)) > 1 else ''} {said}"


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
