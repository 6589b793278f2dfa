"""How a share is said beside the numbers it is of. Source: `cases.rules.counting` (below so many a share says nothing)."""

from cases.rules.counting import Sum


def said_share(found: Sum, few: int) -> str:
    """ "15%", rounded down; "Too few" of too few to say; "None" of nothing."""
    if not found.counted:
        return "None"
    return "Too few" if found.counted < few else f"{found.met * 100 // found.counted}%"
