"""Booking an appointment, moving it, calling it off: its line of the log and what stands beside it, together.

What stands beside the date is decided again with the case, the officer and whoever they are kept apart from
held, so that of two who book the same time the second sees the clash. A clash is allowed, and kept.
Source: product rules, failures ("every appointment names the requirement or condition it enforces, or is
voluntary; repeats, clash and circumstances beside the date, women-only slots first, interpreters").
"""

from uuid import uuid4

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import HomeVisit
from cases.reference.appointments import BY_REGISTER, MOVED, AskedBy, Interpreter, ToldHow
from cases.rules.leaving import check_still_here
from cases.rules.repeats import shifted, times_of
from cases.services.appointment_clocks import meet_interpreter, owe_again, stop_clocks
from cases.services.appointment_rows import (
    as_agreed,
    check_reason,
    check_to_come,
    facts_of,
    following,
    make,
    plan_of,
    take_out,
)
from cases.services.appointments_taken_up import lock_appointment, take_up
from cases.services.checks import lock_case
from cases.services.enforcement.winning_back import settle_winning_back
from cases.services.routes import close_by_booking, follow_booking, open_again
from cases.services.visit_telling import tell_called_off, tell_moved
from staff.audit import record
from staff.errors import RuleBroken

__all__ = [
    "book_appointment",
    "book_interpreter",
    "call_off",
    "move_appointment",
    "say_told",
    "take_up",
]
MOVED_NAME = {AskedBy.PERSON: "Moved, they asked", AskedBy.SERVICE: "Moved, we asked"}
OF_A_REGISTER = (
    "This is a day of unpaid work, or a session of a group: its day and place are those of the project or the series. Call it off "
    "here if they cannot come; to move them to other work or another group, change the allocation or the place."
)
CALLED_OFF = {AskedBy.PERSON: "Called off, they asked", AskedBy.SERVICE: "Called off by us"}


@transaction.atomic
def book_appointment(
    *, case, type_code, starts_at, minutes, where, officer, enforces, by, now, place=None, at_words="",
    sentence=None, requirement=None, condition=None, rar_activity=None,
    interpreter=Interpreter.NOT_NEEDED, interpreter_note="", told_how=ToldHow.NOT_YET, remind=False,
    prepared="", seen=(), repeats=None, replaces=None, second=None,
):  # fmt: skip
    """Book one appointment, or with `repeats` a series of them; returns it, or the first.

    `seen`: codes of what stood beside the date when it was read; what came after is kept as unread.
    `replaces`: the decision that took a route away, which this booking closes. `second`: see `Agreed`.
    """
    case, today = lock_case(case), localtime(now).date()
    plan = plan_of(
        case, type_code=type_code, minutes=minutes, where=where, officer=officer, place=place, at_words=at_words,
        enforces=enforces, sentence=sentence, requirement=requirement, condition=condition,
        rar_activity=rar_activity, interpreter=interpreter, interpreter_note=interpreter_note,
        told_how=told_how, remind=remind, prepared=prepared, second=second, today=today,
    )  # fmt: skip
    times = times_of(localtime(starts_at), repeats)
    facts = facts_of(case, plan, times, now=now)
    series = uuid4() if repeats else None
    made = [make(case, plan, at, facts, by=by, now=now, series=series, seen=seen) for at in times]
    if replaces:
        close_by_booking(decision=replaces, appointment=made[0], by=by, today=today, now=now)
    settle_winning_back(case=case, by=by, now=now)
    return made[0]


@transaction.atomic
def call_off(*, appointment, asked_by, because, by, now, whole=False):
    """Call it off, saying who asked and why; with `whole`, every later one of its series too.

    Returns how many were called off. They stay in the log.
    """
    appointment = lock_appointment(appointment, by=by, now=now)
    case, today = appointment.contact.case, localtime(now).date()
    because, asked_by = check_reason(because), AskedBy(asked_by)
    ones = [appointment, *(following(appointment) if whole else ())]
    for one in ones:
        check_to_come(one, now)
        take_out(one, asked_by, because, MOVED[asked_by], CALLED_OFF[asked_by], by=by, now=now)
        tell_called_off(appointment=one, by=by, now=now)
        stop_clocks(one, by=by, today=today)
        open_again(appointment=one, by=by, today=today)
        record(by=by, action="called_off_appointment", crn=case.crn, appointment=one.pk)
    owe_again(case, by=by, now=now)
    settle_winning_back(case=case, by=by, now=now)
    return len(ones)


@transaction.atomic
def move_appointment(
    *, appointment, starts_at, asked_by, because, by, now, minutes=None, whole=False, seen=()
):
    """Move it to another time; with `whole`, every later one of its series as many days, to that hour.

    Returns the appointment that takes its place. The one that is moved stays in the log.
    """
    appointment = lock_appointment(appointment, by=by, now=now)
    because, asked_by = check_reason(because), AskedBy(asked_by)
    was, to = localtime(appointment.contact.started_at), localtime(starts_at)
    days = (to.date() - was.date()).days
    ones = [appointment, *(following(appointment) if whole else ())]
    times = {
        one.pk: shifted(localtime(one.contact.started_at), days=days, at=to.time()) for one in ones
    }
    case, plan = appointment.contact.case, as_agreed(appointment, minutes)
    facts = facts_of(case, plan, list(times.values()), now=now, but=list(times))
    moved = [
        _move_one(one, times[one.pk], minutes, facts, asked_by, because, by=by, now=now, seen=seen)
        for one in ones
    ]
    settle_winning_back(case=case, by=by, now=now)
    return moved[0]


def _move_one(one, at, minutes, facts, asked_by, because, *, by, now, seen):
    """The new appointment in the place of this one, with all that was agreed but the time."""
    check_to_come(one, now)
    if one.contact.type_code in BY_REGISTER:
        raise RuleBroken(OF_A_REGISTER)
    case, today = one.contact.case, localtime(now).date()
    if at == one.contact.started_at and not minutes:
        raise RuleBroken("It is at that time already. Choose another.")
    new = make(
        case, as_agreed(one, minutes), at, facts, by=by, now=now, series=one.series, seen=seen
    )
    take_out(one, asked_by, because, MOVED[asked_by], MOVED_NAME[asked_by], by=by, now=now, to=new)
    stop_clocks(one, by=by, today=today)
    if HomeVisit.objects.filter(pk=one.pk, set_out_at=None).update(appointment=new):
        tell_moved(appointment=new, was=one.contact.started_at, by=by, now=now)
    follow_booking(appointment=one, to=new)
    record(by=by, action="moved_appointment", crn=case.crn, appointment=one.pk, to=new.pk)
    return new


@transaction.atomic
def book_interpreter(*, appointment, note, by, now):
    """Say that the interpreter is booked, and who comes in which language."""
    appointment = lock_appointment(appointment, by=by, now=now)
    check_still_here(appointment.contact.case.left_as)
    check_to_come(appointment, now)
    if not note.strip():
        raise RuleBroken("Say which language, and who comes.")
    appointment.interpreter, appointment.interpreter_note = Interpreter.BOOKED, note.strip()
    appointment.save(update_fields=["interpreter", "interpreter_note"])
    case = appointment.contact.case
    meet_interpreter(appointment, by=by, today=localtime(now).date())
    record(by=by, action="booked_interpreter", crn=case.crn, appointment=appointment.pk)
    return appointment


@transaction.atomic
def say_told(*, appointment, told_how, by, now):
    """Keep how the person was told of it: asked about before an absence is called a failure."""
    appointment = lock_appointment(appointment, by=by, now=now)
    check_to_come(appointment, now)
    appointment.told_how = ToldHow(told_how)
    appointment.save(update_fields=["told_how"])
    crn = appointment.contact.case.crn
    record(by=by, action="said_told", crn=crn, appointment=appointment.pk, how=str(told_how))
    return appointment
