"""What coordinators still owe of registers: those not closed, with how late; travel to be decided.

A fixed number of statements a page. Source: unpaid work reference 9 (people with missing outcomes, days overdue) and 2
(each attended session asks whether travel counts).
"""

from dataclasses import dataclass

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse

from cases.models import Case, Deadline
from cases.queries.due import how_late
from cases.queries.paging import page_of
from cases.rules.words import counted
from staff.kit import Tag, on, tag
from staff.permissions import Action
from unpaidwork.models import Attendance, Sync, WorkSession
from unpaidwork.queries.register import CLOSE
from unpaidwork.queries.session_pages import said_hours
from unpaidwork.queries.sheet import sessions_open_to
from unpaidwork.reference.sessions import Came, Travel
from unpaidwork.rules.hours import say_minutes

SIZE = 50
STANDS = Q(attendances__appointment__called_off_at=None)
UNSAID = Q(attendances__came__in=[Came.EXPECTED, Came.HERE])


@dataclass(frozen=True)
class ToClose:
    """One register that is not closed, or that a tablet disagrees with since."""

    key: int
    day: str
    hours: str
    project: str
    staff: str
    unsaid: str
    due: str
    late: str
    tag: Tag
    disagree: str
    href: str


@dataclass(frozen=True)
class TravelRow:
    """One session of somebody whose circumstances allow travel to count."""

    key: int
    name: str
    crn: str
    day: str
    project: str
    worked: str
    href: str


def page_of_registers(user, *, today, after):
    """(rows, what comes next, how many), the oldest first."""
    found = registers_owed(user, today)
    page = page_of(
        found.select_related("project")
        .prefetch_related("staff")
        .annotate(
            people=Count("attendances", filter=STANDS, distinct=True),
            unsaid=Count("attendances", filter=STANDS & UNSAID, distinct=True),
        ),
        keys=("on", "from_at", "pk"),
        after=after,
        size=SIZE,
        known_by="pk",
    )
    due, sent = _due(page.rows), _sent(page.rows)
    rows = [_row(one, due.get(one.pk), sent.get(one.pk, 0), today) for one in page.rows]
    return rows, page.next_after, found.count()


def page_of_travel(user, *, after):
    """(rows, the masked rows of the others, what comes next, how many) of travel that waits for a decision."""
    waiting = Attendance.objects.filter(travel=Travel.WAITING)
    reached = Case.objects.within_reach(user, Action.CREDIT_HOURS)
    masked = list(reached.filter(work_attendances__in=waiting).distinct().masked_to(user))
    found = travel_waiting(user)
    page = page_of(
        found.select_related("case", "session__project"),
        keys=("session__on", "pk"),
        after=after,
        size=SIZE,
        known_by="pk",
    )
    return [_travel(one) for one in page.rows], masked, page.next_after, found.count()


def find_travel(user, pk):
    """One that waits and is open to the reader; None for any other."""
    found = travel_waiting(user).filter(pk=pk)
    return found.select_related("case", "session__project", "work").first()


def travel_waiting(user):
    """What waits for a decision, of people whose cases are open to the reader."""
    open_now = Case.objects.open_to(user, Action.CREDIT_HOURS)
    return Attendance.objects.filter(travel=Travel.WAITING, case__in=open_now)


def registers_owed(user, today):
    """Of days that have passed and still open; or closed, with something a tablet sent that nobody chose about."""
    waiting = Sync.objects.waiting().filter(session=OuterRef("pk"))
    open_ones = Q(pk__in=WorkSession.objects.open().filter(on__lt=today).values("pk"))
    return sessions_open_to(user).filter(open_ones | Exists(waiting))


def _due(sessions):
    """{key of a session: by when it was to be closed}"""
    owed = Deadline.objects.unmet().filter(
        kind=CLOSE, appointment__attendance__session__in=sessions
    )
    return dict(owed.values_list("appointment__attendance__session").annotate(due=Min("due_on")))


def _sent(sessions):
    """{key of a session: how many things tablets sent that nobody chose about}"""
    waiting = Sync.objects.waiting().filter(session__in=sessions)
    return dict(waiting.values_list("session").annotate(n=Count("pk")))


def _row(one, due, sent, today):
    late = due is not None and due < today
    return ToClose(
        key=one.pk,
        day=on(one.on),
        hours=said_hours(one),
        project=one.project.name,
        staff=", ".join(sorted(each.name for each in one.staff.all())) or "Nobody",
        unsaid=f"{one.unsaid} of {one.people}" if one.unsaid else "",
        due=on(due) if due else "",
        late=how_late(due, today) if late else "",
        tag=tag("overdue" if late else "due"),
        disagree=counted(sent, "disagreement") if sent else "",
        href=reverse("work-register", args=[one.pk]),
    )


def _travel(one):
    return TravelRow(
        key=one.pk,
        name=one.case.list_name,
        crn=one.case.crn,
        day=on(one.session.on),
        project=one.session.project.name,
        worked=say_minutes(one.credited_minutes),
        href=reverse("decide-travel", args=[one.pk]),
    )
