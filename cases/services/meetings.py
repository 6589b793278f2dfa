"""A meeting recorded in one go: what came of it, and the next appointment, both or neither.

Source: product rules ("type once"); features rows 58 and 59 (same again, one click).
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Appointment, HomeVisit
from cases.queries.holding import who_goes_on
from cases.reference.appointments import TYPES, Interpreter, ToldHow, Where
from cases.rules.booking import lasts
from cases.rules.outcomes import check_notes, may_repeat, next_type
from cases.services.appointments import book_appointment, take_up
from cases.services.checks import lock_case
from cases.services.outcomes import correct_outcome, log_kept, record_outcome, take_back_outcome
from cases.services.rewriting import rewritten
from staff.audit import record
from staff.errors import RuleBroken

ON_ITS_SHEET = "This is a visit at home. Record it on its sheet, with what was seen and that everybody is out and safe."
ARRANGED_APART = (
    "A visit at home is arranged on its own page, by a decision on how staff may go. Record this one, and "
    "arrange the next there."
)


@dataclass(frozen=True, slots=True)
class Recorded:
    appointment: Appointment
    booked: Appointment | None = None


@transaction.atomic
def record_meeting(
    *,
    contact,
    outcome,
    notes,
    sensitive,
    by,
    now,
    rar_day=False,
    objectives=(),
    became_aware_on=None,
    next_at=None,
    seen=(),
):
    """Record what came of an appointment, one brought in too, and book the next like it at `next_at`.

    `seen`: codes of what stood beside that time when it was chosen.
    """
    appointment = _no_visit(take_up(contact=contact, by=by, now=now))
    done = record_outcome(
        appointment=appointment,
        outcome=outcome,
        notes=notes,
        sensitive=sensitive,
        by=by,
        now=now,
        rar_day=rar_day,
        objectives=objectives,
        became_aware_on=became_aware_on,
    )
    booked = _book_next(done, next_at, seen, by=by, now=now) if next_at else None
    return Recorded(done, booked)


@transaction.atomic
def correct_meeting(*, contact, by, now, **said):
    """Put right what was said of an appointment, one brought in too."""
    appointment = take_up(contact=contact, by=by, now=now)
    return correct_outcome(appointment=appointment, by=by, now=now, **said)


@transaction.atomic
def take_back(*, contact, by, now, **said):
    """Take back an absence that was agreed ahead of time, of one brought in too."""
    appointment = take_up(contact=contact, by=by, now=now)
    return take_back_outcome(appointment=appointment, by=by, now=now, **said)


@transaction.atomic
def log_as_kept(*, contacts, by, now):
    """Say of several past appointments that they were kept, those brought in too; all or none."""
    if not contacts:
        raise RuleBroken("Choose at least one appointment.")
    ordered = sorted(contacts, key=lambda one: (one.case_id, one.pk))
    taken = [_no_visit(take_up(contact=one, by=by, now=now)) for one in ordered]
    log_kept(appointments=taken, by=by, now=now)
    return len(ordered)


@transaction.atomic
def prepare_appointment(*, contact, prepared, by, now):
    """Keep what to talk about at an appointment, for whoever sees them."""
    appointment = take_up(contact=contact, by=by, now=now)
    case = lock_case(appointment.contact.case)
    check_notes(prepared)
    appointment.prepared = rewritten(prepared.strip(), appointment.prepared, case=case, by=by)
    appointment.save(update_fields=["prepared"])
    record(by=by, action="prepared_appointment", crn=case.crn, appointment=appointment.pk)
    return appointment


def _no_visit(appointment):
    """It, unless it was arranged as a visit at home: what was seen, and that staff are safe, would go unsaid."""
    if HomeVisit.objects.filter(pk=appointment.pk).exists():
        raise RuleBroken(ON_ITS_SHEET)
    return appointment


def _book_next(done, at, seen, *, by, now):
    """Like the one that was recorded: how, where, with whom and what it enforces. They are told while here."""
    if not may_repeat(done.contact.type_code):
        raise RuleBroken(ARRANGED_APART)
    contact, booked = done.contact, done.interpreter == Interpreter.BOOKED
    kind = next_type(contact.type_code)
    same = kind == contact.type_code
    told = ToldHow.TELEPHONE if done.where == Where.TELEPHONE else ToldHow.IN_PERSON
    return book_appointment(
        case=contact.case,
        type_code=kind,
        starts_at=localtime(at),
        minutes=lasts(contact.started_at, contact.ended_at),
        where=done.where if same else TYPES[kind].where,
        officer=who_goes_on(done.officer, by, localtime(now).date()),
        enforces=done.enforces,
        place=done.place,
        at_words=contact.place if same and done.where != Where.OFFICE else "",
        sentence=contact.sentence,
        requirement=contact.requirement,
        condition=done.condition,
        rar_activity=done.rar_activity,
        interpreter=Interpreter.TO_BOOK if booked else done.interpreter,
        interpreter_note=done.interpreter_note,
        told_how=told if contact.attended else ToldHow.NOT_YET,
        remind=done.remind,
        seen=seen,
        by=by,
        now=now,
    )
