"""What unpaid work is made of: kinds of requirement, of adjustment, of course; where hours stand.

Source: unpaid work reference 2, 3 and 4 (nDelius codes as published).
"""

from cases.reference.codes import Titled

UNPAID_WORK_TYPE = (
    "UPWA"  # our own code of an attendance at unpaid work; no list we hold names nDelius's
)
INDUCTION_TYPE = "DC03"  # unpaid work induction, group

# Requirement types as nDelius publishes them: what is to be worked, and a longer time to work it in
ORDERED = frozenset({"W", "W0"})
AT_ONCE = "W0"
EXTENDED = frozenset({"W1"})
SUBTYPES_AT_ONCE, SUBTYPES_ADDED = frozenset({"W06"}), frozenset({"W03"})
SUSPENDED_REGISTER = "UPWS"
TRAVEL_ALLOWED = ("K", "K09")  # type and subtype of the circumstance that travel time is allowed


class Runs(Titled):
    """How a requirement stands to another of the same person."""

    REGULAR = "regular", "By itself"
    CONCURRENT = "concurrent", "At the same time as another"
    CONSECUTIVE = "consecutive", "After another"
    ADDITIONAL = "additional", "Added by a court for a breach"


class WorkState(Titled):
    OPEN = "open", "To be worked"
    SUSPENDED = "suspended", "Suspended"
    COMPLETED = "completed", "All hours worked"
    ENDED = "ended", "Ended before all hours were worked"


OVER = frozenset({WorkState.COMPLETED, WorkState.ENDED})

WORK_MAY_BECOME = {
    WorkState.OPEN: {WorkState.SUSPENDED, WorkState.COMPLETED, WorkState.ENDED},
    WorkState.SUSPENDED: {WorkState.OPEN, WorkState.ENDED},
    WorkState.COMPLETED: {WorkState.OPEN},  # an adjustment or a correction gave hours back
    WorkState.ENDED: {WorkState.OPEN},  # the record brought in says that it runs again
}


class Adjusts(Titled):
    """Why minutes are added or taken away besides what a register says. Positive: credited."""

    TRAVEL = "travel", "Travel time that is allowed"
    COURT_ADDED = "court_added", "Hours added by a court"
    COURT_TAKEN = "court_taken", "Hours taken away by a court"
    ELSEWHERE = "elsewhere", "Worked with another provider"
    ERROR = "error", "A mistake put right"


CHANGES_ORDERED = frozenset({Adjusts.COURT_ADDED, Adjusts.COURT_TAKEN})
LONGEST_TRAVEL = 180  # minutes an entry. Source: unpaid work reference 2


class CourseState(Titled):
    WAITING = "waiting", "Waiting for a decision"
    CREDITED = "credited", "Credited"
    REFUSED = "refused", "Not credited"


class ReviewPoint(Titled):
    THIRD = "third", "A third of the hours worked"
    HALF = "half", "Half of the hours worked"
    END = "end", "All hours worked"
