"""The clock of a lone supervisor: begun, set anew and ended by them or by whoever has spoken to them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_POST

from cases.access import staff_view
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.rules.dates import say_time
from unpaidwork.forms.watch import UntilForm
from unpaidwork.queries.site_watch import find_watch, watched_by
from unpaidwork.services import watch as services
from unpaidwork.views.register import found_session

SAY_A_TIME = "Say a time, for example 2:30pm."


@staff_view(Action.WATCH_SITE)
def site_watches(request):
    context = {"watches": watched_by(request.user, now())}
    return render(request, "unpaidwork/register/watches.html", context)


@staff_view(Action.RUN_SESSION)
@require_POST
def begin(request, session):
    found = found_session(request, session)
    return _until(
        request, services.begin_watch, reverse("work-register", args=[found.pk]), session=found
    )


@staff_view(Action.WATCH_SITE)
@require_POST
def extend(request, watch):
    found = _found(request, watch)
    return _until(request, services.extend_watch, _back(request, found), watch=found)


@staff_view(Action.WATCH_SITE)
@require_POST
def end(request, watch):
    found = _found(request, watch)
    try:
        services.say_safe(watch=found, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, f"Kept: {found.user.name} is off the site and all right.")
    return redirect(_back(request, found))


def _until(request, service, back, **known):
    """Begin or go on: either says by when they will have been heard of."""
    at, form = now(), UntilForm(request.POST)
    if not form.is_valid():
        messages.info(request, SAY_A_TIME)
        return redirect(back)
    try:
        done = service(call_by=form.call_by(at), by=request.user, now=at, **known)
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
    else:
        until = say_time(localtime(done.call_by))
        messages.success(request, f"If nobody has heard by {until}, the coordinators are told.")
    return redirect(back)


def _back(request, watch):
    """Whoever is on site came from the register, whoever looks for them from the list."""
    if watch.session.staff.filter(pk=request.user.pk).exists():
        return reverse("work-register", args=[watch.session_id])
    return reverse("site-watches")


def _found(request, pk):
    found = find_watch(request.user, pk)
    if found is None:
        raise Http404
    return found
