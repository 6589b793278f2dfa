"""Publishing the sheet of a session, saying who supervises it, and saying that one has read it.

Source: product rules, gates; unpaid work reference 6 ("acknowledge before the register opens; re-acknowledge on
change; access logged").
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Assignment
from cases.reference.codes import Capacity
from cases.services.checks import lock_case
from staff.audit import record, record_many
from staff.errors import RuleBroken
from staff.models import User
from unpaidwork.models import Acknowledgement, Attendance, WorkSession
from unpaidwork.queries.publishing import (
    before_publishing,
    expected_on,
    may_supervise,
    reach_held,
    reach_wanted,
    sessions_near,
)
from unpaidwork.queries.sheet import masked_on, sheet_of
from unpaidwork.queries.supervising import said_of_elsewhere, said_of_unfit
from unpaidwork.reference.sessions import SessionState

READ = "read_day_sheet"  # in the trail, once for each person on it
OPEN = (SessionState.PLANNED, SessionState.PUBLISHED)


@transaction.atomic
def publish_sheet(*, session, by, now):
    """Let the supervisors of a session read who comes and what they must know; and reach them around that day.

    Refused while somebody on it has a flag without an instruction, or may not work on that day.
    """
    session = _open_session(session)
    if session.on < localtime(now).date():
        raise RuleBroken("This session is over, so there is no sheet to publish.")
    if before := before_publishing(session, by):
        raise RuleBroken(" ".join(one.sentence for one in before))
    session.state = SessionState.PUBLISHED
    session.published_at, session.published_by = now, by
    session.version += 1
    session.save()
    record(by=by, action="published_sheet", session=session.pk, version=session.version)
    settle_reach(sessions=[session], by=by)
    return session


@transaction.atomic
def staff_session(*, session, staff, by, now):
    """Say who supervises. Whoever is new reads the sheet for themselves; whoever is not reaches its people no more.

    Refused where somebody is down for another site at the same time. They are locked, so that two who choose them for
    two sites at once do so one after the other.
    """
    session = _open_session(session)
    keys = {one.pk for one in staff}
    chosen = User.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    held = {one.pk for one in chosen}
    if may_supervise().filter(pk__in=held).count() != len(keys):
        raise RuleBroken("Choose from the supervisors and coordinators who work here.")
    if twice := said_of_elsewhere(session, chosen):
        raise RuleBroken(" ".join(twice))
    if not keys and session.state == SessionState.PUBLISHED:
        raise RuleBroken("The sheet is published, so somebody must supervise. Choose who does.")
    if session.state == SessionState.PUBLISHED:
        _check_fit(session, staff, by)
    session.staff.set(sorted(keys))
    session.version += 1
    session.save()
    record(by=by, action="staffed_session", session=session.pk, staff=len(keys))
    settle_reach(sessions=[session], by=by)
    return session


@transaction.atomic
def acknowledge(*, session, place, digest, by, now):
    """Say that one has read what the sheet says of somebody. `place`: their `Attendance`; `digest`: as it was read.

    Refused where it says something else by now: then it is read again.
    """
    lock_case(place.case)
    session = WorkSession.objects.select_related("project").get(pk=session.pk)
    read = next((one for one in sheet_of(session, by, now).people if one.key == place.pk), None)
    if read is None or session.state not in (*OPEN, SessionState.CLOSED):
        raise RuleBroken("They are not on this sheet any more.")
    if session.state == SessionState.PLANNED:
        raise RuleBroken("The sheet is not published yet, so nobody acknowledges it.")
    if read.digest != digest:
        raise RuleBroken("What it says has changed since you opened it. Read it again.")
    found, new = Acknowledgement.objects.get_or_create(
        session=session, case=place.case, digest=digest, by=by, defaults={"at": now}
    )
    if new:
        record(by=by, action="acknowledged_sheet", crn=place.case.crn, session=session.pk)
    return found


@transaction.atomic
def record_reading(*, session, sheet, by, action=READ):
    """Keep in the trail that this reader was shown each person on the sheet, and was refused each who is kept."""
    shown = [one.crn for one in sheet.people if not one.masked]
    record_many(by=by, action=action, crns=shown, session=session.pk)
    for crn in masked_on(session, sheet):
        record(by=by, action=action, crn=crn, refused=True, session=session.pk)


@transaction.atomic
def settle_reach(*, sessions, by=None):
    """Let the supervisors of these sessions reach those who come, from the day before to the day after; nobody else.

    To be called whenever a session is published, staffed, stood down, or somebody comes to it or leaves it; each
    minute it is done of all that are near. Returns how many it opened and closed.
    """
    days = {one.on for one in sessions}
    same_days = list(WorkSession.objects.filter(on__in=days))
    wanted = reach_wanted(same_days)
    held, gone = {}, []
    for one in reach_held(days).select_for_update(of=("self",)):
        key = (one.case_id, one.user_id, one.from_on, one.to_on)
        if key in wanted and key not in held:
            held[key] = one
        else:  # not wanted, or opened twice by two who settled at the same moment
            gone.append(one.pk)
    Assignment.objects.filter(pk__in=gone).delete()
    new = sorted(wanted - held.keys())
    Assignment.objects.bulk_create(
        Assignment(
            case_id=case,
            user_id=user,
            capacity=Capacity.UNPAID_WORK,
            from_on=first,
            to_on=last,
        )
        for case, user, first, last in new
    )
    if gone or new:
        record(by=by, action="settled_reach_of_sessions", opened=len(new), closed=len(gone))
    return len(new), len(gone)


def settle_reach_near(*, today):
    """The same of every session near this day. Each minute: it writes only where something has changed."""
    return settle_reach(sessions=list(sessions_near(today)))


def place_on(session, pk):
    """The place of somebody on a session by its key, or None."""
    return Attendance.objects.filter(session=session, pk=pk).select_related("case").first()


def _check_fit(session, staff, by):
    """Whoever is on a sheet that is out is not given a supervisor whom publishing would refuse."""
    if wrong := said_of_unfit(list(expected_on(session)), staff, session.on, by):
        raise RuleBroken(" ".join(dict.fromkeys(wrong)))


def _open_session(session):
    """As it stands now, locked; refused once it is closed or stood down."""
    found = WorkSession.objects.select_for_update(of=("self",)).select_related("project")
    session = found.get(pk=session.pk)
    if session.state not in OPEN:
        raise RuleBroken(
            f"This session does not change any more: {SessionState(session.state).title.lower()}."
        )
    return session
