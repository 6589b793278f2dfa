"""The dated sessions of a series: from its dose, first day and days of the week, round the days it cannot run.

Source: the provider's policy on interventions (dose). Local policy: nothing runs on a bank holiday, one session a day,
no more of them in a week (Monday to Sunday) than the dose says.
"""

from calendar import day_name
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from cases.rules.calendar import bank_holidays
from cases.rules.words import counted
from grid.rules.intervention_policy import Dose
from grid.rules.sessions import Session, check_hours, week_of
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time

ONE_DAY = timedelta(days=1)
LONGEST = timedelta(weeks=104)  # from the first day: beyond that the days of the week are wrong
NO_DAYS: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Weekly:
    """A day of the week (0 is Monday) and the hour at which a session begins on it."""

    weekday: int
    from_at: time

    def __str__(self) -> str:
        return f"{day_name[self.weekday]}s at {say_time(self.from_at)}"


@dataclass(frozen=True, slots=True)
class Shut:
    """Days on which a series cannot run, both included. `why`: "the office is shut", "nobody can lead"."""

    from_on: date
    to_on: date
    why: str


@dataclass(frozen=True, slots=True)
class Closures:
    """Every day on which a series cannot run. `extra`: bank holidays that the library does not know of."""

    shut: tuple[Shut, ...] = ()
    extra: frozenset[date] = NO_DAYS

    def why(self, day: date) -> str:
        """Why it cannot run that day; blank where it can."""
        if day in bank_holidays(day.year) or day in self.extra:
            return "a bank holiday"
        return next((one.why for one in self.shut if one.from_on <= day <= one.to_on), "")


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A day on which a session would have fallen."""

    on: date
    why: str

    def __str__(self) -> str:
        return f"{say_date(self.on)}: {self.why}"


@dataclass(frozen=True, slots=True)
class Series:
    """A series as it stands: what is called off is no longer among its sessions, which are in order."""

    dose: Dose
    weekly: tuple[Weekly, ...]
    sessions: tuple[Session, ...]
    passed_over: tuple[PassedOver, ...] = field(default=())

    @property
    def first_on(self) -> date:
        return self.sessions[0].on

    @property
    def last_on(self) -> date:
        return self.sessions[-1].on

    @property
    def weeks(self) -> int:
        """From the week of the first session to that of the last, both counted."""
        return (week_of(self.last_on) - week_of(self.first_on)).days // 7 + 1

    def numbered(self, number: int) -> Session:
        """Refuses a number that no session has."""
        for one in self.sessions:
            if one.number == number:
                return one
        raise RuleBroken(f"This series has no session {number}.")


def plan(
    dose: Dose, first_on: date, weekly: tuple[Weekly, ...], closures: Closures, now: datetime
) -> Series:
    """The series from the first of its days of the week that is not before `first_on` and on which it can run.

    Refuses what is no pattern, a first session that has been, and one that would not be done within two years.
    """
    check_weekly(dose, weekly)
    found, passed_over = days_for(dose, weekly, closures, count=dose.sessions, from_on=first_on)
    series = Series(dose, weekly, in_order(dose, found), passed_over)
    if series.sessions[0].has_begun(now):
        raise RuleBroken(
            f"The first session would be on {say_date(series.first_on)} at "
            f"{say_time(series.sessions[0].from_at)}, which has been. Choose a later first day."
        )
    return series


def check_weekly(dose: Dose, weekly: tuple[Weekly, ...]) -> None:
    """Refuse days of the week on which this dose cannot be given."""
    if not weekly:
        raise RuleBroken("Choose at least one day of the week.")
    if len({one.weekday for one in weekly}) < len(weekly):
        raise RuleBroken("Choose each day of the week once: there is one session a day.")
    if len(weekly) > dose.a_week:
        raise RuleBroken(
            f"There {_are(dose.a_week)} at most {counted(dose.a_week, 'session')} a week, and "
            f"{len(weekly)} days were chosen. Take some out."
        )
    for one in weekly:
        check_hours(one.from_at, dose.minutes)


def days_for(
    dose: Dose,
    weekly: tuple[Weekly, ...],
    closures: Closures,
    *,
    count: int,
    from_on: date,
    taken: Iterable[date] = (),
) -> tuple[list[tuple[date, time]], tuple[PassedOver, ...]]:
    """The next days, `count` of them, on which it can run, and those passed over up to the last of them.

    `taken`: days of sessions that stand, which fill their weeks.
    """
    in_week: dict[date, int] = {}
    for day in taken:
        in_week[week_of(day)] = in_week.get(week_of(day), 0) + 1
    found: list[tuple[date, time]] = []
    passed_over = []
    for day, from_at in _falling(weekly, from_on):
        if len(found) == count:
            break
        if why := closures.why(day):
            passed_over.append(PassedOver(day, why))
        elif in_week.get(week_of(day), 0) < dose.a_week:
            in_week[week_of(day)] = in_week.get(week_of(day), 0) + 1
            found.append((day, from_at))
    if len(found) < count:
        raise RuleBroken(
            f"By {say_date(from_on + LONGEST)} only {len(found)} of {counted(count, 'session')} would "
            "have been held. Look at the days of the week and at what is shut."
        )
    return found, tuple(passed_over)


def in_order(dose: Dose, days: Iterable[tuple[date, time]]) -> tuple[Session, ...]:
    """Numbered from 1 by their days: what comes next in the series is done on the next day."""
    return tuple(
        Session(number, day, from_at, dose.minutes)
        for number, (day, from_at) in enumerate(sorted(days), start=1)
    )


def _falling(weekly: tuple[Weekly, ...], from_on: date) -> Iterator[tuple[date, time]]:
    """Every day from this one on, for as long as a series may last, that is one of these days of the week."""
    hours = {one.weekday: one.from_at for one in weekly}
    for number in range(LONGEST.days + 1):
        day = from_on + number * ONE_DAY
        if day.weekday() in hours:
            yield day, hours[day.weekday()]


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
