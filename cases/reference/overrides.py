"""Overrides: going ahead although a gate is shut, for a time, by somebody else's decision.

Source: product rules, override. Never for law or for a victim.
"""

from cases.reference.codes import Titled


class Act(Titled):
    """What a gate stands before."""

    ASSESSMENT = "assessment", "Sign the assessment"
    PLAN = "plan", "Sign the plan"
    ALLOCATION = "allocation", "Allocate to a work site"


class OverrideState(Titled):
    ASKED = "asked", "Waiting for a decision"
    APPROVED = "approved", "Approved, until it expires"
    REFUSED = "refused", "Refused"
    EXPIRED = "expired", "Expired, not closed"
    CLOSED = "closed", "Closed: what was missing is there"
    WITHDRAWN = "withdrawn", "Withdrawn"


OVERRIDE_OPEN = frozenset({OverrideState.ASKED, OverrideState.APPROVED, OverrideState.EXPIRED})
OPEN_ONCE_DECIDED = frozenset({OverrideState.APPROVED, OverrideState.EXPIRED})
ONCE_APPROVED = OPEN_ONCE_DECIDED | {OverrideState.CLOSED}

OVERRIDE_MAY_BECOME = {
    OverrideState.ASKED: {
        OverrideState.APPROVED,
        OverrideState.REFUSED,
        OverrideState.WITHDRAWN,
    },
    OverrideState.APPROVED: {OverrideState.EXPIRED, OverrideState.CLOSED},
    OverrideState.EXPIRED: {OverrideState.CLOSED},
    OverrideState.REFUSED: set(),
    OverrideState.CLOSED: set(),
    OverrideState.WITHDRAWN: set(),
}
