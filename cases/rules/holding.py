"""Who may hold a case, and whose it is at any moment.

Source: product rules, GRID ("until then the CRC officer owns it"), clocks (officer named), limited access; HMIP Thames
Valley CRC 2018, Annex 3 (who supervises).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.rules.interim import says_nothing
from staff.errors import RuleBroken
from staff.permissions import Role
from staff.rules.dates import say_date

MAY_HOLD = frozenset({Role.OFFICER})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who is to hold a case."""

    name: str
    role: Role
    active: bool
    left_on: date | None = None  # their last day, where they are leaving or have left
    shut_out: bool = False  # by the limits of the case
    barred: bool = False  # an order keeps the person from each office where they see people


@dataclass(frozen=True, slots=True)
class Considered:
    """What stood beside an officer when they were named. `warned`: key, sentence, and what was said to it, of each warning."""

    warned: tuple[dict[str, str], ...]
    points: int  # of the case
    percent_before: Decimal
    percent_after: Decimal
    compared: int  # officers who could have been named
    left_out: int  # and those who could not
    rules_version: int
    policy_version: int


def check_may_hold(one, today):
    """Refuse whoever holds no cases, has no account, has left, may not open this case, or whom an order keeps apart from it."""
    if one.role not in MAY_HOLD:
        raise RuleBroken(
            f"{one.name} cannot hold a case: their role is {one.role.title.lower()}. Choose a responsible officer."
        )
    if not one.active:
        raise RuleBroken(f"{one.name} has no open account. Choose somebody else.")
    if one.left_on and one.left_on < today:
        raise RuleBroken(
            f"{one.name}’s last day was {say_date(one.left_on)}. Choose somebody else."
        )
    if one.shut_out:
        raise RuleBroken(f"The limits on this case shut {one.name} out. Choose somebody else.")
    if one.barred:
        raise RuleBroken(
            f"Each office where {one.name} sees people is in an area that an order keeps this person from. Choose somebody "
            "else, or have them seen elsewhere first."
        )


def nobody_holds(*, officer_active, ours):
    """Whether a case of ours is the seniors' own. `officer_active`: None where no officer is named."""
    return ours and not officer_active


def check_nobody_holds(*, holder, officer_active, ours, offered):
    """Refuse to name an officer for a case that somebody holds, or that waits for somebody's answer."""
    if not ours:
        raise RuleBroken("We do not supervise them, so there is no officer of ours to name.")
    if offered:
        raise RuleBroken(
            "It is offered to somebody already. Take that back first, or wait for their answer."
        )
    if not nobody_holds(officer_active=officer_active, ours=ours):
        raise RuleBroken(f"{holder} holds this case. Offer it to another officer instead.")


def check_because(because):
    """What is asked once of whoever names an officer. Gives it trimmed."""
    if says_nothing(because):
        raise RuleBroken(
            "Say in a sentence why you name them: what they know, or how much they hold."
        )
    return because.strip()
