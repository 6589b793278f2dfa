"""What the register of a group says of somebody, and the outcome that is in the case.

Sources: supervision reference 1.5 (outcomes); product rules, failures (nothing is a failure until the officer decides; a
voluntary absence never is; what we could not offer is ours).
"""

from cases.reference.appointments import ACCEPTABLE_ABSENCES, MISSED, MISSED_VOLUNTARY
from cases.reference.codes import Titled


class Mark(Titled):
    TOOK_PART = "took_part", "Came and took part"
    DID_NOT_COMPLY = "did_not_comply", "Came, did not comply"
    SENT_HOME = "sent_home", "Sent home for their behaviour"
    SENT_HOME_BY_US = "sent_home_by_us", "Came, and we could not hold it for them"
    EXCUSED = "excused", "Absent with good reason"
    NOT_COME = "not_come", "Did not come"


CAME = frozenset({Mark.TOOK_PART, Mark.DID_NOT_COMPLY, Mark.SENT_HOME, Mark.SENT_HOME_BY_US})
TO_JUDGE = frozenset({Mark.DID_NOT_COMPLY, Mark.SENT_HOME})  # the officer decides by what is said
EXCUSES = tuple(code for code in ACCEPTABLE_ABSENCES if code != "AASD")  # not what we stood down
# The excused have the outcome that says why
OUTCOME_OF = {
    Mark.TOOK_PART: "ATTC",
    Mark.DID_NOT_COMPLY: "AFTC",
    Mark.SENT_HOME: "ATSH",
    Mark.SENT_HOME_BY_US: "ATSS",
    Mark.NOT_COME: MISSED,
}
OUTCOME_OF_VOLUNTARY = {
    Mark.TOOK_PART: "APPK",
    Mark.DID_NOT_COMPLY: "APPK",
    Mark.SENT_HOME: "APPK",
    Mark.SENT_HOME_BY_US: "ATSS",
    Mark.NOT_COME: MISSED_VOLUNTARY,
}
