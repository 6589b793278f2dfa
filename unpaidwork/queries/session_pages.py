"""Sessions as those who run them see them: their own, or by day and project with what each still lacks.

Source: unpaid work reference 3 (shortfall, stand-downs) and 6; product rules, gates.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse

from cases.models import Case
from cases.queries.paging import page_of
from cases.reference.codes import Titled
from cases.rules.words import counted
from staff.kit import Link, Tag, on, tag
from staff.permissions import Action
from staff.rules.dates import say_time
from unpaidwork.models import Project
from unpaidwork.queries.publishing import attending, expected_on
from unpaidwork.queries.readiness import lacking
from unpaidwork.queries.sheet import is_published, people_on, sessions_open_to
from unpaidwork.queries.supervising import to_see_to
from unpaidwork.reference.sessions import SessionState
from unpaidwork.rules.sheet import AFTER

OPEN = (SessionState.PLANNED, SessionState.PUBLISHED)
AHEAD = timedelta(days=14)
WEEKS_BACK = 4  # as far as is looked for who supervised last
SIZE = 50  # rows of a page
EXPECTED = Count(
    "attendances", filter=Q(attendances__appointment__called_off_at=None), distinct=True
)
ON_SITE = Count("staff", distinct=True)


class When(Titled):
    TODAY = "today", "Today"
    TOMORROW = "tomorrow", "Tomorrow"
    WEEK = "week", "Today and the next 7 days"
    AHEAD = "ahead", "Today and the next 4 weeks"
    PAST = "past", "The last 2 weeks"


SPANS = {  # days from today: the first and the last
    When.TODAY: (0, 0),
    When.TOMORROW: (1, 1),
    When.WEEK: (0, 7),
    When.AHEAD: (0, 28),
    When.PAST: (-14, -1),
}


class Show(Titled):
    ALL = "all", "Every session"
    UNREADY = "unready", "Not published yet"
    UNSTAFFED = "unstaffed", "Nobody to supervise"


@dataclass(frozen=True)
class SessionRow:
    """One session in a list. `lacks`: what stands before its sheet, in a few words each; `otherwise`: where nothing does."""

    key: int
    day: str
    hours: str
    project: str
    href: str
    expected: str
    people: str
    staff: str
    tag: Tag
    state: str
    lacks: tuple[str, ...] = ()
    otherwise: str = "Nothing"


@dataclass(frozen=True)
class Expected:
    """One person expected on a session, for whoever runs every session. `held`: why they do not work, once it is out."""

    name: str
    crn: str
    href: str
    held: str = ""


TAGS = {
    SessionState.PLANNED: "still-to-do",
    SessionState.PUBLISHED: "open",
    SessionState.CLOSED: "closed",
    SessionState.STOOD_DOWN: "called-off",
}


def own_sessions(user, today):
    """The sessions this supervisor is down for, from yesterday on: today and what comes."""
    found = sessions_open_to(user).filter(on__gte=today - AFTER, on__lte=today + AHEAD)
    found = found.exclude(state=SessionState.STOOD_DOWN).select_related("project")
    rows = found.annotate(expected=EXPECTED, on_site=ON_SITE).order_by("on", "from_at", "pk")
    ahead = sorted(rows, key=lambda one: one.on < today)  # what is over comes last
    return [_row(one, today) for one in ahead]


def page_of_sessions(user, *, when, project, show, today, after, size):
    """(rows, what comes next, how many) of every session asked for."""
    first, last = (today + timedelta(days=days) for days in SPANS[when])
    found = sessions_open_to(user).filter(on__gte=first, on__lte=last)
    if project:
        found = found.filter(project=project)
    if show == Show.UNREADY:
        found = found.filter(state=SessionState.PLANNED)
    if show == Show.UNSTAFFED:
        found = found.filter(staff=None).exclude(state=SessionState.STOOD_DOWN)
    page = page_of(
        found.select_related("project").annotate(expected=EXPECTED, on_site=ON_SITE),
        keys=("on", "from_at", "pk"),
        after=after,
        size=size,
        known_by="pk",
    )
    ahead = [one for one in page.rows if one.state in OPEN and one.on >= today]
    lacks = lacking(ahead, user, today)
    rows = [_row(one, today, lacks.get(one.pk, ())) for one in page.rows]
    return rows, page.next_after, found.count()


def projects_with_sessions():
    """The projects that may be asked for."""
    return Project.objects.filter(sessions__isnull=False).distinct().order_by("name", "pk")


def _row(one, today, lacks=()):
    return SessionRow(
        key=one.pk,
        day=said_day(one.on, today),
        hours=said_hours(one),
        project=one.project.name,
        href=reverse("work-session", args=[one.pk]),
        expected=f"{one.expected} of {one.project.most}",
        people=counted(one.expected, "person", "people"),
        staff=str(one.on_site),
        tag=tag(TAGS[SessionState(one.state)]),
        state=SessionState(one.state).title,
        lacks=lacks,
        otherwise=_otherwise(one, today),
    )


def _otherwise(session, today):
    """What is said of a session that lacks nothing: of what is over, nobody asks what it lacks."""
    if session.state not in OPEN:
        return SessionState(session.state).title
    return "Nothing" if session.on >= today else "Its day is over"


def said_day(day, today):
    """With its day of the week, which is how sessions are spoken of."""
    words = f"{day:%A} {on(day)}"
    return f"Today, {words}" if day == today else words


def said_hours(session):
    return f"{say_time(session.from_at)} to {say_time(session.to_at)}"


# One session


def expected_rows(session, user):
    """(those expected whose cases are open to this reader, the masked rows of the others)"""
    keys = attending([session]).values("case")
    open_now = Case.objects.open_to(user, Action.RUN_SESSION).filter(pk__in=keys)
    out = session.state == SessionState.PUBLISHED
    held = {one.crn: one.says_held for one in people_on(session, user)} if out else {}
    rows = [
        Expected(
            one.name,
            one.crn,
            reverse("work-instructions", args=[one.crn]),
            held.get(one.crn, ""),
        )
        for one in open_now.order_by("sort_name", "pk")
    ]
    reached = Case.objects.within_reach(user, Action.RUN_SESSION).filter(pk__in=keys)
    return rows, reached.masked_to(user)


def supervised_last(session):
    """The last session of this project on the same day of the week that somebody supervised, or None."""
    days = [session.on - timedelta(weeks=number) for number in range(1, WEEKS_BACK + 1)]
    found = session.project.sessions.filter(on__in=days).exclude(staff=None)
    return found.prefetch_related("staff").order_by("-on", "-from_at").first()


def next_unready(session, user, today):
    """The way to the session after this one whose sheet is not published; None where there is none within a week."""
    later = (
        Q(on__gt=session.on)
        | Q(on=session.on, from_at__gt=session.from_at)
        | Q(on=session.on, from_at=session.from_at, pk__gt=session.pk)
    )
    found = sessions_open_to(user).filter(later, state=SessionState.PLANNED, on__gte=today)
    found = found.filter(on__lte=session.on + timedelta(days=7)).select_related("project")
    one = found.order_by("on", "from_at", "pk").first()
    if one is None:
        return None
    words = f"{one.project.name}, {said_day(one.on, today)}, {said_hours(one)}"
    return Link(words, reverse("work-session", args=[one.pk]))


def to_see_to_before(session, user):
    """What staff have not stated and matters to somebody expected: it refuses nothing, and is seen to before the day."""
    return to_see_to(list(expected_on(session)), session.staff.all(), session.on, user)


def sheet_link(session, user):
    """The way to the sheet, once there is one."""
    if is_published(session):
        return Link("Read the day sheet", reverse("day-sheet", args=[session.pk]))
    return None
