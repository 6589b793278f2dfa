"""The nDelius codes our rules branch on, each with the name staff know it by.

Sources: register types as published by the Ministry's teams (manage-supervisions, steel-thread);
order names as nDelius writes them; custodial status codes of community-api.
"""

from enum import StrEnum
from typing import Self


class Titled(StrEnum):
    """A code with the words staff use for it, kept beside it."""

    _words: str

    def __new__(cls, code: str, words: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member._words = words
        return member

    @property
    def title(self) -> str:  # type: ignore[override]  # the words for it, not the string in capitals
        return self._words

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(member.value, member.title) for member in cls]


class Rosh(Titled):
    """Risk of serious harm, as registered."""

    LOW = "RLRH", "Low"
    MEDIUM = "RMRH", "Medium"
    HIGH = "RHRH", "High"
    VERY_HIGH = "RVHR", "Very high"


ROSH_ORDER = {level: rank for rank, level in enumerate(Rosh)}  # the higher, the worse


class Register(Titled):
    """Registers our rules turn on."""

    DOMESTIC_ABUSE_PERPETRATOR = "ADVP", "Domestic abuse perpetrator"
    DOMESTIC_ABUSE_VICTIM = "ADVV", "Domestic abuse victim"
    DOMESTIC_ABUSE_HISTORY = "REG30", "Domestic abuse history"
    MARAC = "IMAR", "MARAC"
    CHILD_CONCERNS = "RCCO", "Child concerns"
    CHILD_PROTECTION = "RCPR", "Child protection"
    RISK_TO_CHILDREN = "RCHD", "Risk to children"
    ADULT_AT_RISK = "RVAD", "Adult at risk"
    RISK_TO_ADULT_AT_RISK = "REG22", "Risk to an adult at risk"
    RISK_TO_KNOWN_ADULT = "REG15", "Risk to a known adult"
    RISK_TO_PUBLIC = "REG17", "Risk to the public"
    RISK_TO_STAFF = "AV2S", "Risk to staff"
    WEAPONS = "WEAP", "Weapons"
    STREET_GANGS = "STRG", "Street gangs"
    ORGANISED_CRIME = "REG26", "Organised crime"
    MAPPA = "MAPP", "MAPPA"
    INTEGRATED_MANAGEMENT = "IIOM", "Integrated offender management"
    RESTRAINING_ORDER = "RSTO", "Restraining order"
    SELF_HARM = "ALSH", "Suicide or self-harm"
    SEX_OFFENDER = "ARSO", "Registered sex offender"
    VICTIM_CONTACT = "INVI", "Victim contact"
    WARRANT = "WRSM", "Warrant or summons"


# Current domestic abuse, a child or a named victim, whatever part the person plays in it
CONCERNS = frozenset(
    {
        Register.DOMESTIC_ABUSE_PERPETRATOR,
        Register.DOMESTIC_ABUSE_VICTIM,
        Register.MARAC,
        Register.CHILD_CONCERNS,
        Register.CHILD_PROTECTION,
        Register.RISK_TO_CHILDREN,
        Register.RESTRAINING_ORDER,
        Register.VICTIM_CONTACT,
    }
)


class MappaLevel(Titled):
    NOMINAL = "M0", "Nominal, level to be decided"
    ONE = "M1", "Level 1"
    TWO = "M2", "Level 2"
    THREE = "M3", "Level 3"


class Part(Titled):
    """What part the person plays in what a register is about."""

    SOURCE = "source", "Source of harm"
    AT_RISK = "at_risk", "At risk"
    PARENT = "parent", "Parent or other"
    NOT_RECORDED = "not_recorded", "Part not recorded"


class Sex(Titled):
    """As OGRS3 needs it; anything else keeps the words given and cannot be scored."""

    MALE = "M", "Male"
    FEMALE = "F", "Female"
    UNKNOWN = "N", "Not known"


class Given(Titled):
    """Why an answer about the person is not there. The three are different facts."""

    NOT_ASKED = "not_asked", "Not asked"
    NOT_STATED = "not_stated", "Prefers not to say"
    UNKNOWN = "unknown", "Not known"


class Order(Titled):
    """Kinds of sentence by how they are supervised. Source: supervision of sentences in 2018."""

    COMMUNITY = "community", "Community order"
    SUSPENDED = "suspended", "Suspended sentence order"
    CUSTODY_PSS = "custody_pss", "Custody, then licence and post-sentence supervision"
    CUSTODY = "custody", "Custody, then licence"
    DEFAULT_ORDER = "default_order", "Supervision default order"
    OTHER = "other", "Other sentence"


class CustodyStatus(Titled):
    NONE = "", "Not in custody"
    IN_CUSTODY = "D", "In custody"
    SENTENCED = "A", "Sentenced, in custody"
    ON_LICENCE = "B", "Released on licence"
    RECALLED = "C", "Recalled"
    POST_SENTENCE = "P", "Post-sentence supervision"
    TERMINATED = "T", "Terminated"
    AUTO_TERMINATED = "AT", "Auto terminated"


HELD = frozenset({CustodyStatus.IN_CUSTODY, CustodyStatus.SENTENCED, CustodyStatus.RECALLED})


class CaseState(Titled):
    """Whether anybody supervises this person, and why not."""

    SUPERVISED = "supervised", "Active sentence"
    AWAITING_SENTENCE = "awaiting", "Awaiting sentence"
    NO_SENTENCE = "no_sentence", "No active sentence"
    CLOSED = "closed", "Closed: deleted in nDelius"


class Place(Titled):
    """Where placing a case came out. Source: product rules, GRID, order of decision."""

    GROUP = "group", "In a GRID group"
    ESCALATE = "escalate", "Risk escalation"
    CANNOT = "cannot", "Cannot place"
    RETAINED = "retained", "Managed by the NPS"
    NO_SENTENCE = "no_sentence", "No active sentence"


class ContactLevel(Titled):
    """How often somebody is to be seen. The lengths are local policy, in the GRID's policy."""

    MONTHLY = "monthly", "Monthly"
    FORTNIGHTLY = "fortnightly", "Fortnightly"
    WEEKLY_THEN_FORTNIGHTLY = "eased", "Weekly for 12 weeks, then fortnightly"
    WEEKLY = "weekly", "Weekly"
    WEEKLY_FRONT_LOADED = "front_loaded", "Weekly, with a second contact in the first 60 days"


CONTACT_ORDER = {level: rank for rank, level in enumerate(ContactLevel)}  # the higher, the oftener


class Capacity(Titled):
    """In what capacity somebody other than the responsible officer works on a case."""

    COVER = "cover", "Covering officer"
    DUTY = "duty", "Duty officer"
    UNPAID_WORK = "unpaid_work", "Unpaid work"
    GROUP = "group", "Group facilitator"
    RESETTLEMENT = "resettlement", "Through the Gate"
    MENTOR = "mentor", "Mentor"
    GATE = "gate", "Asked to meet them at the gate"
    RECEIVING = "receiving", "Offered the case"
    CARETAKER = "caretaker", "Seeing them until it is accepted"


TO_READ = (
    Capacity.DUTY,
    Capacity.RECEIVING,
)  # it brings a case as near as one of the team, and no nearer. That of a meeting at the gate brings the meeting alone


class Sharing(Titled):
    """Whether what is recorded may be shared with the person it is about."""

    YES = "yes", "May be shared with the person"
    NO = "no", "Not to be shared with the person"
    ASK = "ask", "From a third party: ask them first"
