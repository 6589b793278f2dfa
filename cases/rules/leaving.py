"""What may not be done once somebody has died, their case has ended or another provider has it.

Source: product rules, clocks (nothing is sent to somebody who has died, and nothing booked).
"""

from cases.reference.holding import LeftAs
from staff.errors import RuleBroken

REFUSED = {
    LeftAs.DIED: "They have died. Nothing is booked, sent or made for them any more.",
    LeftAs.ENDED: "Their case has ended here, so nothing is booked or sent.",
    LeftAs.ELSEWHERE: "Another provider has this case, so nothing is booked or sent from here.",
}


def check_still_here(left_as):
    """Refuse what would reach the person, or have them expected, when nobody supervises them here."""
    if left_as:
        raise RuleBroken(REFUSED[LeftAs(left_as)])


def check_not_died(left_as):
    """Refuse a paper that would be handed to the person. Whoever has left us may still be owed theirs."""
    if left_as == LeftAs.DIED:
        raise RuleBroken(REFUSED[LeftAs.DIED])
