"""What may come in about a case, who says so, and what reading it comes to.

Source: product rules, raise now and information in; report 2.3 and 2.4 (call-outs and an attack that nobody
acted on).
"""

from cases.reference.codes import Titled


class InformationKind(Titled):
    CALL_OUT = "call_out", "Police call-out"
    ARREST = "arrest", "Arrest or charge"
    CHILD = "child", "Social worker or school, about a child"
    ADULT = "adult", "About an adult at risk"
    COURT = "court", "Request or order of a court"
    REPLY = "reply", "Further reply to an enquiry"
    HEALTH = "health", "Health, drugs or alcohol"
    SIGHTING = "sighting", "Seen where or with whom they should not be"
    OTHER = "other", "Something else"


class SaidBy(Titled):
    POLICE = "police", "Police"
    SOCIAL_CARE = "social_care", "Social care"
    COURT = "court", "Court or NPS"
    PRISON = "prison", "Prison"
    HEALTH = "health", "Health or treatment service"
    FAMILY = "family", "Family, partner or neighbour"
    PERSON = "person", "The person on probation"
    COLLEAGUE = "colleague", "A colleague"
    OTHER = "other", "Somebody else"


class Relation(Titled):
    """What somebody else whom information names did to, or is to, the person it is about."""

    ATTACKED = "attacked", "Attacked"
    ATTACKED_BY = "attacked_by", "Was attacked by"
    THREATENED = "threatened", "Threatened"
    THREATENED_BY = "threatened_by", "Was threatened by"
    WITH_VICTIM = "with_victim", "Is in a relationship with a victim of"
    VICTIM_WITH = "victim_with", "Has a victim who is in a relationship with"
    AT_ODDS = "at_odds", "Is in a dispute or a rival group with"
    PARTNER = "partner", "Is a partner or former partner of"
    LIVES_WITH = "lives_with", "Lives with"
    SEEN_WITH = "seen_with", "Was seen with"
    NAMED_WITH = "named_with", "Is named together with"


class ReadingState(Titled):
    UNREAD = "unread", "To be read"
    READ = "read", "Read"


class ReadAs(Titled):
    """What reading it came to. One of them must be said."""

    NOTHING = "nothing", "It changes nothing, because"
    RAISED = "raised", "Raised now"
    PLAN = "plan", "It calls for an action"


class RaiseKind(Titled):
    RISK = "risk", "The risk of serious harm"
    FLAG = "flag", "A flag"
    CONTACT = "contact", "How often the person is seen"


class Agreement(Titled):
    """Whether a senior probation officer has agreed an interim plan."""

    NOT_ASKED = "not_asked", "Not asked for"
    ASKED = "asked", "Waiting for the senior probation officer"
    AGREED = "agreed", "Agreed"
    RETURNED = "returned", "Returned to the officer"


class PlanEnd(Titled):
    """Why an interim plan ended."""

    ANSWERED = "answered", "Every enquiry it waited for is answered and analysed"
    REPLACED = "replaced", "A later plan took its place"
    NOT_OURS = "not_ours", "The case is no longer ours"
