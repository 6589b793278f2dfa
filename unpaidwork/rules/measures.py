"""Over which days is counted, what is known of each requirement and day, and how figures are added up.

Source: unpaid work reference 2, 9 and 10. What each measure counts: `unpaidwork.rules.measured`. Everything counted is a
`Unit`: one requirement, order, day or week of one person, once under each measure; the sum and the list behind it are
the same units.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from cases.rules.contact_figures import Window
from cases.rules.measures import share
from unpaidwork.reference.measures import MEASURES, Period
from unpaidwork.reference.sessions import Came
from unpaidwork.reference.work import CHANGES_ORDERED, ReviewPoint, WorkState
from unpaidwork.rules.hours import POINTS, Facts

VERSION = "1"
DAY = timedelta(days=1)
QUARTER = 3  # months
FEW = 10  # counted: below that no share is shown, because one person moves it


def window_of(period, today):
    """The whole days of this period, up to yesterday. Before its second day one that begins today holds none."""
    month = today.replace(day=1)
    quarter = month - relativedelta(months=(month.month - 1) % QUARTER)
    yesterday = today - DAY
    return {
        Period.YEAR: Window(today - relativedelta(years=1), yesterday),
        Period.QUARTER: Window(quarter, yesterday),
        Period.LAST_QUARTER: Window(quarter - relativedelta(months=QUARTER), quarter - DAY),
        Period.MONTH: Window(month, yesterday),
        Period.LAST_MONTH: Window(month - relativedelta(months=1), month - DAY),
    }[Period(period)]


def is_within(window, on):
    return on is not None and window.first <= on <= window.last


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing counted under a measure. `key` tells it from every other of the measure; `on` puts it in a period."""

    case: int
    key: str
    on: date
    met: bool
    words: str  # why it is met or not: dates and numbers, and nothing that anybody wrote


@dataclass(frozen=True, slots=True)
class Sum:
    met: int = 0
    counted: int = 0

    @property
    def share(self):
        """Per cent; None of fewer than FEW."""
        return share(self.met, self.counted) if self.counted >= FEW else None


def summed(units: Iterable[Unit]):
    found = list(units)
    return Sum(met=sum(one.met for one in found), counted=len(found))


def lowest(sums):
    """The measure with the lowest share, of those where more is better; None where none can be compared.

    Source: unpaid work reference 8 (judged by its lowest key question, and not by the mean).
    """
    shares = {
        code: one.share
        for code, one in sums.items()
        if one.share is not None and not MEASURES[code].fewer
    }
    return min(shares, key=shares.__getitem__) if shares else None


# What is known


@dataclass(frozen=True, slots=True)
class Requirement:
    """What is known of one requirement of unpaid work."""

    key: int
    case: int
    arrived_on: date
    sentenced_on: date
    state: WorkState
    completed_on: date | None = None
    ended_on: date | None = None  # before all hours were worked
    arranged_on: date | None = None  # when it first was, whenever that was for
    follows: bool = False  # another requirement is worked first
    begins_on: date | None = None  # the day after that one was worked; None: it waits still
    leader: int = 0  # what runs at the same time has one in common: its own key where nothing does
    weekly_minutes: int = 0  # offered, at least
    courses_count: bool = False
    courses_credited: int = 0
    hours: Facts | None = None  # None: finished too long ago to matter
    first_day: datetime | None = None  # when the first day on a project began, inductions aside
    looked_back: dict = field(default_factory=dict)  # {ReviewPoint: the day}

    @property
    def closed_on(self):
        return self.completed_on or self.ended_on

    @property
    def leads(self):
        return self.leader == self.key


@dataclass(frozen=True, slots=True)
class Order:
    """A community or suspended sentence order with unpaid work, which has ended."""

    key: int
    case: int
    ended_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Day:
    """One person on one session that is past."""

    key: int
    case: int
    leader: int
    starts_at: datetime
    on: date
    came: Came
    minutes: int = 0  # as it was booked
    induction: bool = False
    stood_down: bool = False  # by us, before they came
    called_off: bool = False
    they_asked: bool = False  # to have it called off
    missing: tuple[str, ...] = ()  # of what the register asks of a day worked to its end
    travel: str = ""

    @property
    def our_fault(self):
        return self.stood_down or self.came == Came.NO_WORK

    @property
    def worked(self):
        return self.came in (Came.LEFT, Came.SENT_HOME)


@dataclass(frozen=True, slots=True)
class Risk:
    key: int
    case: int
    signed_at: datetime
    on: date
    good_until: date
    missing: tuple[str, ...] = ()  # of their own words


@dataclass(frozen=True, slots=True)
class Flagged:
    """A flag or an order of which supervisors must be told, while it stood; and when somebody said what it means."""

    key: str
    case: int
    name: str
    from_on: date | None
    last: date | None = None  # its last day; None: it stands
    known_at: datetime | None = None  # None: as long as it stood
    said: tuple[tuple[datetime, date | None], ...] = ()  # written at, its last day
    rests_on: str = ""  # of an order: the key of the flag that only says there is one

    def stands(self, day):
        begun = self.from_on is None or self.from_on <= day.on
        known = self.known_at is None or self.known_at <= day.starts_at
        return begun and known and (self.last is None or day.on <= self.last)

    def is_told(self, day):
        return any(
            at <= day.starts_at and (last is None or day.on <= last) for at, last in self.said
        )


@dataclass(frozen=True)
class Known:
    """All that the measures are counted from."""

    requirements: tuple[Requirement, ...] = ()
    orders: tuple[Order, ...] = ()
    days: tuple[Day, ...] = ()
    risks: tuple[Risk, ...] = ()
    flags: tuple[Flagged, ...] = ()
    retained: frozenset = frozenset()  # cases that the NPS manages
    holidays: frozenset = frozenset()  # bank holidays beyond those the library knows
    lengths: dict = field(default_factory=dict)  # working days of each kind, by policy


# How far the hours had come on a day


@dataclass(frozen=True, slots=True)
class Step:
    """Where the hours stood at the end of a day on which something was entered."""

    on: date
    ordered: int
    credited: int
    ours: bool  # something was worked or learnt with us that day

    @property
    def left(self):
        return self.ordered - min(self.ordered, self.credited)


def steps_of(facts):
    """A `Step` of each day with an entry, in order; none where the hours ordered are not recorded."""
    if not facts.ordered:
        return []
    days: dict[date, list[int]] = {}
    for minutes, on, court, ours in _entered(facts):
        held = days.setdefault(on, [0, 0, 0])
        held[0 if court else 1] += minutes
        held[2] |= ours
    found, ordered, credited = [], facts.ordered, 0
    for on, (changed, minutes, ours) in sorted(days.items()):
        ordered, credited = ordered + changed, credited + minutes
        found.append(Step(on, max(0, ordered), max(0, credited), bool(ours)))
    return found


def _entered(facts):
    for one in facts.entries:
        yield one.minutes, one.on, one.reason in CHANGES_ORDERED, False
    for one in (*facts.attended, *facts.courses):
        yield one.minutes, one.on, False, True


def left_before(facts, steps, on):
    """Minutes left as this day began; None where the hours ordered are not recorded."""
    if not facts.ordered:
        return None
    place = bisect_left(steps, on, key=lambda one: one.on)
    return steps[place - 1].left if place else facts.ordered


def points_reached(steps):
    """{point: the day} at which looking back fell to be done: the furthest that a day of theirs with us took them to.

    One passed by on the same day, or by what a court or another provider changed, is not owed.
    """
    passed, found = set(), {}
    for step in steps:
        now = [
            point
            for point, part in POINTS.items()
            if step.ordered and step.credited * part >= step.ordered and point not in passed
        ]
        passed.update(now)
        if now and step.ours:
            found[ReviewPoint(now[-1])] = step.on
    return found
