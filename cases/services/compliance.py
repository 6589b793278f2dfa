"""What an appointment that went wrong comes to: ringing them the same day, and deciding.

Rules: `cases.rules.compliance`. Source: product rules, failures.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import ComplianceDecision, Contact
from cases.queries.compliance import before_deciding
from cases.queries.recipients import owner_and_cover, told_at_once
from cases.reference.appointments import OUTCOMES, Called, Decided, Enforces, Safe
from cases.reference.contacts import CALL_TO_THEM, SOMETHING_ELSE, UNARRANGED
from cases.rules.compliance import NOT_RUNG, NOT_SURE, cautions, check_call, check_decision
from cases.rules.outcomes import check_notes, follows
from cases.services.absences import stop
from cases.services.enforcement.failures import open_failures, withdraw_failures_of
from cases.services.enforcement.reasons import stop_asking
from cases.services.outcomes import hold_appointment, put_outcome
from cases.services.policy import clocks
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date

CALL, DECIDE = "call_same_day", "decide_absence"


@transaction.atomic
def record_call(*, appointment, called, note, by, now, safe=""):
    """Keep what came of ringing somebody who did not come. Returns the line of the log.

    Every call is a line of its own; what the last of them came to stands with the decision. Where they are not
    safe, or nobody could tell, the seniors are told at once.
    """
    appointment, today = hold_appointment(appointment), localtime(now).date()
    contact = appointment.contact
    if not _was_rung_about(contact):
        raise RuleBroken(
            "They are rung about an appointment that they missed without our knowing why. There is no call owed "
            "on this one."
        )
    called, note = Called(called), note.strip()
    check_call(called, safe, note)
    check_notes(note)
    line = _write_call(appointment, called, safe, note, by=by, now=now)
    ComplianceDecision.objects.filter(appointment=appointment).update(
        called_at=now, called_by=by, called=called, safe=safe, call_note=note
    )
    stop(appointment, CALL, by=by, today=today)
    record(by=by, action="recorded_call", crn=contact.case.crn, appointment=appointment.pk)
    if safe in NOT_SURE:
        _tell_seniors(appointment, by=by, today=today, now=now)
    return line


@transaction.atomic
def decide(*, decision, to, because, by, now, reason="", not_waiting="", orders=(), excuse=""):
    """Say what it comes to: acceptable, or a failure to comply. Returns the decision.

    A failure is one of the order the appointment was under, and of each other order in `orders` (their keys); late
    proof withdraws them all, with what rests on them.

    `reason`: for an absence that is accepted, the outcome the log then says. `not_waiting`: why it is called a
    failure while they may still give a reason. `excuse`: the reason they gave, in their words. What stood against a failure is kept with it.
    """
    appointment, today = hold_appointment(decision.appointment), localtime(now).date()
    decision = ComplianceDecision.objects.select_for_update(no_key=True).get(pk=decision.pk)
    contact, to = appointment.contact, Decided(to)
    before = before_deciding(appointment, decision, today, clocks(today).extra_bank_holidays)
    stood_against = [one.code for one in cautions(before)]
    code = check_decision(
        state=decision.state,
        to=to,
        voluntary=appointment.enforces == Enforces.VOLUNTARY,
        outcome=contact.outcome_code,
        reason=reason,
        because=because,
        early="early" in stood_against,
        not_waiting=not_waiting,
    )
    _write(decision, to, because, stood_against, not_waiting, by=by, now=now)
    if to == Decided.FAILURE:
        known = {"appointment": appointment, "orders": orders, "excuse": excuse}
        open_failures(decision=decision, **known, by=by, now=now)
    else:
        withdraw_failures_of(decision=decision, by=by, now=now)
    stop_asking(appointment, by=by, now=now)
    put_outcome(contact, OUTCOMES[code])
    _settle(appointment, decision, stood_against, by=by, today=today, now=now)
    return decision


def _settle(appointment, decision, stood_against, *, by, today, now):
    """What waited for the decision waits no more; it is in the trail, and whoever holds the case hears of it."""
    stop(appointment, DECIDE, by=by, today=today)
    if decision.state == Decided.ACCEPTABLE:
        stop(appointment, CALL, by=by, today=today, void=True)
    known = {"appointment": appointment.pk, "to": str(decision.state)}
    crn = appointment.contact.case.crn
    record(by=by, action="decided_absence", crn=crn, stood_against=stood_against, **known)
    _tell_the_officer(appointment, decision, by=by, today=today, now=now)


def _was_rung_about(contact):
    """Whether they did not come, without our knowing why at the time."""
    said = OUTCOMES.get(contact.outcome_code)
    return said is not None and follows(said).call


def _write(decision, to, because, stood_against, not_waiting, *, by, now):
    decision.answers = {
        "stood_against": stood_against,
        "not_waiting": not_waiting.strip(),
        "earlier": _with_what_stood(decision),
    }
    decision.state, decision.because = to, because.strip()
    decision.decided_at, decision.decided_by = now, by
    decision.save(update_fields=["state", "answers", "because", "decided_at", "decided_by"])


def _write_call(appointment, called, safe, note, *, by, now):
    contact = appointment.contact
    kind = UNARRANGED[SOMETHING_ELSE if called in NOT_RUNG else CALL_TO_THEM]
    day = say_date(localtime(contact.started_at).date())
    words = [f"About the appointment of {day} that they did not attend.", f"{called.title}."]
    if safe:
        words.append(f"Asked if they are safe: {Safe(safe).title}.")
    return Contact.objects.create(
        case=contact.case,
        sentence_id=contact.sentence_id,
        type_code=kind.code,
        type_name=kind.title,
        started_at=now,
        sensitive=safe in NOT_SURE,
        notes="\n".join(filter(None, [" ".join(words), note])),
        staff_code=by.staff_code or by.username,
        staff_name=by.name,
    )


def _with_what_stood(decision):
    """Every decision made before this one, the oldest first."""
    earlier = list(decision.answers.get("earlier", []))
    if decision.state != Decided.AWAITING:
        earlier.append(
            {
                "state": decision.state,
                "because": decision.because,
                "on": localtime(decision.decided_at).date().isoformat(),
                "by": decision.decided_by.name,
            }
        )
    return earlier


def _tell_seniors(appointment, *, by, today, now):
    case = appointment.contact.case
    tell(
        case=case,
        users=told_at_once(case, today, by),
        text=f"{by.name} rang somebody who missed an appointment ({case.crn}): somebody may not be safe. Read it now.",
        href=reverse("appointment", args=[case.crn, appointment.pk]),
        now=now,
        urgent=True,
    )


def _tell_the_officer(appointment, decision, *, by, today, now):
    """Who holds the case hears what somebody else decided on it."""
    case = appointment.contact.case
    if case.officer_id in {None, by.pk}:
        return
    tell(
        case=case,
        users=[one for one in owner_and_cover(case, today) if one != by],
        text=f"{by.name} decided a missed appointment on {case.crn}: {Decided(decision.state).title.lower()}.",
        href=reverse("appointment", args=[case.crn, appointment.pk]),
        now=now,
    )
