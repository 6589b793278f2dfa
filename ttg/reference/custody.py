"""Being in prison, and what is released from it by.

Sources: Through the Gate reference 2 and 6; Criminal Justice Act 2003 as amended by the Offender Rehabilitation Act 2014.
"""

from cases.reference.codes import Titled


class CustodyKind(Titled):
    SENTENCED = "sentenced", "Serving a sentence"
    RECALLED = "recalled", "Recalled from licence"
    REMANDED = "remanded", "On remand"


class ReleaseKind(Titled):
    """By what somebody leaves. The law of each is `ttg.rules.release_dates`."""

    HALF_WAY = "half_way", "Half way through the sentence"
    HDC = "hdc", "Home detention curfew"
    FIXED_RECALL = "fixed_recall", "End of a fixed-term recall"
    PAROLE = "parole", "Decision of the Parole Board"
    EXPIRY = "expiry", "End of the sentence"
    OTHER = "other", "Another decision"


class PlanKind(Titled):
    """Two reports on one stay in prison; a short sentence merges them. Source: Through the Gate reference 2, 7."""

    IMMEDIATE = "immediate", "Immediate needs"
    RELEASE = "release", "Before release"
    MERGED = "merged", "Immediate needs and release in one"


class PlanState(Titled):
    DRAFT = "draft", "Being written"
    SIGNED = "signed", "In force"
    REPLACED = "replaced", "Replaced by a later one"


class Agreed(Titled):
    """Whether the person agrees with their plan."""

    NOT_ASKED = "not_asked", "Not asked yet"
    AGREED = "agreed", "They agree"
    PARTLY = "partly", "They agree with part of it"
    REFUSED = "refused", "They do not agree, or would not take part"


class RiskAnswer(Titled):
    """What the officer says of each thing about risk that the prison's screening brought."""

    WAITING = "waiting", "Not read yet"
    ACCEPTED = "accepted", "Accepted"
    AMENDED = "amended", "Accepted as changed"
