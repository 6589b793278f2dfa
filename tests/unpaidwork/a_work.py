"""Somebody with unpaid work: ordered 100 hours, some of it worked, for the tests of hours and progress."""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone

from tests.factories import (
    NOW,
    TODAY,
    AttendanceFactory,
    CourseFactory,
    UserFactory,
    WorkFactory,
    WorkSessionFactory,
)


def worked(work, minutes, on=TODAY, **columns):
    """A session that was worked to its end, credited so long."""
    session = columns.pop("session", None) or WorkSessionFactory(on=on)
    arrived = datetime.combine(session.on, time(9), get_current_timezone())
    return AttendanceFactory(
        session=session,
        work=work,
        came="left",
        arrived_at=arrived,
        left_at=arrived + timedelta(minutes=max(minutes, 1)),
        credited_minutes=minutes,
        recorded_at=NOW,
        recorded_by=UserFactory(),
        **columns,
    )


def credited(work, minutes, **columns):
    """A course that counts."""
    return CourseFactory(
        work=work,
        state="credited",
        credited_minutes=minutes,
        decided_at=NOW,
        decided_by=UserFactory(),
        recorded_by=UserFactory(),
        **columns,
    )


def work_of(case, **columns):
    return WorkFactory(case_of=case, **columns)
