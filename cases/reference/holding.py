"""How a case changes hands: among our own, to and from the NPS and other providers.

Source: product rules, roles ("the NPS and courts do not sign in: the hub records their decisions").
"""

from cases.reference.codes import Titled


class LeftAs(Titled):
    """Why nobody supervises somebody here any more, though an extract may still say that we do."""

    STILL_HERE = "", "Supervised as the record says"
    DIED = "died", "Died"
    ENDED = "ended", "Ended here"
    ELSEWHERE = "elsewhere", "Supervised by another provider"


# Clocks of a risk put to the NPS: while one of them runs, something is to be decided or done about it
WITH_THE_NPS = frozenset(
    {
        "escalate_risk",
        "discuss_escalation",
        "answer_escalation",
        "send_what_was_asked",
        "answer_rejection",
        "hand_over_to_nps",
    }
)


class TransferKind(Titled):
    OFFICER = "officer", "To another of our officers"
    NPS = "nps", "To the National Probation Service"
    PROVIDER = "provider", "To another provider"
    FROM_NPS = "from_nps", "From the National Probation Service"
    FROM_PROVIDER = "from_provider", "From another provider"


OUT_OF_HERE = frozenset({TransferKind.NPS, TransferKind.PROVIDER})
INTO_HERE = frozenset({TransferKind.FROM_NPS, TransferKind.FROM_PROVIDER})


class TransferState(Titled):
    OFFERED = "offered", "Offered, not yet answered"
    ACCEPTED = "accepted", "Accepted by a named officer"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Taken back"
