"""A day on a site: a session of today, its supervisor, and people on it whose sheet was read."""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone

from cases.models import Contact
from cases.reference.codes import Capacity
from staff.permissions import Role
from tests.factories import (
    TODAY,
    AssignmentFactory,
    AttendanceFactory,
    TeamFactory,
    UserFactory,
    WorkSessionFactory,
)
from unpaidwork.models import Acknowledgement, Attendance
from unpaidwork.queries.sheet import sheet_of
from unpaidwork.reference.sessions import Came
from unpaidwork.rules.register import Said


def clock(hour, minute=0, on=TODAY):
    """That time of the day of the session, as staff say it."""
    return datetime.combine(on, time(hour, minute), get_current_timezone())


NINE, FOUR, AFTER = clock(9), clock(16), clock(16, 5)


def a_session(*, people=1, on=TODAY, **given):
    """Published, nine to four, with one supervisor who has read the sheet."""
    session = WorkSessionFactory(on=on, state="published", **given)
    session.staff.add(UserFactory(role=Role.SUPERVISOR, team=session.project.team or TeamFactory()))
    for _ in range(people):
        join(session)
    if people:  # of a sheet without anybody there is nothing to read
        read_sheet(session, supervisor_of(session))
    return session


def supervisor_of(session):
    return session.staff.order_by("pk").first()


def join(session, **given):
    """One more person on it, whom its supervisor reaches."""
    one = AttendanceFactory(
        session=session, appointment__contact__started_at=clock(9, on=session.on),
        appointment__contact__ended_at=clock(16, on=session.on), **given,
    )  # fmt: skip
    for user in session.staff.all():
        AssignmentFactory(
            case=one.case, user=user, capacity=Capacity.UNPAID_WORK, from_on=TODAY, to_on=None
        )
    return one


def read_sheet(session, user, at=NINE):
    for one in sheet_of(session, user, at).people:
        case = Attendance.objects.get(pk=one.key).case
        Acknowledgement.objects.get_or_create(
            session=session, case=case, digest=one.digest, by=user, defaults={"at": at}
        )


def the_only(session):
    return Attendance.objects.select_related(
        "appointment__contact", "session__project", "case"
    ).get(session=session)


def left(left_at=FOUR, **given):
    """Worked well to the end."""
    usual = {
        "left_at": left_at, "quality": "GD", "behaviour": "GD", "task": "Clearing paths", "hi_vis": True,
    }  # fmt: skip
    return Said(Came.LEFT, **usual | given)


def logged(one):
    """The line of the log as it stands."""
    return Contact.objects.get(pk=one.appointment_id)


def later(at, **given):
    return at + timedelta(**given)
