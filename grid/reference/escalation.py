"""Where a risk put to the NPS stands.

Sources: product rules, GRID ("escalation is a case"), roles ("the NPS and courts do not sign in"); supervision reference 1.4
(contact codes of an escalation from a CRC to the NPS).
"""

from cases.reference.codes import Titled


class EscalationState(Titled):
    """Where a risk put to the NPS stands. Until a hand-over is accepted the case is ours."""

    OPENED = "opened", "To be discussed with a senior"
    DISCUSSED = "discussed", "Discussed: to be referred"
    NOT_REFERRED = "not_referred", "Not referred: the senior said why"
    REFERRED = "referred", "Referred to the NPS"
    ASKED = "asked", "The NPS asks for more"
    REJECTED = "rejected", "The NPS said no"
    CHALLENGED = "challenged", "Their answer is challenged"
    PLAN_CHANGED = "plan_changed", "Kept here, with a changed plan"
    ACCEPTED = "accepted", "The NPS takes it: to be handed over"
    HANDED_OVER = "handed_over", "Handed over to a named NPS officer"
    WITHDRAWN = "withdrawn", "Withdrawn by us"


NPS_ANSWERS = tuple(
    (one.value, one.title)
    for one in (EscalationState.ASKED, EscalationState.REJECTED, EscalationState.ACCEPTED)
)
