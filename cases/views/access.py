"""What somebody sees who is shut out of a case, and the way in when it cannot wait."""

from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now

from cases.access import Closed, Masked, staff_view
from cases.forms.access import EmergencyForm
from cases.models import Case
from cases.queries.limits import closed_by_restriction
from cases.rules.words import listed
from cases.services.limits import OPEN_FOR, open_in_emergency
from staff.audit import record
from staff.errors import RuleBroken
from staff.permissions import Action, reach
from staff.rules.dates import say_date, say_time


def refused(request, exception=None):
    """The page of every refusal. Of a case kept from this reader: its message, and whom to ask."""
    context: dict[str, Any] = {"exception": str(exception or "")}
    if isinstance(exception, Closed):
        context |= {"heading": "This case has ended"}
    if isinstance(exception, Masked):
        context |= {"masked": exception, "emergency": _way_in(request.user, exception.crn)}
    return render(request, "403.html", context, status=403)


def _way_in(user, crn):
    """The address of the emergency view, where there is one for this reader."""
    may = reach(user.role, Action.OPEN_IN_EMERGENCY) and closed_by_restriction(user, crn)
    return reverse("emergency-view", args=[crn]) if may else ""


@staff_view(Action.OPEN_IN_EMERGENCY)
def emergency_view(request, crn):
    """For a restricted case only; any other is asked for in the ordinary way."""
    case = get_object_or_404(
        Case.objects.within_reach(request.user, Action.OPEN_IN_EMERGENCY), crn=crn
    )
    limit = closed_by_restriction(request.user, crn)
    if limit is None:
        return redirect("case", crn=crn)
    record(by=request.user, action=Action.OPEN_IN_EMERGENCY, crn=crn)
    form = EmergencyForm(request.POST) if request.method == "POST" else EmergencyForm()
    if request.method == "POST" and form.is_valid() and _opened(request, case, form):
        return redirect("case", crn=crn)
    context = {"form": form, "crn": crn, "limit": limit, "hours": OPEN_FOR.total_seconds() // 3600}
    return render(request, "cases/emergency_view.html", context)


def _opened(request, case, form):
    at = now()
    try:
        told = open_in_emergency(
            case=case, reason=form.cleaned_data["reason"], by=request.user, now=at
        )
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
        return False
    until = localtime(at + OPEN_FOR)
    messages.success(
        request,
        f"You may see this case until {say_time(until.time())} on {say_date(until.date())}. "
        f"Told at once: {listed([one.name for one in told]) or 'nobody, so tell your own manager'}.",
    )
    return True
