"""What the record says of a requirement of unpaid work, as plain values: how long, how it runs, whether it stands.

Source: nDelius requirement types and subtypes as published; unpaid work reference 2.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from staff.rules.dates import say_date
from unpaidwork.reference.work import (
    AT_ONCE,
    SUBTYPES_ADDED,
    SUBTYPES_AT_ONCE,
    Runs,
    WorkState,
)
from unpaidwork.rules.hours import MONTHS

ENDED_BY_RECORD = "The requirement has ended"  # how each reason begins that came from the record
SUSPENDED_BY_REGISTER = "On the register of suspended unpaid work"
COMPLETED = re.compile(r"\bcomplet", re.IGNORECASE)
NOT_COMPLETED = re.compile(r"\b(?:not(?: \w+){0,2}|un|in)[ -]?complet", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recorded:
    """One requirement as the record has it."""

    key: int
    main_code: str
    began_on: date | None
    runs: bool  # it and its sentence
    sub_code: str = ""
    sub_name: str = ""
    length: int | None = None
    unit: str = ""
    completed: Decimal | None = None
    ended_on: date | None = None
    reason: str = ""
    extended_to: date | None = None
    suspended_on: date | None = None
    suspended: bool = False


def minutes_of(length, unit):
    """Minutes of a length in hours; nought where it is not recorded in hours."""
    in_hours = length is not None and unit.strip().lower().startswith("hour")
    return max(0, int(length * 60)) if in_hours else 0


def runs_as(one):
    """How it stands to another of the same person, by its type and subtype."""
    if one.main_code == AT_ONCE or one.sub_code in SUBTYPES_AT_ONCE:
        return Runs.CONCURRENT
    if "consecutive" in one.sub_name.lower():
        return Runs.CONSECUTIVE
    return Runs.ADDITIONAL if one.sub_code in SUBTYPES_ADDED else Runs.REGULAR


def beside(one, others):
    """The key of what it runs with or after: the earliest that runs by itself. None where there is none."""
    found = [
        other for other in others
        if other.key != one.key and other.runs and other.began_on
        and runs_as(other) in (Runs.REGULAR, Runs.ADDITIONAL)
    ]  # fmt: skip
    return min(found, key=lambda other: (other.began_on, other.key)).key if found else None


def extended_by(began_on, length, unit, expected_end_on):
    """Until when an order was extended, by a requirement that says so. None where it does not say."""
    if expected_end_on:
        return expected_end_on
    in_months = length is not None and unit.strip().lower().startswith("month")
    if not began_on or not in_months:
        return None
    return began_on + relativedelta(months=MONTHS + length, days=-1)


def stands_as(state, because, one):
    """(state, why) of the work after the record was read again. What staff decided stays unless the record ends it."""
    if not one.runs:
        return _ended(state, because, one)
    by_register = because.startswith(SUSPENDED_BY_REGISTER)
    if state == WorkState.ENDED and because.startswith(ENDED_BY_RECORD):
        state, because = WorkState.OPEN, ""
    if state == WorkState.OPEN and one.suspended:
        since = f" since {say_date(one.suspended_on)}" if one.suspended_on else ""
        return WorkState.SUSPENDED, f"{SUSPENDED_BY_REGISTER}{since}"
    if state == WorkState.SUSPENDED and by_register and not one.suspended:
        return WorkState.OPEN, ""
    return state, because


def _ended(state, because, one):
    if state not in (WorkState.OPEN, WorkState.SUSPENDED):
        return state, because
    if COMPLETED.search(one.reason) and not NOT_COMPLETED.search(one.reason):
        return WorkState.COMPLETED, ""
    on = f" on {say_date(one.ended_on)}" if one.ended_on else ""
    return WorkState.ENDED, f"{ENDED_BY_RECORD}{on}{f': {one.reason}' if one.reason else ''}"


def counted_twice(before, now, court):
    """Minutes of the court's changes in our ledger that the record's own length has come to hold as well.

    `before` and `now`: minutes ordered by the record; `court`: the sum of the court's changes in the ledger.
    """
    moved = now - before
    if not moved or not court or (moved > 0) != (court > 0):
        return 0
    return min(moved, court) if court > 0 else max(moved, court)
