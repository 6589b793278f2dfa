"""When work falls due, and who hears when it is late.

Sources: each kind's own, in cases.reference.deadlines; lengths and ladders of the kinds marked
"default" are local policy. The day of the trigger is day 0.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from cases.reference.deadlines import KINDS, Unit
from cases.rules.calendar import add_working_days, latest_start, working_days_between
from staff.permissions import Role

NONE: frozenset[date] = frozenset()  # bank holidays beyond those the library knows

# Whoever stands above the owner of the work: a flag climbs and never comes down
RANK = {Role.SPO: 1, Role.HEAD: 2}


def due_on(
    kind: str,
    triggered_on: date,
    lengths: Mapping[str, int] | None = None,
    extra: frozenset[date] = NONE,
) -> date:
    """The last day on which this kind of work is on time. `lengths` are the policy's, by kind."""
    rule = KINDS[kind]
    days = (lengths or {}).get(kind, rule.days)
    if rule.unit is Unit.DAYS:
        return triggered_on + timedelta(days=days)
    return add_working_days(triggered_on, days, extra)


def redated(
    kind: str, triggered_on: date, due: date, before: frozenset[date], now: frozenset[date]
) -> date:
    """The same deadline once the list of bank holidays has changed: as many working days as it had."""
    if KINDS[kind].unit is Unit.DAYS:
        return due
    days = working_days_between(triggered_on, due, before)
    return add_working_days(triggered_on, days, now)


def rank(role: str) -> int:
    return RANK.get(Role(role), 0)


def is_overdue(due: date, today: date) -> bool:
    """Once the last day on which it was on time has passed."""
    return due < today


def days_late(due: date, today: date, extra: frozenset[date] = NONE) -> int:
    """Working days since it was due; nought while it is on time, and over the weekend after."""
    return max(0, working_days_between(due, today, extra))


def rungs(kind: str, today: date, extra: frozenset[date] = NONE) -> list[tuple[Role, date]]:
    """Who is told of this kind, with the last due date of which they are told by now; lowest first."""
    return [(role, _due_by(days, today, extra)) for days, role in KINDS[kind].ladder]


def told(kind: str, due: date, today: date, extra: frozenset[date] = NONE) -> Role:
    """Who is told that this is late: its owner, or whoever stands on the highest rung reached."""
    reached = [role for role, latest in rungs(kind, today, extra) if due <= latest]
    return reached[-1] if reached else KINDS[kind].owner


def _due_by(days: int, today: date, extra: frozenset[date]) -> date:
    yesterday = today - timedelta(days=1)  # nothing is late on the day it is due
    return min(latest_start(days, today, extra), yesterday)
