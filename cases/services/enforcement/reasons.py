"""Asking for the reason of an absence by letter, and no longer asking once it is decided or was recorded by mistake.

Rules: `cases.rules.enforcement.reasons`. The letter itself goes as every other does: `letters` and the rooms beside it.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import ComplianceDecision
from cases.queries.enforcement.letters import reason_letters_of, told_plainly
from cases.queries.enforcement.reasons import asking_of
from cases.reference.enforcement import LetterKind, LetterState
from cases.rules.enforcement.letter_words import ENGLISH, WELSH
from cases.rules.enforcement.reasons import check_asked
from cases.rules.leaving import check_still_here
from cases.services.checks import lock_case
from cases.services.enforcement.letters import ask_for_letter, cancel_letter, leave_returned
from cases.services.policy import clocks
from staff.errors import RuleBroken
from staff.rules.dates import say_date

NOT_OPEN = "It was put right that they missed it, so there is nothing to ask about it."
OVER = "What the absence comes to is decided, or it was recorded by mistake: nothing is asked any more."


@transaction.atomic
def ask_for_reason(*, decision, by, now):
    """Have the admin hub send a letter that asks why they did not come. Returns it.

    Its clock runs from becoming aware, as that of every first letter after a failure.
    """
    case, today = lock_case(decision.case), localtime(now).date()
    check_still_here(case.left_as)
    decision = (
        ComplianceDecision.objects.select_related("appointment__contact")
        .filter(pk=decision.pk)
        .first()
    )
    if decision is None:
        raise RuleBroken(NOT_OPEN)
    appointment, contact = decision.appointment, decision.appointment.contact
    contact.case = case
    check_asked(asking_of(appointment, decision, today, clocks(today).extra_bank_holidays))
    return ask_for_letter(
        case=case,
        kind=LetterKind.REASON,
        absence=appointment,
        words={
            "on_0": decision.happened_on.isoformat(),
            "what_0": told_plainly(appointment, ENGLISH),
            "what_0_cy": told_plainly(appointment, WELSH),
        },
        why=f"The officer asks why they did not come on {say_date(decision.happened_on)}",
        triggered_on=decision.became_aware_on,
        by=by,
        now=now,
    )


def stop_asking(appointment, *, by, now):
    """No letter asks any more: what has not gone is called off, what came back is left so. The case is held."""
    known = {"because": OVER, "by": by, "now": now}
    for one in reason_letters_of(appointment):
        if one.state in {LetterState.ASKED, LetterState.READY}:
            cancel_letter(letter=one, **known)
        elif one.state == LetterState.RETURNED and not (one.again_id or one.cancelled_because):
            leave_returned(letter=one, **known)
