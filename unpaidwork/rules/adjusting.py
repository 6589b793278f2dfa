"""What an entry of the ledger may say: its sign, by what it is made for, and how far it may go.

Source: unpaid work reference 2 (40 to 300 hours; nothing beyond what is left). Travel has its own rule, in `hours`.
"""

from staff.errors import RuleBroken
from unpaidwork.reference.work import Adjusts
from unpaidwork.rules.hours import MOST_ORDERED, say_minutes

ADDS = frozenset({Adjusts.COURT_ADDED, Adjusts.ELSEWHERE})
OFFERED = (Adjusts.COURT_ADDED, Adjusts.COURT_TAKEN, Adjusts.ELSEWHERE, Adjusts.ERROR)


def signed(reason, minutes, takes=False):
    """With its sign. Only a mistake may go either way: `takes` says that it takes away."""
    if reason == Adjusts.COURT_TAKEN or (reason == Adjusts.ERROR and takes):
        return -abs(minutes)
    return abs(minutes)


def check_adjustment(reason, minutes, found):
    """Refuse an entry that cannot be. `found`: the `Hours` as they stand before it."""
    if reason not in OFFERED:
        raise RuleBroken("Travel is credited with the session that it belongs to.")
    if not minutes:
        raise RuleBroken("Say how many hours or minutes.")
    if reason in ADDS and minutes < 0:
        raise RuleBroken("This adds hours. What takes hours away is another reason.")
    if reason == Adjusts.COURT_TAKEN and minutes > 0:
        raise RuleBroken("This takes hours away. What adds hours is another reason.")
    if not found.known:
        raise RuleBroken("First the length of the requirement must be on record, in hours.")
    if reason == Adjusts.COURT_ADDED and found.ordered + minutes > MOST_ORDERED:
        raise RuleBroken(
            f"A requirement holds {say_minutes(MOST_ORDERED)} at most, and this one {say_minutes(found.ordered)} already."
        )
    if reason == Adjusts.COURT_TAKEN and found.ordered + minutes < 0:
        raise RuleBroken(
            f"The court ordered {say_minutes(found.ordered)}. It cannot take more away."
        )
    if reason == Adjusts.COURT_TAKEN and found.ordered + minutes == 0:
        raise RuleBroken(
            "That leaves nothing of the requirement. If the court has ended it, it ends here once the record says so."
        )
    if reason in (Adjusts.ELSEWHERE, Adjusts.ERROR) and minutes > found.left:
        raise RuleBroken(
            f"{say_minutes(found.left)} are left to be worked. No more can be credited."
        )
    if reason == Adjusts.ERROR and minutes < 0 and -minutes > found.worked:
        raise RuleBroken(f"{say_minutes(found.worked)} are credited. No more can be taken back.")
