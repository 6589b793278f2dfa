"""What an absence owes, and that it owes nothing any more where the outcome had been recorded by mistake.

Source: product rules, failures (an absence opens "awaiting decision"; became aware is stored apart from the
failure); contract AK (follow-up within five working days of a miss).
"""

from django.utils.timezone import localtime

from cases.models import ComplianceDecision, Deadline
from cases.rules.outcomes import Follows, follows
from cases.services.appointment_clocks import is_followed_up
from cases.services.deadlines import meet_deadline, open_deadline, run_from
from cases.services.enforcement.reasons import stop_asking
from staff.rules.dates import say_date

OWES = Follows(decision=True, call=True, offer=True).kinds
FROM_KNOWING = ("call_same_day", "decide_absence")  # counted from when we became aware
WHY = {
    "call_same_day": "They did not attend on {day}: are they safe?",
    "decide_absence": "What happened on {day} awaits your decision",
    "offer_again": "They did not attend on {day}",
}


def settle_absence(appointment, outcome, *, aware_on, by, now):
    """Owe what this outcome calls for, and nothing else. The case is held. `aware_on`: when we came to know of it."""
    contact, owed = appointment.contact, follows(outcome)
    happened_on, today = localtime(contact.started_at).date(), localtime(now).date()
    if owed.decision:
        _await_decision(appointment, happened_on, aware_on)
    else:
        ComplianceDecision.objects.awaiting().filter(appointment=appointment).delete()
        stop_asking(appointment, by=by, now=now)
    wanted = set(owed.kinds) - _done(appointment)
    if "offer_again" in wanted and is_followed_up(appointment, now):
        wanted.remove("offer_again")
    for kind in OWES:
        if kind in wanted:
            open_deadline(
                case=contact.case,
                kind=kind,
                triggered_on=aware_on if kind in FROM_KNOWING else happened_on,
                why=WHY[kind].format(day=say_date(happened_on)),
                by=by,
                today=today,
                appointment=appointment,
            )
            if kind in FROM_KNOWING:  # it runs already, where what was said is put right
                run_from(
                    case=contact.case,
                    kind=kind,
                    triggered_on=aware_on,
                    by=by,
                    today=today,
                    appointment=appointment,
                )
        else:
            stop(appointment, kind, by=by, today=today, void=True)


def stop(appointment, kind, *, by, today, void=False):
    """Stop one clock on this appointment, where it runs; whether it did."""
    return meet_deadline(
        case=appointment.contact.case,
        kind=kind,
        by=by,
        today=today,
        void=void,
        appointment=appointment,
    )


def _await_decision(appointment, happened_on, aware_on):
    case = appointment.contact.case
    said = {"case": case, "happened_on": happened_on, "became_aware_on": aware_on}
    ComplianceDecision.objects.update_or_create(appointment=appointment, defaults=said)


def _done(appointment):
    """What of it was done before: whoever was rung is not rung again because a slip was put right."""
    met = Deadline.objects.filter(appointment=appointment, met_on__isnull=False, void=False)
    return set(met.values_list("kind", flat=True))
