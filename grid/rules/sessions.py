"""One session of a group: its day, from when to when by the clock in London, and what it would meet.

Source: product rules, groups (no room, leader or member is in two places). Local policy: the hours in which a group may
be held. They also keep every session clear of the hour of the night that the clocks leave out or have twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from grid.rules.free_slots import minute_of
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time

LONDON = ZoneInfo("Europe/London")
EARLIEST, LATEST = time(7), time(22)  # none begins before the one or ends after the other


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time that is taken, up to the moment at which it ends: what ends at 3pm leaves 3pm free.

    Both moments have their zone. `what`: what it is taken by, for whoever may read it.
    """

    starts_at: datetime
    ends_at: datetime
    what: str = ""

    def overlaps(self, other: "Stretch") -> bool:
        # Two local times of one zone are compared by what the clock shows, which goes back in October
        return _moment(self.starts_at) < _moment(other.ends_at) and _moment(
            other.starts_at
        ) < _moment(self.ends_at)

    @property
    def minutes(self) -> int:
        return int((_moment(self.ends_at) - _moment(self.starts_at)).total_seconds()) // 60


@dataclass(frozen=True, slots=True)
class Session:
    """One session. `number`: which of the series it is, from 1; each builds on those before it."""

    number: int
    on: date
    from_at: time
    minutes: int

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.on, self.from_at, LONDON)

    @property
    def ends_at(self) -> datetime:
        return (_moment(self.starts_at) + timedelta(minutes=self.minutes)).astimezone(LONDON)

    @property
    def to_at(self) -> time:
        """By the clock in London, as `from_at`."""
        return self.ends_at.time()

    @property
    def start(self) -> int:
        """In minutes after midnight."""
        return minute_of(self.from_at)

    @property
    def end(self) -> int:
        return self.start + self.minutes

    @property
    def stretch(self) -> Stretch:
        return Stretch(self.starts_at, self.ends_at, str(self))

    def has_begun(self, now: datetime) -> bool:
        return self.starts_at <= now

    def __str__(self) -> str:
        return f"session {self.number} on {say_date(self.on)}"


def next_session(sessions: Iterable[Session], now: datetime) -> Session | None:
    """The first of these, in order, that has not begun; None once all have."""
    return next((one for one in sessions if not one.has_begun(now)), None)


def week_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def check_hours(from_at: time, minutes: int) -> None:
    """Refuse hours in which no group is held."""
    begins, earliest, latest = map(minute_of, (from_at, EARLIEST, LATEST))
    if minutes <= 0:
        raise RuleBroken("Say how many minutes a session lasts.")
    if begins < earliest or begins + minutes > latest:
        raise RuleBroken(
            f"A session is held between {say_time(EARLIEST)} and {say_time(LATEST)}. Look at the hour and at how long it lasts."
        )


def _moment(at: datetime) -> datetime:
    return at.astimezone(UTC)
