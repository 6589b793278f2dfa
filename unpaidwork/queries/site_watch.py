"""Supervisors alone on site, as they and whoever looks for them see it: who, where, by when, how they are reached.

Source: report 2.3 and chapter 4.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.timezone import localtime

from cases.queries.visit_pages import Caller, caller
from staff.kit import Tag, tag
from staff.permissions import Action, Reach, reach
from staff.rules.dates import say_time
from unpaidwork.models import SiteWatch
from unpaidwork.queries.policy import work_policy
from unpaidwork.rules.watch import how_reached

MOST = 100


@dataclass(frozen=True)
class Watched:
    """One supervisor under way."""

    key: int
    who: str
    project: str
    where: str
    state: str
    tag: Tag
    late: bool
    mine: bool
    reached: str
    rings: list[Caller]
    until: str  # what is proposed where they stay longer


@dataclass(frozen=True)
class OwnWatch:
    """The clock of the reader on one session. `running`: none yet where None."""

    may_begin: bool
    running: Watched | None
    until: str
    reached: str
    no_number: bool


def watched_by(user, now):
    """Those under way whom this reader looks for, or themselves; the latest to be heard of first."""
    rows = SiteWatch.objects.under_way().select_related("session__project", "user")
    if reach(user.role, Action.WATCH_SITE) <= Reach.OWN:
        rows = rows.filter(session__staff=user)
    minutes = work_policy(localtime(now).date()).watch_minutes
    return [_watched(one, user, now, minutes) for one in rows.order_by("call_by", "pk")[:MOST]]


def find_watch(user, pk):
    """One under way or over that is the reader's to say something of; None for any other."""
    rows = SiteWatch.objects.select_related("session__project", "user").filter(pk=pk)
    if reach(user.role, Action.WATCH_SITE) <= Reach.OWN:
        rows = rows.filter(session__staff=user)
    return rows.first()


def own_watch(session, user, now):
    """The reader's own clock on this session; None for whoever is not on site there."""
    if not session.staff.filter(pk=user.pk).exists():
        return None
    today = localtime(now).date()
    running = SiteWatch.objects.under_way().filter(session=session, user=user)
    one = running.select_related("session__project", "user").first()
    minutes = work_policy(today).watch_minutes
    return OwnWatch(
        may_begin=session.on == today,
        running=_watched(one, user, now, minutes) if one else None,
        until=_proposed(now, minutes),
        reached=how_reached(session.project.signal, session.project.fallback),
        no_number=not user.mobile,
    )


def _watched(one, user, now, minutes):
    late, project = one.call_by <= now, one.session.project
    return Watched(
        key=one.pk,
        who=one.user.name,
        project=project.name,
        where=", ".join(filter(None, (project.address, project.postcode))),
        state=_state(one, late),
        tag=tag("overdue" if late else "under-way"),
        late=late,
        mine=one.user_id == user.pk,
        reached=how_reached(project.signal, project.fallback),
        rings=[caller(one.user)] if one.user_id != user.pk else [],
        until=_proposed(max(now, one.call_by), minutes),
    )


def _state(one, late):
    by = say_time(localtime(one.call_by))
    if late:
        return f"Nobody has heard since {by}."
    return f"On site since {say_time(localtime(one.began_at))}. Will be heard of by {by}."


def _proposed(moment, minutes):
    at = localtime(moment + timedelta(minutes=minutes))
    return say_time(at.replace(minute=at.minute - at.minute % 5, second=0))
