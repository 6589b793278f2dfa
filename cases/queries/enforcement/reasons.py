"""Letters that ask for the reason of an absence: whether one may be asked for, those there are, and what they move.

Rules: `cases.rules.enforcement.reasons`.
"""

from django.db.models import Min
from django.urls import reverse
from django.utils.timezone import localtime

from cases.queries.compliance import in_touch_since
from cases.queries.enforcement.letters import reason_letters_of, served_reason_on
from cases.reference.appointments import Called, Decided, Enforces
from cases.reference.enforcement import LetterState
from cases.rules.compliance import reason_until
from cases.rules.enforcement.reasons import Asking, letter_owed_from, why_not_asked
from staff.kit import Link


def asking_of(appointment, decision, today, extra=frozenset()):
    """`Asking` as things stand. `extra`: bank holidays of the policy on clocks."""
    case = appointment.contact.case
    served = served_reason_on(appointment)
    return Asking(
        decided=decision.state != Decided.AWAITING,
        voluntary=appointment.enforces == Enforces.VOLUNTARY,
        asked=reason_letters_of(appointment).exclude(state=LetterState.CANCELLED).exists(),
        heard=decision.called == Called.SPOKE or in_touch_since(case, decision).exists(),
        until=reason_until(decision.happened_on, extra, served),
        today=today,
    )


def may_ask(appointment, decision, today, extra=frozenset()):
    """Whether the page of the decision offers to ask by letter."""
    if appointment.contact.case.left_as:
        return False
    return not why_not_asked(asking_of(appointment, decision, today, extra))


def warned_from(failure):
    """The day from which the letter of a warning about this failure is owed."""
    decision = failure.decision
    if decision is None or decision.decided_at is None:
        return letter_owed_from(aware_on=failure.became_aware_on)
    went = reason_letters_of(decision.appointment_id).filter(state=LetterState.SENT)
    sent_at = went.aggregate(at=Min("sent_at"))["at"]
    return letter_owed_from(
        aware_on=failure.became_aware_on,
        decided_on=localtime(decision.decided_at).date(),
        asked_on=localtime(sent_at).date() if sent_at else None,
    )


def letters_that_ask(appointment, crn):
    """Links to the letters that ask for its reason, for the page on which it is decided."""
    return [
        Link("See the letter that asks for the reason", reverse("letter", args=[crn, one.pk]))
        for one in reason_letters_of(appointment).exclude(state=LetterState.CANCELLED)
    ]
