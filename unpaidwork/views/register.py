"""The register on a tablet: a row a person, and what is said of all of them or of the whole day.

What is said of one of them: `unpaidwork.views.attendance`. Each page is one call of a service.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_POST

from cases.access import staff_view
from cases.rules.addresses import number
from staff.errors import RuleBroken
from staff.kit import Line, on
from staff.permissions import Action
from unpaidwork.forms.register import (
    OTHER,
    LeaveTogetherForm,
    StandDownForm,
)
from unpaidwork.queries.incidents import reported_on
from unpaidwork.queries.register import (
    cases_open,
    day_of,
    expected_on,
)
from unpaidwork.queries.register_page import register_of, usual_task
from unpaidwork.queries.session_pages import said_hours
from unpaidwork.queries.sheet import find_session
from unpaidwork.queries.site_watch import own_watch
from unpaidwork.reference.sessions import Came, SessionState
from unpaidwork.services import register as services
from unpaidwork.services.sync import settle_sync


@staff_view(Action.RUN_SESSION)
def register(request, session):
    at, found = now(), found_session(request, session)
    context = {
        "register": register_of(found, request.user, at),
        "incidents": reported_on(found, request.user),
        "watch": own_watch(found, request.user, at),
    }
    return render(request, "unpaidwork/register/register.html", context)


@staff_view(Action.RUN_SESSION)
def leave_together(request, session):
    """Everybody who is here leaves at once, but for whoever is left out."""
    at, found = now(), found_session(request, session)
    open_now = cases_open(found, request.user)
    people = [
        (f"{one.pk}-{one.version}", one.case.name)
        for one in expected_on(found).filter(came=Came.HERE, case__in=open_now)
    ]
    begun = begin_leaving(found, at, request.user) | {"who": [key for key, _ in people]}
    known = {"day": day_of(found), "people": people}
    form = LeaveTogetherForm(request.POST, **known) if request.method == "POST" else LeaveTogetherForm(initial=begun, **known)  # fmt: skip
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(services.leave_together, session=found, by=request.user, now=at)
        if done:
            messages.success(request, f"{len(done)} left." if len(done) > 1 else "One left.")
            return redirect("work-register", session=found.pk)
    return render(request, "unpaidwork/register/leave_together.html", _page(found) | {"form": form})


@staff_view(Action.RUN_SESSION)
def stand_down(request, session):
    found = found_session(request, session)
    form = StandDownForm(request.POST) if request.method == "POST" else StandDownForm()
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(services.stand_down, session=found, by=request.user, now=now())
        if done:
            messages.success(
                request,
                "The session is stood down, as ours and nobody’s failure. Their officers see it in the log.",
            )
            return redirect("work-register", session=found.pk)
    return render(request, "unpaidwork/register/stand_down.html", _page(found) | {"form": form})


@staff_view(Action.RUN_SESSION)
@require_POST
def close_register(request, session):
    found = found_session(request, session)
    try:
        services.close_register(session=found, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The register is closed. A coordinator puts it right if need be.")
    return redirect("work-register", session=found.pk)


@staff_view(Action.RUN_SESSION)
@require_POST
def settle_disagreement(request, session, sync):
    """Take what a tablet sent, or leave what stands."""
    found = found_session(request, session)
    waiting = found.syncs.waiting().filter(
        pk=sync, attendance__case__in=cases_open(found, request.user)
    )
    one = waiting.select_related("attendance__case").first()
    if one is None:
        raise Http404
    take = request.POST.get("choose") == "sent"
    known = {"version": version_of(request), "by": request.user, "now": now()}
    try:
        settle_sync(sync=one, take=take, **known)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Taken as it was sent." if take else "What stood stays.")
    return redirect("work-register", session=found.pk)


def found_session(request, pk):
    found = find_session(request.user, pk)
    if found is None:
        raise Http404
    return found


def version_of(request):
    return int(number(request.POST.get("version", "")) or 0)


def begin_leaving(session, at, user):
    """The end of the session, or now where that is earlier; the task of whoever left last."""
    at, day = localtime(at), day_of(session)
    early = at.date() == session.on and at < day.ends_at
    task = usual_task(session, user)
    listed = task in day.tasks or not task
    return {
        "left_at": (at if early else day.ends_at).time().replace(second=0, microsecond=0),
        "hi_vis": session.project.hi_vis,
        "task": task if listed else OTHER,
        "task_other": "" if listed else task,
    }


def _page(session):
    """What the pages of a whole session show of it."""
    return {
        "project": session.project.name,
        "when": f"{on(session.on)}, {said_hours(session)}",
        "lines": [Line("State", SessionState(session.state).title)],
        "back": reverse("work-register", args=[session.pk]),
    }
