"""Coordinators: registers that are not closed, and travel that waits for a decision."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import staff_view
from cases.rules.addresses import address, number
from cases.rules.words import counted
from staff.kit import Line, on
from staff.permissions import Action
from unpaidwork.forms.register import TravelForm
from unpaidwork.queries.policy import work_policy
from unpaidwork.queries.register import how_it_stands
from unpaidwork.queries.register_desk import find_travel, page_of_registers, page_of_travel
from unpaidwork.services.travel import decide_travel


@staff_view(Action.CREDIT_HOURS)
def registers_to_close(request):
    here, user = reverse("registers-to-close"), request.user
    after = number(request.GET.get("after", "")) or ""
    rows, following, count = page_of_registers(user, today=localdate(), after=after)
    context = {
        "rows": rows,
        "shown": counted(count, "register"),
        "first": here if after else "",
        "next": address(here, after=following) if following else "",
    }
    return render(request, "unpaidwork/register/to_close.html", context)


@staff_view(Action.CREDIT_HOURS)
def travel_to_decide(request):
    here, user = reverse("travel-to-decide"), request.user
    after = number(request.GET.get("after", "")) or ""
    rows, masked, following, count = page_of_travel(user, after=after)
    context = {
        "rows": rows,
        "masked": masked,
        "shown": counted(count, "session"),
        "first": here if after else "",
        "next": address(here, after=following) if following else "",
    }
    return render(request, "unpaidwork/register/travel.html", context)


@staff_view(Action.CREDIT_HOURS)
def decide(request, attendance):
    found = find_travel(request.user, attendance)
    if found is None:
        raise Http404
    form = TravelForm(request.POST) if request.method == "POST" else TravelForm()
    if request.method == "POST" and form.is_valid():
        known = {"attendance": found, "by": request.user, "today": localdate(), "now": now()}
        done = form.carry_out(decide_travel, **known)
        if done:
            messages.success(request, f"{found.case.name}: {done.get_travel_display().lower()}.")
            return redirect("travel-to-decide")
    context = {
        "form": form,
        "name": found.case.name,
        "crn": found.case.crn,
        "lines": [
            Line("Session", f"{found.session.project.name}, {on(found.session.on)}"),
            Line("The register says", how_it_stands(found)),
            Line(
                "Not counted",
                f"{work_policy(found.session.on).travel_beyond_minutes} minutes each way",
            ),  # fmt: skip
        ],
        "back": reverse("travel-to-decide"),
    }
    return render(request, "unpaidwork/register/decide_travel.html", context)
