"""Which state of a referral and of a place in a series may follow which.

Source: product rules, groups; architecture, "status is an enum beside a table of what it may become".
"""

from grid.reference.groups import PlaceState, ReferralState
from staff.errors import RuleBroken

REFERRAL_MAY_BECOME = {
    ReferralState.PROPOSED: {ReferralState.ACCEPTED, ReferralState.DECLINED, ReferralState.LAPSED},
    ReferralState.ACCEPTED: {ReferralState.WITHDRAWN, ReferralState.DONE},
    ReferralState.DECLINED: set(),
    ReferralState.LAPSED: set(),
    ReferralState.WITHDRAWN: set(),
    ReferralState.DONE: set(),
}
PLACE_MAY_BECOME = {
    PlaceState.KEPT: {PlaceState.TAKEN, PlaceState.LET_GO},
    PlaceState.TAKEN: {PlaceState.LEFT, PlaceState.FINISHED},
    PlaceState.LET_GO: set(),
    PlaceState.LEFT: set(),
    PlaceState.FINISHED: set(),
}


def check_referral(state: ReferralState, to: ReferralState) -> None:
    """Refuse what cannot follow. The words are for whoever came second."""
    if to not in REFERRAL_MAY_BECOME[ReferralState(state)]:
        raise RuleBroken(f"This has been answered already: {ReferralState(state).title}.")


def check_place(state: PlaceState, to: PlaceState) -> None:
    """Refuse what cannot follow."""
    if to not in PLACE_MAY_BECOME[PlaceState(state)]:
        raise RuleBroken(f"This cannot be done with this place now: {PlaceState(state).title}.")
