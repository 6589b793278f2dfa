"""The sessions of somebody's unpaid work: those they came to, and those to come."""

from collections import defaultdict

from django.db.models import Min, Q

from unpaidwork.models import Attendance
from unpaidwork.reference.sessions import ATTENDED, Came
from unpaidwork.rules.progress import Done

FIRST_DAY = Min(  # on which somebody comes to a place: its first that was not called off
    "attendance__session__on", filter=Q(attendance__appointment__called_off_at=None)
)


def sessions_of(works):
    """{key of a work: `Done` of each session they came to, the earliest first}. One statement."""
    found = defaultdict(list)
    rows = Attendance.objects.filter(work__in=works, came__in=ATTENDED)
    for one in rows.select_related("session__project").order_by("session__on", "pk"):
        found[one.work_id].append(
            Done(
                on=one.session.on,
                project=one.session.project.name,
                task=one.task,
                minutes=one.credited_minutes,
                skills=tuple(one.skills),
                quality=one.quality,
                behaviour=one.behaviour,
                attendance=one.pk,
            )
        )
    return found


def to_come(works, today, most=5):
    """{key of a work: the next sessions they are expected at}. One statement."""
    found: dict[int, list[Attendance]] = defaultdict(list)
    rows = Attendance.objects.filter(
        work__in=works,
        came=Came.EXPECTED,
        session__on__gte=today,
        appointment__called_off_at=None,
    )
    for one in rows.select_related("session__project").order_by("session__on", "session__from_at"):
        if len(found[one.work_id]) < most:
            found[one.work_id].append(one)
    return found
