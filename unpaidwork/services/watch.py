"""A supervisor alone on site: the clock they set, and whoever is told when it runs out.

Each step commits with the messages it writes, so that a worker killed at any moment leaves a step either told or
still to tell, and the sweep of the next minute takes it up. A clock is never refused for what a site is like: that
would leave nobody looking. Source: report 2.3 and chapter 4; architecture, "the database is the queue".
"""

from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.services.jobs import each_by_itself
from staff.audit import record
from staff.errors import RuleBroken
from staff.models import User
from unpaidwork.models import SiteWatch, WorkSession
from unpaidwork.queries.policy import work_policy
from unpaidwork.queries.register import may_keep
from unpaidwork.queries.site_staff import may_say_safe, told_at
from unpaidwork.reference.sessions import SessionState
from unpaidwork.rules.watch import STEPS, check_call_by, how_reached, steps_due
from unpaidwork.services.site_telling import said_time, tell_staff

SUBJECT = "A supervisor on site: please look now"
NOT_TOLD = "Sites of which nobody could be told, left for the next minute"
UNKNOWN_NUMBER = "no number known"


@transaction.atomic
def begin_watch(*, session, call_by, by, now):
    """Somebody who is on site says by when they will have been heard of. Beginning again sets the clock anew."""
    session = (
        WorkSession.objects.select_for_update(of=("self",))
        .select_related("project")
        .get(pk=session.pk)
    )
    if not may_keep(session, by):
        raise RuleBroken("Only those who run this session are watched on it.")
    if session.on != localtime(now).date() or session.state == SessionState.STOOD_DOWN:
        raise RuleBroken("There is no work on this site today, so nobody is watched there.")
    check_call_by(call_by, now)
    running = SiteWatch.objects.under_way().filter(session=session, user=by).first()
    if running:
        return extend_watch(watch=running, call_by=call_by, by=by, now=now)
    watch = SiteWatch.objects.create(session=session, user=by, began_at=now, call_by=call_by)
    record(by=by, action="began_site_watch", watch=watch.pk, session=session.pk)
    return watch


@transaction.atomic
def extend_watch(*, watch, call_by, by, now):
    """They are all right and stay, say they, or whoever has spoken to them. The clock begins anew."""
    watch = _hold(watch)
    _check_under_way(watch)
    _check_may_say(watch, by)
    check_call_by(call_by, now)
    told = _told(watch, by)
    watch.call_by, watch.alerted = call_by, 0
    watch.save(update_fields=["call_by", "alerted"])
    record(by=by, action="extended_site_watch", watch=watch.pk)
    text = f"{watch.user.name} is all right and is heard of again by {said_time(call_by)}, says {by.name}"
    _tell(watch, told, text, f"longer-{now:%Y%m%d%H%M%S}", now)
    return watch


@transaction.atomic
def say_safe(*, watch, by, now):
    """They are off the site and all right: said by them, or by whoever has spoken to them. Those alarmed hear it."""
    watch = _hold(watch)
    _check_under_way(watch)
    _check_may_say(watch, by)
    told = _told(watch, by)
    watch.safe_at, watch.safe_said_by = now, by
    watch.save(update_fields=["safe_at", "safe_said_by"])
    record(by=by, action="ended_site_watch", watch=watch.pk, alerted=watch.alerted)
    text = f"{watch.user.name} is off the site and all right, says {by.name}. Nobody need ring"
    _tell(watch, told, text, "over", now)
    return watch


def alert_unheard(*, now):
    """Tell whoever is to be told by now of every supervisor nobody has heard of. Returns how many steps.

    May run any number of times, and beside itself: a step is told once. One that fails holds up no other.
    """
    late = SiteWatch.objects.unheard_of(now).filter(alerted__lt=STEPS).order_by("call_by")
    alerts = [partial(_alert, pk, now) for pk in late.values_list("pk", flat=True)]
    return sum(each_by_itself(*alerts, failed=NOT_TOLD))


@transaction.atomic
def _alert(pk, now):
    """The steps of this watch that have been reached and not told; how many. One being changed waits a minute."""
    watch = (
        _watches()
        .filter(pk=pk, safe_at=None, call_by__lte=now)
        .select_for_update(of=("self",), skip_locked=True)
        .first()
    )
    if watch is None:
        return 0
    today = localtime(now).date()
    reached = steps_due(watch.call_by, now, work_policy(today))
    steps = range(watch.alerted + 1, reached + 1)
    for step in steps:
        users = told_at(step, watch, today)
        _tell(watch, users, _text(watch), f"{watch.call_by:%Y%m%d%H%M%S}-{step}", now)
        record(by=None, action="alerted_unheard_site", watch=watch.pk, step=step, told=len(users))
    SiteWatch.objects.filter(pk=pk).update(alerted=max(watch.alerted, reached))
    return len(steps)


def page_of(watch):
    """Where whoever looks for them sees this."""
    return f"{reverse('site-watches')}#watch-{watch.pk}"


def _hold(watch):
    return _watches().select_for_update(of=("self",)).get(pk=watch.pk)


def _watches():
    return SiteWatch.objects.select_related(
        "session__project", "user", "user__team", "safe_said_by"
    )


def _check_under_way(watch):
    if watch.safe_at:
        raise RuleBroken(
            f"They are off the site and all right: said {watch.safe_said_by.name}, {said_time(watch.safe_at)}."
        )


def _check_may_say(watch, by):
    if not may_say_safe(watch, by):
        raise RuleBroken(
            "Only they, who is on site with them, and whoever looks for them can say this."
        )


def _told(watch, by):
    """Whoever has been told anything of it, but for whoever says so now: they need not ring."""
    told = User.objects.filter(messages__key__startswith=f"site-{watch.pk}-", is_active=True)
    return list(told.exclude(pk=by.pk).distinct().order_by("pk"))


def _text(watch):
    """Who is missed and how they are reached; nobody on probation."""
    project, user = watch.session.project, watch.user
    return (
        f"Nobody has heard from {user.name} at {project.name} since {said_time(watch.call_by)}. "
        f"Ring them now: {user.mobile or UNKNOWN_NUMBER}. {how_reached(project.signal, project.fallback)} "
        "If you cannot reach them, ring the police on 999"
    )


def _tell(watch, users, text, key, now):
    tell_staff(
        users=users,
        subject=SUBJECT,
        text=text,
        href=page_of(watch),
        key=f"site-{watch.pk}-{key}",
        now=now,
    )
