"""A session whose sheet is to be published: a checked site, a supervisor, a coordinator, and people it may be of."""

from datetime import datetime, timedelta

from django.utils.timezone import get_current_timezone

from staff.permissions import Role
from tests.factories import (
    TODAY,
    AttendanceFactory,
    SiteCheckFactory,
    UserFactory,
    WorkSessionFactory,
)
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_risk import cleared, signed_risk
from unpaidwork.services.sheets import publish_sheet, staff_session

DAY = TODAY + timedelta(days=1)  # a Tuesday
MORNING = datetime(2018, 10, 2, 7, 30, tzinfo=get_current_timezone())


def planned(*cases, on=DAY, **given):
    """Nine to four, with one supervisor and these cases expected. By itself: one whose gate is open."""
    session = WorkSessionFactory(on=on, **given)
    SiteCheckFactory(project=session.project)
    for case in cases or [cleared()]:
        expect(session, case)
    staff_session(
        session=session,
        staff=[UserFactory(role=Role.SUPERVISOR, first_name="Jo", last_name="Bell")],
        by=coordinator(),
        now=MORNING,
    )
    return session


def expect(session, case):
    return AttendanceFactory(session=session, work=case.works.get(), case=case)


def supervisor_of(session):
    return session.staff.order_by("pk").first()


def publish(session, **given):
    return publish_sheet(session=session, **{"by": coordinator(), "now": MORNING} | given)


def published(*cases, **given):
    return publish(planned(*cases, **given))


def signed_again(case):
    """The risk assessment, signed on what the record shows now."""
    case.work_risks.all().delete()
    return signed_risk(case)
