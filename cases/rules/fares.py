"""Fares: how an amount is read and said, exact to the penny, and what is asked before one is given or taken back.

Source: local policy on what a fare is paid for; no limit of an amount is set anywhere.
"""

import re
from decimal import Decimal

from cases.reference.duty import FareKind
from cases.rules.interim import says_nothing
from cases.rules.words import counted
from staff.errors import RuleBroken

PENCE = Decimal(100)
MOST = 100_000  # pence; more than a thousand pounds is a slip of the pen
NUMBERED = frozenset({FareKind.TICKET, FareKind.VOUCHER})
WRITTEN = re.compile(r"£? ?([0-9][0-9,]{0,8}(?:\.[0-9]{1,2})?)")  # in pounds
AMOUNT = "Enter the amount in pounds and pence, for example 4.80."


def pence_of(text: str) -> int:
    """The pence that "4.80", "£4.80" or "4" means. Never a part of a penny."""
    found = WRITTEN.fullmatch(" ".join(text.split()))
    if found is None:
        raise RuleBroken(AMOUNT)
    return int(Decimal(found.group(1).replace(",", "")) * PENCE)


def say_pence(pence: int) -> str:
    """ "£4.80", "£1,204.00"."""
    return f"£{pence // 100:,}.{pence % 100:02}"


def check_fare(*, kind, pence, journey, voucher, signed_for):
    """Refuse a fare that could not be accounted for. Gives what is kept, trimmed."""
    if kind not in set(FareKind):
        raise RuleBroken("Say what they are given.")
    if not 0 < pence <= MOST:
        raise RuleBroken(f"Enter an amount from a penny to {say_pence(MOST)}.")
    if says_nothing(journey):
        raise RuleBroken("Say from where to where, so that the fare can be accounted for.")
    if kind == FareKind.VOUCHER and not voucher.strip():
        raise RuleBroken("Write the number of the voucher: it is how it is accounted for.")
    if not signed_for:
        raise RuleBroken("Have them sign for it before you hand it over.")
    return {
        "kind": FareKind(kind),
        "pence": pence,
        "journey": journey.strip(),
        "voucher": voucher.strip() if kind in NUMBERED else "",
        "signed_for": True,
    }


def check_again(*, today: list[int], same: list[int], again: bool):
    """Refuse a second fare of the day, or for the same appointment, unless it is given knowingly.

    `today`, `same`: pence of what stands of today and of that appointment.
    """
    if again or not (today or same):
        return
    raise RuleBroken(f"{say_given(today, same)} Tick that you give another all the same.")


def say_given(today: list[int], same: list[int]) -> str:
    """What they have been given already, where that is anything; else blank."""
    if same:
        return f"They were given {say_pence(sum(same))} for this appointment already."
    if today:
        return f"They were given {say_pence(sum(today))} today already, in {counted(len(today), 'fare')}."
    return ""


def check_taken_back(because):
    """Refuse to take a fare back without a reason. Gives the words trimmed."""
    if says_nothing(because):
        raise RuleBroken("Say why it is taken back, so that the money can be accounted for.")
    return because.strip()
