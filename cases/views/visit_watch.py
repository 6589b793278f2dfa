"""The page of whoever watches the clock of a visit, or makes one: who is out, by when they call, and ringing them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_POST

from cases.access import staff_view
from cases.forms.visits import CallByForm
from cases.queries.visit_watch import find_watched, page_of, watched_by
from cases.services.visits import check_in, extend
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.rules.dates import say_time


@staff_view(Action.WATCH_VISIT)
def check_ins(request):
    found = watched_by(request.user, now())
    context = {
        "under_way": [one for one in found if one.under_way],
        "coming": [one for one in found if not one.under_way],
        "mobile": request.user.mobile,
    }
    return render(request, "cases/visits/check_ins.html", context)


@staff_view(Action.WATCH_VISIT)
@require_POST
def say_safe(request, visit):
    found = _found(request, visit)
    try:
        check_in(visit=found, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, f"Kept: {found.appointment.officer.name} is out and safe.")
    return redirect("check-ins")


@staff_view(Action.WATCH_VISIT)
@require_POST
def say_later(request, visit):
    at, found = now(), _found(request, visit)
    form = CallByForm(request.POST)
    if not form.is_valid():
        messages.info(request, "Say a time, for example 2:30pm.")
        return redirect(page_of(found))
    try:
        done = extend(visit=found, call_by=form.call_by(at), by=request.user, now=at)
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, f"You wait until {say_time(localtime(done.call_by))}.")
    return redirect(page_of(found))


def _found(request, key):
    found = find_watched(request.user, key, now())
    if found is None:
        raise Http404
    return found
