"""Whether those who supervise a day fit somebody who must not be supervised by a woman, or by a man.

Source: unpaid work reference 5 (no female supervisor, no male supervisor; supervisor match). What staff do not state
is never guessed: it is said to whoever arranges the day, and decides nothing.
"""

from cases.rules.words import listed
from staff.reference import StatedSex
from unpaidwork.reference.dangers import Supervised

NOT_BY = {
    Supervised.NOT_WOMAN: (StatedSex.WOMAN, "a woman"),
    Supervised.NOT_MAN: (StatedSex.MAN, "a man"),
}


def unfit(supervised, staff):
    """Sentences of who may not supervise this person. `staff`: (name, what they state of themselves) of each."""
    for one, (sex, who) in NOT_BY.items():
        names = sorted(name for name, stated in staff if stated == sex)
        if one in supervised and names:
            yield (
                f"They must not be supervised by {who}, and {listed(names)} {_is(names)} down to supervise. Choose "
                "somebody else, or give them another day."
            )


def not_stated(supervised, staff):
    """Sentences of what nobody can tell of who supervises this person, for whoever arranges the day to see to."""
    names = sorted(name for name, stated in staff if stated not in (StatedSex.WOMAN, StatedSex.MAN))
    for one, (_, who) in NOT_BY.items():
        if one in supervised and names:
            yield (
                f"They must not be supervised by {who}. {listed(names)} {_has(names)} not stated whether they are: ask "
                "them, and see to it before the day."
            )


def _is(names):
    return "is" if len(names) == 1 else "are"


def _has(names):
    return "has" if len(names) == 1 else "have"
