"""What an appointment is, what it enforces, what came of it, and what follows from that.

Sources: nDelius contact types and outcomes as published (supervision reference 1.4 and 1.5); product rules,
failures ("every appointment names the requirement or condition it enforces, or is voluntary").
"""

from dataclasses import dataclass

from cases.reference.codes import Titled


class Where(Titled):
    """How they meet."""

    OFFICE = "office", "At one of our offices"
    HOME = "home", "At their home"
    ELSEWHERE = "elsewhere", "Somewhere else"
    TELEPHONE = "telephone", "By telephone"
    VIDEO = "video", "By video"


FACE_TO_FACE = frozenset({Where.OFFICE, Where.HOME, Where.ELSEWHERE, Where.VIDEO})


@dataclass(frozen=True, slots=True)
class AppointmentType:
    """A type of contact that is an appointment. `says`: how a letter or a text names it."""

    code: str
    title: str
    says: str
    where: Where
    national_standard: bool  # counts towards the contact that the standard asks for


TYPES = {
    one.code: one
    for one in (
        AppointmentType("COAP", "Office visit", "appointment", Where.OFFICE, True),
        AppointmentType("COAI", "First appointment, in office", "first appointment", Where.OFFICE, True),
        AppointmentType("COPT", "Telephone appointment", "telephone appointment", Where.TELEPHONE, True),
        AppointmentType("COVC", "Video appointment", "video appointment", Where.VIDEO, True),
        AppointmentType("COOO", "Appointment somewhere else", "appointment", Where.ELSEWHERE, True),
        AppointmentType("CHVS", "Home visit", "visit at home", Where.HOME, True),
        AppointmentType("C084", "Three-way meeting", "meeting", Where.OFFICE, True),
        AppointmentType("RARP", "Rehabilitation activity", "activity session", Where.OFFICE, False),
        AppointmentType("CPVS", "Prison visit", "visit", Where.ELSEWHERE, False),
        AppointmentType("C101", "Appointment with an agency", "appointment", Where.ELSEWHERE, False),
        AppointmentType("C444", "Other appointment", "appointment", Where.OFFICE, True),
    )
}  # fmt: skip
HOME_VISIT, OFFICE_VISIT, RAR_DAY = "CHVS", "COAP", "RARP"
# A session of a series of an intervention: in a group, and one to one
PROGRAMME_SESSION, PROGRAMME_ONE_TO_ONE = "APAT", "C107"
# Said by a register that others close: of unpaid work (an attendance, an induction in a group), and of interventions
BY_REGISTER = frozenset({"UPWA", "DC03", PROGRAMME_SESSION, PROGRAMME_ONE_TO_ONE})

# What of an extract counts as meeting face to face, beside our own types above
FACE_TO_FACE_CODES = frozenset(
    {code for code, one in TYPES.items() if one.where in FACE_TO_FACE}
    | {"CODC", "CODI", "APAT", "C107", "C314", "COUP", "C253"}
)
BY_TELEPHONE_CODES = frozenset({"COPT"})
HOME_VISIT_CODES = frozenset({HOME_VISIT, "C253"})  # ours, and as an extract writes it


class Enforces(Titled):
    """What the person must keep the appointment for. A voluntary absence is never a failure."""

    ORDER = "order", "The duty to keep in touch, under the order or licence"
    REQUIREMENT = "requirement", "A requirement of the order"
    CONDITION = "condition", "A condition of the licence or of post-sentence supervision"
    VOLUNTARY = "voluntary", "Nothing: it is voluntary"


class Interpreter(Titled):
    NOT_NEEDED = "not_needed", "Not needed"
    TO_BOOK = "to_book", "Needed, not booked yet"
    BOOKED = "booked", "Booked"


class ToldHow(Titled):
    """How the person was told of it: asked about again before an absence is called a failure."""

    NOT_YET = "not_yet", "Not told yet"
    IN_PERSON = "in_person", "In person"
    TELEPHONE = "telephone", "By telephone"
    TEXT = "text", "By text message"
    EMAIL = "email", "By e-mail"
    LETTER = "letter", "By letter"


class AskedBy(Titled):
    """Who asked for an appointment to be moved or called off."""

    PERSON = "person", "The person on probation"
    SERVICE = "service", "Us"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an appointment. None: it does not say.

    `awaits`: it is not a failure until the officer decides so.
    """

    code: str
    title: str
    attended: bool | None
    complied: bool | None
    hint: str = ""
    awaits: bool = False


OUTCOMES = {
    one.code: one
    for one in (
        Outcome("ATTC", "Attended and complied", True, True),
        Outcome("APPK", "Attended", True, None, "It was voluntary."),
        Outcome("AFTC", "Attended, did not comply", True, False, "You decide afterwards whether it is a failure.", awaits=True),
        Outcome("ATSH", "Attended, sent home for their behaviour", True, False, "You decide afterwards whether it is a failure.", awaits=True),
        Outcome("ATSS", "Attended, sent home by us", True, True, "We could not see them. It counts as attended."),
        Outcome("AFTA", "Did not attend", False, False, "Ring today and ask if they are safe. Nothing is a failure until you decide.", awaits=True),
        Outcome("ABNS", "Did not attend, voluntary", False, False, "Never a failure. Ring today and ask if they are safe."),
        Outcome("AAME", "Absent with good reason: health", False, True),
        Outcome("AAEM", "Absent with good reason: work", False, True),
        Outcome("AAFC", "Absent with good reason: family or childcare", False, True),
        Outcome("AARE", "Absent with good reason: faith", False, True),
        Outcome("AACL", "Absent with good reason: court or legal", False, True),
        Outcome("AARC", "Absent with good reason: in custody", False, True),
        Outcome("AAHO", "Absent with good reason: holiday that was agreed", False, True),
        Outcome("AASD", "Absent: stood down by us", False, True),
        Outcome("AAAA", "Absent with good reason: other", False, True),
        Outcome("RSOF", "Moved, they asked", False, True),
        Outcome("RSSR", "Moved, we asked", False, True),
        Outcome("AFDA", "Attended, what went wrong was acceptable", True, True, "Said by a decision."),
        Outcome("UAAB", "Absent without good reason", False, False, "Said by a decision."),
    )
}  # fmt: skip
MISSED, MISSED_VOLUNTARY, UNACCEPTABLE = "AFTA", "ABNS", "UAAB"
ACCEPTABLE_ABSENCES = ("AAME", "AAEM", "AAFC", "AARE", "AACL", "AARC", "AAHO", "AASD", "AAAA")
MOVED = {AskedBy.PERSON: "RSOF", AskedBy.SERVICE: "RSSR"}
NOT_OFFERED = frozenset({*MOVED.values(), "AASD", "CO40"})  # it no longer stood when its time came
ONLY_BY_DECISION = frozenset({"AFDA", "UAAB"})


class Decided(Titled):
    """What an appointment that went wrong came to. Only the officer decides."""

    AWAITING = "awaiting", "Awaiting decision"
    ACCEPTABLE = "acceptable", "Acceptable"
    FAILURE = "failure", "Failure to comply"


DECISION_MAY_BECOME = {
    Decided.AWAITING: {Decided.ACCEPTABLE, Decided.FAILURE},
    # Late proof: a failure may turn out to be acceptable
    Decided.FAILURE: {Decided.ACCEPTABLE},
    Decided.ACCEPTABLE: set(),
}


class Called(Titled):
    """What came of ringing somebody on the day they did not come."""

    SPOKE = "spoke", "Spoke to them"
    MESSAGE = "message", "Left a message that gives nothing away"
    NO_ANSWER = "no_answer", "No answer"
    NOT_SAFE = "not_safe", "Not safe to ring"
    NO_NUMBER = "no_number", "No number for them"


class Safe(Titled):
    """Whether they are safe, as asked on the telephone."""

    YES = "yes", "Yes, they are safe"
    NO = "no", "No, or somebody else is not"
    UNSURE = "unsure", "Could not tell"


class RarTheme(Titled):
    """What rehabilitation activity is about. Source: nDelius NSI types NPS001 to NPS011."""

    ACCOMMODATION = "NPS001", "Accommodation"
    THINKING = "NPS002", "Attitudes, thinking and behaviour"
    FAMILY = "NPS003", "Children and families"
    SUBSTANCES = "NPS004", "Drugs and alcohol"
    WORK = "NPS005", "Education, training and employment"
    FINANCE = "NPS006", "Finance, benefit and debt"
    MENTAL = "NPS007", "Mental health"
    PHYSICAL = "NPS008", "Physical health"
    RESTORATIVE = "NPS009", "Restorative justice"
    WOMEN = "NPS010", "Women"
    OTHER = "NPS011", "Other"


RAR = "F"  # main code of a rehabilitation activity requirement
UNPAID_WORK = frozenset({"W", "W1"})  # and of unpaid work
