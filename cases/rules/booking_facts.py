"""What bears on when somebody may be booked: the person, the place, what is taken of whose time. Times are local.

How it is weighed: `cases.rules.booking`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from cases.reference.appointments import Interpreter
from cases.reference.codes import Sex

NONE: frozenset[date] = frozenset()  # bank holidays beyond those the library knows


@dataclass(frozen=True, slots=True)
class Busy:
    """Time that is taken. `timed`: False where a record gives the day alone."""

    starts_at: datetime
    ends_at: datetime
    what: str = ""
    timed: bool = True

    @property
    def on(self):
        return self.starts_at.date()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Days on which they have to be, or may be, somewhere else, both included. `court_at`: when they are in court; None:
    they were allowed to travel abroad."""

    from_on: date
    to_on: date
    court_at: time | None = None

    def is_on(self, day):
        return self.from_on <= day <= self.to_on


@dataclass(frozen=True, slots=True)
class Hours:
    """When a place takes appointments on a day of the week."""

    weekday: int
    from_at: time
    to_at: time
    women_only: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """The place asked for, with its hours; none of them where nobody has put them in."""

    name: str
    hours: tuple[Hours, ...] = ()
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Theirs:
    """What is known of the person and bears on when and how to see them."""

    sex: str = Sex.UNKNOWN
    gender_identity: str = ""
    needs_interpreter: bool | None = None
    language: str = ""
    custody: frozenset[str] = frozenset()  # custodial status of each current sentence
    institution: str = ""
    not_seen: str = ""  # why they cannot be seen as usual, and since when; blank: they can
    circumstances: tuple[str, ...] = ()  # each in a sentence


@dataclass(frozen=True, slots=True)
class Diary:
    """What is taken of the time of somebody who sees them. `part`: tells them from whoever else does."""

    part: str = "officer"
    name: str = "The officer"
    busy: tuple[Busy, ...] = ()
    away: tuple[tuple[date, date], ...] = ()  # both days included


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that decides what stands beside a date."""

    theirs: Theirs
    clash_minutes: int
    office: Office | None = None
    person: tuple[Busy, ...] = ()  # their other appointments
    staff: tuple[Diary, ...] = ()  # who sees them: the officer, and the second of a pair
    elsewhere: tuple[Elsewhere, ...] = ()
    apart: tuple[Busy, ...] = ()  # at the same place, of those they are kept apart from
    extra: frozenset[date] = NONE


@dataclass(frozen=True, slots=True)
class Slot:
    """The time asked for, local, and what bears on it."""

    starts_at: datetime
    minutes: int
    type_code: str = ""
    interpreter: str = field(default=Interpreter.NOT_NEEDED, kw_only=True)

    @property
    def ends_at(self):
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def on(self):
        return self.starts_at.date()
