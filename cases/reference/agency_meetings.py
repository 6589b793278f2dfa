"""Meetings of several agencies about somebody: which, and how we took part.

Sources: supervision reference 3.3 (MARAC), 1.7 (registers); report 2.1, 3.3 (plans that did not know of a conference).
"""

from cases.reference.codes import Register, Titled


class AgencyMeetingKind(Titled):
    MARAC = "marac", "MARAC"
    MAPPA = "mappa", "MAPPA meeting"
    CONFERENCE = "conference", "Child protection conference"
    CORE_GROUP = "core_group", "Core group"
    IOM = "iom", "Integrated offender management meeting"


# The register that says there is such a meeting
REGISTER_OF = {
    AgencyMeetingKind.MARAC: Register.MARAC,
    AgencyMeetingKind.MAPPA: Register.MAPPA,
    AgencyMeetingKind.CONFERENCE: Register.CHILD_PROTECTION,
    AgencyMeetingKind.CORE_GROUP: Register.CHILD_PROTECTION,
    AgencyMeetingKind.IOM: Register.INTEGRATED_MANAGEMENT,
}


# What they decide is a plan for somebody; the others carry one out
MAKES_A_PLAN = frozenset(
    {AgencyMeetingKind.MARAC, AgencyMeetingKind.MAPPA, AgencyMeetingKind.CONFERENCE}
)


class TookPart(Titled):
    """How we were there. Blank: not said yet."""

    NOT_SAID = "", "Not said yet"
    WENT = "went", "One of us was there"
    SENT_WORDS = "sent_words", "Nobody went; our report was read"
    ABSENT = "absent", "Nobody went and nothing was sent"
    NOT_HELD = "not_held", "It was not held"
