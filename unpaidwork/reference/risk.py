"""The risk of somebody at unpaid work: where the assessment of it stands; allocations and what ends them.

Source: unpaid work reference 5; product rules, gates (allocate to a work site).
"""

from cases.reference.codes import Titled


class RiskState(Titled):
    DRAFT = "draft", "Being written"
    SIGNED = "signed", "Signed, in force"
    REPLACED = "replaced", "Replaced by a later one"


class AllocationState(Titled):
    ACTIVE = "active", "Active"
    SUSPENDED = "suspended", "Suspended"
    ENDED = "ended", "Ended"


ALLOCATION_MAY_BECOME = {
    AllocationState.ACTIVE: {AllocationState.SUSPENDED, AllocationState.ENDED},
    AllocationState.SUSPENDED: {AllocationState.ACTIVE, AllocationState.ENDED},
    AllocationState.ENDED: {AllocationState.ACTIVE},  # reopened, by the same gate
}


class Choice(Titled):
    """What a woman chose about whom she works with, once she was asked."""

    NOT_ASKED = "not_asked", "Not asked yet"
    WOMEN_ONLY = "women_only", "Women only"
    NOT_ALONE = "not_alone", "With men, if she is not the only woman"
    ANY = "any", "Any group"
