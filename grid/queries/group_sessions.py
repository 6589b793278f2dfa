"""Sessions of groups as those who lead them see them: theirs of today, registers not sent, the week to come.

Source: product rules, groups; features 80. The same few statements however many sessions there are.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.timezone import localtime

from cases.rules.words import counted, listed
from grid.models import SeriesSession, SessionLeader
from grid.queries.group_register import is_senior, last_number, of_their_team
from grid.queries.rooms import bounds, title_of
from grid.queries.series import as_session
from grid.reference.groups import SessionState
from grid.rules.group_register import is_late
from staff.kit import Tag, on, tag
from staff.rules.dates import say_time

DAYS_TO_COME = 7
MOST_ROWS = 100  # of registers not sent, the oldest first


@dataclass(frozen=True)
class SessionRow:
    """One session in a list. `late`: its register was not sent by the end of its day."""

    key: int
    title: str
    session: str
    day: str
    hours: str
    where: str
    leaders: str
    people: str
    tag: Tag
    because: str  # why it was called off; blank: it was not
    late: bool
    href: str


@dataclass(frozen=True)
class MyGroups:
    """`of_team`: registers of others that are not sent and hold people of a senior's team; `more` of each are not shown."""

    today: list[SessionRow]
    not_sent: list[SessionRow]
    to_come: list[SessionRow]
    of_team: list[SessionRow]
    more: int


def my_groups(user, now):
    """What this member of staff leads, and for a senior what of their team is not sent. Source of days: London's clock."""
    today = localtime(now).date()
    begins, ends = bounds(today, today)
    called_off = Q(stands=False, session__state=SessionState.CALLED_OFF)
    led = SessionLeader.objects.filter(Q(stands=True) | called_off, user=user).values("session")
    mine = _known().filter(pk__in=led)
    until = bounds(today, today + timedelta(days=DAYS_TO_COME))[1]
    unsent = SeriesSession.objects.standing().filter(sent_at=None, ends_at__lt=begins)
    not_sent = list(mine.filter(pk__in=unsent.values("pk"))[: MOST_ROWS + 1])
    near = list(mine.filter(starts_at__gte=begins, starts_at__lt=until))
    others = []
    if is_senior(user):
        theirs = unsent.filter(pk__in=of_their_team(user).values("session")).exclude(pk__in=led)
        others = list(_known().filter(pk__in=theirs.values("pk"))[: MOST_ROWS + 1])
    shown = [not_sent[:MOST_ROWS], near, others[:MOST_ROWS]]
    names = leaders_of([one.pk for rows in shown for one in rows])
    late, to_come, of_team = ([_row(one, names, now) for one in rows] for rows in shown)
    first = sum(one.starts_at < ends for one in near)
    return MyGroups(
        today=to_come[:first],
        not_sent=late,
        to_come=to_come[first:],
        of_team=of_team,
        more=sum(len(rows) > MOST_ROWS for rows in (not_sent, others)),
    )


def leaders_of(keys):
    """{session: names of those who lead it, in order}"""
    found = defaultdict(list)
    rows = SessionLeader.objects.standing().filter(session__in=keys).select_related("user")
    for one in sorted(rows, key=lambda one: (one.user.name, one.pk)):
        found[one.session_id].append(one.user.name)
    return found


def where_of(session):
    """The room and the place, as much as is known."""
    room = session.room
    return (
        f"{room.name}, {room.place.name}" if room else f"{session.series.place.name}, no room yet"
    )


def numbered(session):
    """Which of the series it is: "Session 3 of 12"."""
    last = f" of {session.last}" if session.last else ""
    return f"Session {session.number}{last}"


def said_day(planned):
    return f"{planned.on:%A} {on(planned.on)}"


def said_hours(planned):
    return f"{say_time(planned.from_at)} to {say_time(planned.to_at)}"


def tag_of(session, now):
    """Where its register stands: red once its day is over and it has not been sent."""
    if session.state == SessionState.CALLED_OFF:
        return tag("called-off")
    if session.sent_at:
        return tag("sent")
    if is_late(as_session(session), None, localtime(now)):
        return tag("overdue")
    return tag("still-to-do") if session.ends_at <= now else tag("open")


def _known():
    expected = Count("attendances", filter=Q(attendances__stands=True))
    rows = SeriesSession.objects.annotate(people=expected, last=last_number())
    return rows.select_related("series__place", "room__place").order_by("starts_at", "pk")


def _row(one, names, now):
    planned, called_off = as_session(one), one.state == SessionState.CALLED_OFF
    return SessionRow(
        key=one.pk,
        title=title_of(one.series.code),
        session=numbered(one),
        day=said_day(planned),
        hours=said_hours(planned),
        where=where_of(one),
        leaders=listed(names.get(one.pk, [])),
        people=f"{counted(one.people, 'person', 'people')} expected",
        tag=tag_of(one, now),
        because=one.state_because if called_off else "",
        late=not called_off and not one.sent_at and is_late(planned, None, localtime(now)),
        href=reverse("group-register", args=[one.pk]),
    )
