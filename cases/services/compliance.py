"""What an appointment that went wrong comes to: ringing them the same day, and deciding.

Rules: `cases.rules.compliance`. Source: product rules, failures.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Appointment, ComplianceDecision, Contact
from cases.queries.compliance import before_deciding
from cases.queries.recipients import owner_and_cover, seniors_of
from cases.reference.appointments import OUTCOMES, Called, Decided, Enforces, Safe
from cases.reference.contacts import CALL_TO_THEM, SOMETHING_ELSE, UNARRANGED
from cases.rules.compliance import NOT_RUNG, NOT_SURE, cautions, check_call, check_decision
from cases.rules.outcomes import check_notes, follows
from cases.services.absences import stop
from cases.services.checks import lock_case
from cases.services.outcomes import put_outcome
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
    appointment, today = _held(appointment), localtime(now).date()
    contact = appointment.contact
    if not _was_rung_about(contact):
        raise RuleBroken(
            "This is about an appointment that nobody came to. There is no call owed on it."
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
def decide(*, decision, to, because, by, now, reason="", not_waiting=""):
    """Say what it comes to: acceptable, or a failure to comply. Returns the decision.

    `reason`: for an absence that is accepted, the outcome the log then says. `not_waiting`: why it is called a
    failure while they may still give a reason. What stood against a failure is kept with it.
    """
    appointment, today = _held(decision.appointment), localtime(now).date()
    decision = ComplianceDecision.objects.select_for_update(no_key=True).get(pk=decision.pk)
    contact = appointment.contact
    before = before_deciding(appointment, decision, today, clocks(today).extra_bank_holidays)
    to = Decided(to)
    code = check_decision(
        state=decision.state,
        to=to,
        voluntary=appointment.enforces == Enforces.VOLUNTARY,
        outcome=contact.outcome_code,
        reason=reason,
        because=because,
        early=any(one.code == "early" for one in cautions(before)),
        not_waiting=not_waiting,
    )
    decision.answers = {
        "stood_against": [one.code for one in cautions(before)],
        "not_waiting": not_waiting.strip(),
        "earlier": _with_what_stood(decision),
    }
    decision.state, decision.because = to, because.strip()
    decision.decided_at, decision.decided_by = now, by
    decision.save(update_fields=["state", "answers", "because", "decided_at", "decided_by"])
    put_outcome(contact, OUTCOMES[code])
    stop(appointment, DECIDE, by=by, today=today)
    if to == Decided.ACCEPTABLE:
        stop(appointment, CALL, by=by, today=today, void=True)
    record(
        by=by,
        action="decided_absence",
        crn=contact.case.crn,
        appointment=appointment.pk,
        to=str(to),
        stood_against=decision.answers["stood_against"],
    )
    _tell_the_officer(appointment, decision, by=by, today=today, now=now)
    return decision


def _held(appointment):
    case = lock_case(appointment.contact.case)
    appointment = Appointment.objects.select_related("contact").get(pk=appointment.pk)
    appointment.contact.case = case
    return appointment


def _was_rung_about(contact):
    """Whether they did not come, without our knowing why at the time."""
    said = OUTCOMES.get(contact.outcome_code)
    return (
        said is not None
        and said.attended is False
        and (follows(said).call or said.complied is False)
    )


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
    told = {one.pk: one for one in seniors_of(case, today)}
    if case.officer_id != by.pk:
        told |= {one.pk: one for one in owner_and_cover(case, today)}
    told.pop(by.pk, None)
    tell(
        case=case,
        users=[told[pk] for pk in sorted(told)],
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
