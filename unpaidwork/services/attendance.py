"""One person's line of a register: held, written with what follows in the log and the ledger, all or nothing.

Every way to say something of somebody ends in `write`: the page, many at once, a tablet that comes late, putting right.
Source: unpaid work reference 4; product rules, failures.
"""

from django.db.models import F
from django.utils.timezone import localtime

from cases.reference.appointments import MISSED
from cases.rules.words import ended, listed, within_a_sentence
from cases.services.checks import lock_case
from cases.services.outcomes import correct_outcome, keep_what_stood, record_outcome
from cases.services.rewriting import rewritten
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time
from unpaidwork.models import Attendance, WorkSession
from unpaidwork.queries.hours import left_to_credit
from unpaidwork.queries.policy import work_policy
from unpaidwork.queries.register import (
    cases_open,
    day_of,
    how_it_stands,
    may_keep,
    may_settle,
    wrote_meanwhile,
)
from unpaidwork.reference.sessions import ATTENDED, Came, Grade, SessionState, Skill
from unpaidwork.rules.hours import say_minutes
from unpaidwork.rules.register import (
    EXCUSED,
    check_mark,
    check_said,
    minutes_credited,
    outcome_for,
    title_of,
)
from unpaidwork.services.travel import settle_travel
from unpaidwork.services.work_owed import settle_work

NOT_YOURS = "Only those who run this session can say this of somebody on it."
CALLED_OFF = "Their place on this session was called off. Ring the coordinator if they are there."
ONLY_EXCUSED = "Only a coordinator says that an absence had a good reason. Say that they did not come, and note what they told you."
STOOD_DOWN = "The session was stood down by us, so its register is not changed any more. If it is wrong of somebody, tell their officer."
CAME_LATE = "ATTC"
OPEN = (SessionState.PLANNED, SessionState.PUBLISHED)


def hold(attendance, *, by, whoever=False):
    """It as it stands now with its case held, where this member of staff runs the session and may know of the case.

    `whoever`: what is said is said of everybody on it alike, and nothing is learnt of the case.
    """
    case = lock_case(attendance.case)
    held = Attendance.objects.select_related(
        "session__project", "work", "appointment__contact", "recorded_by"
    ).get(pk=attendance.pk)
    held.case = held.appointment.contact.case = case
    session = held.session
    known = whoever or cases_open(session, by).filter(pk=case.pk).exists()
    if not (known and may_keep(session, by)):
        raise RuleBroken(NOT_YOURS)
    if held.appointment.called_off_at:
        raise RuleBroken(CALLED_OFF)
    return held


def check_version(held, version):
    """Refuse what was said without knowing what stands, and say what that is."""
    if held.version != version:
        raise RuleBroken(wrote_meanwhile(held))


def check_open(session):
    if session.state == SessionState.STOOD_DOWN:
        raise RuleBroken(STOOD_DOWN)
    if session.state not in OPEN:
        raise RuleBroken(
            f"{SessionState(session.state).title}. What it says is put right by a coordinator, with a reason."
        )


def write(held, said, *, by, now, because=""):
    """Put this in the row, the log and the ledger. `because`: why what stood is put right, where anything did."""
    today, day = localtime(now).date(), day_of(held.session)
    check_said(said, day, now)
    check_mark(held.sensitive, said.sensitive)
    if said.outcome in EXCUSED and not may_settle(by):
        raise RuleBroken(ONLY_EXCUSED)
    counted = held.credited_minutes
    _put(held, said, left=_left(held, today), by=by, now=now)
    code = outcome_for(said, ahead=day.is_ahead(now))
    _log(held, said, code, because, by=by, now=now)
    settle_travel(held, by=by, today=today, now=now)
    record(
        by=by,
        action="put_attendance_right" if because else "recorded_attendance",
        crn=held.case.crn,
        attendance=held.pk,
        came=str(said.came),
    )
    if held.credited_minutes != counted:
        settle_work(case_ids=[held.case_id], by=by, today=today)
    return held


def _put(held, said, *, left, by, now):
    deduct = work_policy(held.session.on).deduct_break
    held.came, held.arrived_at, held.left_at = said.came, said.arrived_at, said.left_at
    held.break_minutes, held.penalty_minutes = said.break_minutes, said.penalty_minutes
    held.credited_minutes = minutes_credited(said, deduct_break=deduct, left=left)
    held.hi_vis, held.intensive = said.hi_vis, said.intensive
    held.quality, held.behaviour = said.quality, said.behaviour
    held.task, held.skills = said.task.strip(), list(said.skills)
    # What its writer was not shown of what stands is not lost
    held.note = rewritten(said.note.strip(), held.note, case=held.case, by=by)
    held.sensitive = said.sensitive
    held.version += 1
    held.recorded_at, held.recorded_by = now, by
    held.save()
    WorkSession.objects.filter(pk=held.session_id).update(version=F("version") + 1)


def _left(held, today):
    """What this session may be credited with, what it was credited with before among it; None: not recorded."""
    if not held.work.minutes_ordered:
        return None
    return left_to_credit(held.work, today) + held.credited_minutes


def _log(held, said, code, because, *, by, now):
    """The outcome of the appointment, recorded or put right; what it calls for is owed by that."""
    contact, notes = held.appointment.contact, log_words(held, said)
    if not contact.outcome_code:
        if code:
            record_outcome(
                appointment=held.appointment,
                outcome=code,
                notes=notes,
                sensitive=held.sensitive or contact.sensitive,
                by=by,
                now=now,
            )
        return
    if said.came == Came.HERE:
        code, because = CAME_LATE, _came_late(held)
    because = because or f"The register says now how it came out: {notes}"[:300]
    stood = "\n\n".join(filter(None, [contact.notes.strip(), notes]))
    if code == contact.outcome_code:
        keep_what_stood(appointment=held.appointment, because=because, by=by, now=now)
        contact.notes, contact.sensitive = stood, held.sensitive or contact.sensitive
        contact.save(update_fields=["notes", "sensitive"])
        return
    correct_outcome(
        appointment=held.appointment,
        outcome=code,
        notes=stood,
        rar_day=False,
        because=because,
        sensitive=held.sensitive or contact.sensitive,
        by=by,
        now=now,
    )


def _came_late(held):
    at = say_time(localtime(held.arrived_at))
    return f"They came at {at}, after the register had said that they did not."


def log_words(held, said):
    """The line that the officer reads in the log: what they did, for how long, how, and the note."""
    on = say_date(held.session.on)
    if said.came == Came.HERE:
        words = f"Unpaid work at {held.session.project.name}, {on}: {how_it_stands(held).lower()}."
    elif said.came in ATTENDED:
        words = _worked_words(held, said, on)
    else:
        words = f"Unpaid work at {held.session.project.name}, {on}: did not come."
        if said.outcome and said.outcome != MISSED:
            words = f"Unpaid work at {held.session.project.name}, {on}: absent."
    return "\n".join(filter(None, [words, held.note]))


def _worked_words(held, said, on):
    arrived, left = (say_time(localtime(at)) for at in (held.arrived_at, held.left_at))
    graded = [
        f"{label} {Grade(grade).title.lower()}"
        for label, grade in (("work", held.quality), ("behaviour", held.behaviour))
        if grade
    ]
    title = title_of(said, day_of(held.session))
    practised = [Skill(code).title.lower() for code in held.skills]
    parts = [
        f"Unpaid work at {held.session.project.name}, {on}, {arrived} to {left}",
        "" if title == Came.LEFT.title else within_a_sentence(title),
        f"{say_minutes(held.credited_minutes)} credited",
        held.task,
        listed(graded),
        f"practised {listed(practised)}" if practised else "",
    ]
    return ended("; ".join(filter(None, parts)))
