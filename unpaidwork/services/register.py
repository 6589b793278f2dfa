"""Keeping the register of a session: who arrived, left, was sent home or did not come; standing it down; closing it.

Each is one transaction with the case held. Nothing said here makes anybody fail: what went wrong awaits its officer.
Source: unpaid work reference 3, 4 and 6; product rules, failures.
"""

from dataclasses import replace

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Case, Deadline
from cases.reference.appointments import MISSED
from cases.rules.interim import says_nothing
from cases.services.deadlines import meet_deadline
from cases.services.outcomes import record_outcome
from staff.audit import record
from staff.errors import RuleBroken
from unpaidwork.models import WorkSession
from unpaidwork.queries.register import (
    CLOSE,
    day_of,
    expected_on,
    may_keep,
    may_settle,
    said_of,
    shut_until_read,
)
from unpaidwork.reference.sessions import ATTENDED, STOOD_DOWN_OUTCOME, Came, SessionState
from unpaidwork.rules.register import (
    Said,
    check_correction,
    check_may_close,
    check_step,
)
from unpaidwork.services.attendance import (
    NOT_YOURS,
    STOOD_DOWN,
    check_open,
    check_version,
    hold,
    write,
)
from unpaidwork.services.sheets import settle_reach

STOOD_DOWN_LATER = "The session was stood down by us later that day."


@transaction.atomic
def say(*, attendance, version, said, by, now):
    """Say the next thing of one person: a step that follows what stands. `version`: of what was seen."""
    held = hold(attendance, by=by)
    check_version(held, version)
    check_open(held.session)
    check_step(held.came, said.came)
    _check_may_say(held, said, by, now)
    if said.came == Came.EXPECTED and held.appointment.contact.outcome_code:
        raise RuleBroken("What came of it is in the log already. Put it right, and say why.")
    return write(held, _with_arrival(held, said), by=by, now=now)


def record_arrival(*, attendance, version, arrived_at, by, now):
    """They are here."""
    said = Said(Came.HERE, arrived_at=arrived_at)
    return say(attendance=attendance, version=version, said=said, by=by, now=now)


def take_back_arrival(*, attendance, version, by, now):
    """Somebody else was meant: they are not here yet."""
    return say(attendance=attendance, version=version, said=Said(Came.EXPECTED), by=by, now=now)


def record_not_come(*, attendance, version, outcome="", note="", sensitive=False, by, now):
    """They did not come. `outcome`: a good reason that is agreed; blank: it awaits the decision of their officer."""
    said = Said(Came.NOT_COME, outcome=outcome, note=note, sensitive=sensitive)
    return say(attendance=attendance, version=version, said=said, by=by, now=now)


def record_leaving(*, attendance, version, said, by, now):
    """They worked to the end and left, or were sent away by us. `said`: a `Said`, without when they arrived."""
    return say(attendance=attendance, version=version, said=said, by=by, now=now)


@transaction.atomic
def leave_together(*, session, versions, said, by, now):
    """All of these leave at once, as `said` of each alike, or nobody does. `versions`: {key: version} of each.

    Whoever is not among them stays, or is said something else of.
    """
    session = _hold_session(session, by)
    check_open(session)
    rows = [one for one in expected_on(session) if one.pk in versions]
    if not rows or len(rows) != len(versions):
        raise RuleBroken("Choose who leaves, of those who are on this register.")
    return [
        record_leaving(attendance=one, version=versions[one.pk], said=replace(said), by=by, now=now)
        for one in rows
    ]


@transaction.atomic
def correct(*, attendance, version, said, because, by, now):
    """Put right how it came out, also once the register is closed. What stood, and why, is kept for good."""
    held = hold(attendance, by=by)
    check_version(held, version)
    if says_nothing(because):
        raise RuleBroken("Say why it is put right, so that whoever reads the log can follow.")
    if held.session.state == SessionState.CLOSED and not may_settle(by):
        raise RuleBroken("The register is closed. A coordinator puts it right.")
    if held.session.state == SessionState.STOOD_DOWN:
        raise RuleBroken(STOOD_DOWN)
    check_correction(held.came, said, logged=bool(held.appointment.contact.outcome_code))
    return write(held, said, because=because.strip(), by=by, now=now)


@transaction.atomic
def stand_down(*, session, because, by, now):
    """There is no work today, through no fault of theirs. Whoever is here is sent home by us; nobody else is wanted."""
    session = _hold_session(session, by)
    check_open(session)
    if says_nothing(because):
        raise RuleBroken("Say why it is stood down: it is counted as our fault, and never theirs.")
    for one in expected_on(session):
        _not_wanted(one, by=by, now=now)
    session.state, session.state_because = SessionState.STOOD_DOWN, because.strip()
    session.save(update_fields=["state", "state_because"])
    _settled(session, by=by, now=now)
    settle_reach(sessions=[session], by=by)
    record(by=by, action="stood_down_session", session=session.pk)
    return session


@transaction.atomic
def close_register(*, session, by, now):
    """Nothing more is to be said of anybody. Refused while somebody is neither gone nor absent."""
    session = _hold_session(session, by)
    check_open(session)
    check_may_close([one.came for one in expected_on(session)])
    if session.syncs.waiting().exists():
        raise RuleBroken(
            "A tablet sent something that does not agree with the register. Choose what stands first."
        )
    if day_of(session).is_ahead(now):
        raise RuleBroken("The session is still to come. It can be closed once it has begun.")
    session.state, session.closed_at, session.closed_by = SessionState.CLOSED, now, by
    session.save(update_fields=["state", "closed_at", "closed_by"])
    _settled(session, by=by, now=now)
    record(by=by, action="closed_register", session=session.pk)
    return session


def _hold_session(session, by):
    """It as it stands, everybody's case on it held in one order, so that nobody is written of meanwhile."""
    if not may_keep(session, by):
        raise RuleBroken(NOT_YOURS)
    cases = Case.objects.filter(work_attendances__session=session).order_by("pk")
    list(
        Case.objects.filter(pk__in=cases.values("pk")).order_by("pk").select_for_update(no_key=True)
    )
    found = WorkSession.objects.select_for_update(of=("self",)).select_related("project")
    return found.get(pk=session.pk)


def _check_may_say(held, said, by, now):
    if said.came == Came.NOT_COME and said.outcome:
        return  # known ahead: nobody has to have read the sheet for it
    if shut := shut_until_read(held.session, by, now):
        raise RuleBroken(shut)


def _with_arrival(held, said):
    """As it was said when they came; whoever was sent away at the gate arrived when they left."""
    if said.came not in ATTENDED or said.arrived_at:
        return said
    return replace(said, arrived_at=said_of(held).arrived_at or said.left_at)


def _not_wanted(one, *, by, now):
    """Whoever is here is sent home by us, whoever is expected need not come; what was agreed before stays."""
    contact, day = one.appointment.contact, day_of(one.session)
    if one.came == Came.HERE:
        arrived_at = said_of(one).arrived_at
        left_at = max(arrived_at, min(localtime(now), day.ends_at))
        held = hold(one, by=by, whoever=True)
        write(held, Said(Came.NO_WORK, arrived_at=arrived_at, left_at=left_at), by=by, now=now)
    elif one.came == Came.EXPECTED and not contact.outcome_code:
        record_outcome(
            appointment=one.appointment,
            outcome=STOOD_DOWN_OUTCOME,
            notes="",
            sensitive=contact.sensitive,
            by=by,
            now=now,
        )
    elif contact.outcome_code == MISSED:
        contact.notes = "\n\n".join(filter(None, [contact.notes.strip(), STOOD_DOWN_LATER]))
        contact.save(update_fields=["notes"])


def _settled(session, *, by, now):
    """The register owes nothing any more, of whomever it was owed."""
    today = localtime(now).date()
    owed = Deadline.objects.unmet().filter(kind=CLOSE, appointment__attendance__session=session)
    for one in owed.select_related("case", "appointment").order_by("pk"):
        meet_deadline(case=one.case, kind=CLOSE, by=by, today=today, appointment=one.appointment)
