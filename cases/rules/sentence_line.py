"""A sentence as a line from its start to its end: its parts, where today is, and how that is said.

Sources: Criminal Justice Act 2003 (community and suspended sentence orders, release on licence);
Offender Rehabilitation Act 2014 (post-sentence supervision). Dates are nDelius's own.
"""

from dataclasses import dataclass
from datetime import date

from cases.reference.codes import Order
from cases.rules.words import counted
from staff.rules.dates import say_date

WEEK = 7  # days
IN_CUSTODY_FIRST = frozenset({Order.CUSTODY, Order.CUSTODY_PSS})


@dataclass(frozen=True)
class Dates:
    """The dates of one sentence; None where they are not recorded."""

    order: str
    started_on: date | None = None
    expected_end_on: date | None = None
    supervision_end_on: date | None = None
    operational_end_on: date | None = None
    released_on: date | None = None
    expected_release_on: date | None = None
    licence_end_on: date | None = None
    pss_end_on: date | None = None


@dataclass(frozen=True)
class Phase:
    """One part of a sentence. From its first day to its last."""

    name: str
    from_on: date
    to_on: date

    def holds(self, day):
        return self.from_on <= day <= self.to_on


@dataclass(frozen=True)
class Course:
    """The whole line. `words` say where it stands; `phases` are empty when it cannot be drawn."""

    phases: tuple[Phase, ...]
    words: str

    @property
    def start(self):
        return self.phases[0].from_on

    @property
    def end(self):
        return self.phases[-1].to_on

    def along(self, day, length):
        """How far along a line of this length the day is, kept within it."""
        days = max((self.end - self.start).days, 1)
        return max(0, min(length, round(length * (day - self.start).days / days)))


def course_of(dates, today):
    """The parts of the sentence in order, and where today stands among them."""
    if not dates.started_on:
        return Course((), "Start date not recorded")
    phases = _in_order(_stages(dates), dates.started_on)
    if not phases:
        return Course((), f"Started {say_date(dates.started_on)}; end date not recorded")
    return Course(phases, _words(phases, today))


def _stages(dates):
    """(name, last day) of each part, in order."""
    if dates.order in IN_CUSTODY_FIRST:
        return [
            ("Custody", dates.released_on or dates.expected_release_on),
            ("Licence", dates.licence_end_on),
            ("Post-sentence supervision", dates.pss_end_on),
        ]
    if dates.order == Order.SUSPENDED:
        return [
            ("Supervision period", dates.supervision_end_on or dates.expected_end_on),
            ("Operational period", dates.operational_end_on),
        ]
    return [("Order", dates.expected_end_on)]


def _in_order(stages, start):
    """The parts whose end is known and comes after the part before; the rest cannot be drawn."""
    phases: list[Phase] = []
    for name, last in stages:
        if last and (last > start or (last == start and not phases)):
            phases.append(Phase(name, start, last))
            start = last
    return tuple(phases)


def _words(phases, today):
    start, end = phases[0].from_on, phases[-1].to_on
    if today < start:
        return f"Starts {say_date(start)}"
    if today > end:
        return f"Past its end date, {say_date(end)}, and not yet terminated"
    now = next(phase for phase in phases if phase.holds(today))
    weeks = max(1, round((now.to_on - now.from_on).days / WEEK))
    week = min(weeks, (today - now.from_on).days // WEEK + 1)
    left = (end - today).days
    return f"{now.name}: week {week} of {weeks}. {counted(left, 'day')} to the end"
