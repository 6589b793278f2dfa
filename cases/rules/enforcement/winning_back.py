"""What a re-engagement plan must say while a breach or a recall runs: when they are next seen, and what we do to win them back.

Sources: report 2.3 (re-engagement after enforcement was good, and must stay so); product rules (contact never silently falls).
"""

from dataclasses import dataclass
from datetime import date

from cases.reference.codes import Titled
from cases.rules.calendar import add_working_days
from cases.rules.stock import is_stock
from staff.errors import RuleBroken
from staff.rules.dates import say_date


@dataclass(frozen=True, slots=True)
class Contact:
    """Contact with somebody whose breach runs: what the standard asks for, and what is booked."""

    booked_on: date | None  # the next appointment that stands
    standard_every: (
        int | None
    )  # days between contacts by their GRID group; None: they are not placed
    paused: bool = False  # at large, in custody, in hospital: recorded as standing still


def next_contact_by(begun_on: date, days: int, extra: frozenset[date] = frozenset()) -> date:
    """The last day for the next contact after a breach or recall has begun. `days`: working days, of the policy."""
    return add_working_days(begun_on, days, extra)


def last_day(by: date, today: date, extra: frozenset[date] = frozenset()) -> date:
    """The last day that is taken for it: that by which it had to be or, once that has passed, the next working day."""
    return by if by >= today else add_working_days(today, 1, extra)


def say_last_day(by: date, today: date, extra: frozenset[date] = frozenset()) -> str:
    """By when the next contact is to be, in a sentence or two; and that it is late where it is."""
    last = say_date(last_day(by, today, extra))
    if by >= today:
        return f"The next contact is to be by {last}."
    return f"The next contact was to be by {say_date(by)}, and is late. It is to be by {last}, the next working day."


def check_plan(
    *,
    what_we_do: str,
    next_on: date | None,
    cannot_be_seen: str,
    by: date,
    today: date,
    extra: frozenset[date] = frozenset(),
) -> None:
    """Refuse a plan without a next contact in time, or without what is done where there can be none."""
    if is_stock(what_we_do):
        raise RuleBroken("Say what you do to win them back: what kept them away, and what changes.")
    if next_on is None and is_stock(cannot_be_seen):
        raise RuleBroken(
            "Choose the next appointment, or say why they cannot be seen and what is done instead."
        )
    if next_on and next_on < today:
        raise RuleBroken("That appointment has passed. Choose one to come, or book it.")
    if next_on and next_on > last_day(by, today, extra):
        raise RuleBroken(
            f"{say_last_day(by, today, extra)} Book one sooner, or say why they cannot be seen and what is done instead."
        )


def falls(contact: Contact, today: date) -> str:
    """What is said where contact has fallen away while a breach runs; blank while it goes on, or they cannot be seen."""
    if contact.paused:
        return ""
    if contact.booked_on is None:
        return "Nothing is booked. A breach does not end contact: book the next appointment."
    if contact.standard_every and (contact.booked_on - today).days > contact.standard_every:
        return (
            f"The next appointment is on {say_date(contact.booked_on)}, later than the standard asks for. "
            "A breach does not lower contact: book one before."
        )
    return ""


class Kept(Titled):
    """What became of the contact that was agreed."""

    TO_COME = "to_come", "To come"
    UNSAID = "unsaid", "Nobody has said yet what came of it"
    CAME = "came", "They came"
    MISSED = "missed", "They did not come"
    CALLED_OFF = "called_off", "Called off"


@dataclass(frozen=True, slots=True)
class Agreed:
    """What stands between us and somebody falling out of sight. `on`, `kept`: of the contact, wherever it was moved to."""

    written_on: date
    by: date  # by when the contact had to be
    on: date | None = None  # None: they cannot be seen
    kept: Kept = Kept.TO_COME
    more_booked: bool = False  # something else of theirs is to come
    paused: bool = False
    back_on: date | None = None  # when a pause of theirs last ended


def owed_anew(agreed: Agreed) -> str:
    """Why the next contact must be agreed again, in a sentence; blank while what was agreed stands."""
    if agreed.paused:
        return ""
    if agreed.on is None:
        if agreed.back_on and agreed.back_on >= agreed.written_on:
            return (
                f"They can be seen again since {say_date(agreed.back_on)}, and no contact is agreed"
            )
        return ""
    day = say_date(agreed.on)
    match agreed.kept:
        case Kept.CALLED_OFF:
            return f"The contact agreed for {day} was called off"
        case Kept.MISSED:
            return f"They did not come on {day}"
        case Kept.CAME if not agreed.more_booked:
            return f"They came on {day}, and nothing is booked after it"
        case Kept.TO_COME if agreed.on > agreed.by:
            return f"The next contact was moved to {day}, later than it may be"
    return ""
