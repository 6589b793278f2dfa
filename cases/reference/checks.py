"""What may be asked of other agencies about a case, and the states an enquiry goes through.

Sources: report 2.1 to 2.4 (checks promised and never made); contact pairs SFGC/SFRR and C369/C515
of nDelius; clocks are local policy, seeded from cases/policy.
"""

from cases.reference.codes import Titled


class CheckKind(Titled):
    POLICE = "police", "Police: domestic abuse"
    CHILDREN = "children", "Children's social care"
    ADULTS = "adults", "Adult social care"
    COURT_TERMS = "court_terms", "Court order terms"
    ADDRESS = "address", "Address and occupants"
    PRISON = "prison", "Prison"
    OTHER_AREA = "other_area", "Other probation area or youth offending team"


class EnquiryState(Titled):
    DUE = "due", "To be sent"
    SENT = "sent", "Sent, awaiting reply"
    REPLIED = "replied", "Reply to be analysed"
    ANALYSED = "analysed", "Analysed"
    NOT_NEEDED = "not_needed", "Not needed"
    SUPERSEDED = "superseded", "Superseded"


OPEN_STATES = frozenset({EnquiryState.DUE, EnquiryState.SENT, EnquiryState.REPLIED})

MAY_BECOME = {
    EnquiryState.DUE: {EnquiryState.SENT, EnquiryState.NOT_NEEDED, EnquiryState.SUPERSEDED},
    EnquiryState.SENT: {EnquiryState.REPLIED, EnquiryState.SUPERSEDED},
    EnquiryState.REPLIED: {EnquiryState.ANALYSED, EnquiryState.SENT},
    EnquiryState.ANALYSED: {EnquiryState.SUPERSEDED},
    EnquiryState.NOT_NEEDED: {EnquiryState.DUE},
    EnquiryState.SUPERSEDED: set(),
}

# Besides, and only where its reply, or that of a later enquiry, was recorded wrongly
MAY_GO_BACK = {
    EnquiryState.REPLIED: {EnquiryState.REPLIED, EnquiryState.SENT},
    EnquiryState.ANALYSED: {EnquiryState.REPLIED, EnquiryState.SENT},
    EnquiryState.SUPERSEDED: {EnquiryState.ANALYSED},
}

# Steps in the history of an enquiry whose reply was recorded wrongly
REPLY_PUT_RIGHT = "put_right"  # before anybody had analysed it
REOPENED = "reopened"  # put right after it was analysed, so that it is to be analysed again
WHAT_STOOD = "what_stood"  # what was recorded and made of a reply, kept before it is taken off
TAKEN_OFF = "taken_off"  # it was no reply to this enquiry
STANDS_AGAIN = "stands_again"  # an earlier answer, its place no longer taken
HEARD_AGAIN = "heard_again"  # recorded after another reply was taken off, whatever day it came
# From then on a reply says what it did not say before
HEARD_ANEW = (REPLY_PUT_RIGHT, REOPENED, HEARD_AGAIN)
HEARD_AS = {REPLY_PUT_RIGHT: "put right", REOPENED: "put right", HEARD_AGAIN: "recorded"}
REPLY_GONE = ("sent", TAKEN_OFF)  # a reply from before is no more: asked again, or taken off
ASKED_ANEW = (REOPENED, TAKEN_OFF)  # from then on an enquiry that was closed is open


class Reply(Titled):
    NO_TRACE = "no_trace", "No trace"
    INFORMATION = "information", "Information"
    PARTIAL = "partial", "Partial"
    REFUSED = "refused", "Refused"


class SubjectKind(Titled):
    PERSON = "person", "Person on probation"
    PARTNER = "partner", "Partner or former partner"
    CHILD = "child", "Child"
    OTHER = "other", "Other person"
    ADDRESS = "address", "Address"


class Because(Titled):
    """What made an enquiry due. Source: product rules, checks."""

    START = "start", "Start of supervision"
    ASSESSMENT = "assessment", "Before the risk assessment is signed"
    HOME_VISIT = "home_visit", "Before a first home visit"
    NEW_CONCERN = "new_concern", "New domestic abuse, child or adult concern"
    NEW_PERSON = "new_person", "New partner, household member or child"
    NEW_ADDRESS = "new_address", "New address"
    CALL_OUT = "call_out", "Police call-out"
    UNPAID_WORK = "unpaid_work", "Before allocation to unpaid work"
    RELEASE = "release", "Before release"
    REFRESH = "refresh", "Refresh every six months on a flagged case"
    REVIEW = "review", "At review"
    UNANSWERED = "unanswered", "A concern with no answer in force and no interim plan"
    IMPORTED = "imported", "Imported case: no record in the extract"


# Said as the reason, instead of its title, where an agency was asked under a name or birth date they do not have now
PUT_RIGHT = "Their name or date of birth was put right"


class Changes(Titled):
    """What an analysed reply changed. One of them must be said."""

    RISK = "risk", "The risk of harm"
    FLAG = "flag", "A register or flag"
    PLAN = "plan", "The plan"
    CONTACT = "contact", "The contact level"
    NOTHING = "nothing", "Nothing, because"
