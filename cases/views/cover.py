"""Away and cover: who is away, who covers, and arranging it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from cases.access import staff_view
from cases.forms.cover import AbsenceForm
from cases.queries.cover import (
    absences_of,
    away_rows,
    cover_to_choose,
    covers_for,
    staff_to_arrange_for,
)
from cases.services.cover import arrange_absence, cancel_absence
from staff.errors import RuleBroken
from staff.kit import on
from staff.permissions import Action


@staff_view(Action.ARRANGE_COVER)
def away_and_cover(request):
    today = localdate()
    users = list(staff_to_arrange_for(request.user).order_by("last_name", "first_name", "pk"))
    asked = {"users": users, "covers": cover_to_choose(users)}
    if request.method == "POST":
        form = AbsenceForm(request.POST, **asked)
        if form.is_valid():
            try:
                absence = arrange_absence(by=request.user, today=today, **form.given())
            except RuleBroken as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _said(absence))
                return redirect("away-and-cover")
    else:
        form = AbsenceForm(initial={"user": request.user.username, "from_on": today}, **asked)
    context = {
        "form": form,
        "away": away_rows(absences_of(users, today), today, may_cancel=True),
        "covers_for": [one.name for one in covers_for(request.user)],
    }
    return render(request, "cases/away_and_cover.html", context)


@staff_view(Action.ARRANGE_COVER)
@require_POST
def cancel(request, absence):
    today = localdate()
    absences = absences_of(staff_to_arrange_for(request.user), today)
    found = get_object_or_404(absences.select_related("user"), pk=absence)
    try:
        cancel_absence(absence=found, by=request.user, today=today)
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, f"{found.user.name} is not away. Their alerts go to them again.")
    return redirect("away-and-cover")


def _said(absence):
    """What happens next and who does it."""
    days = f"{absence.user.name} is away from {on(absence.from_on)} to {on(absence.to_on)}."
    if absence.cover is None:
        return f"{days} Nobody covers, so their senior probation officer hears of everything."
    return f"{days} {absence.cover.name} covers: their cases and alerts are theirs on those days."
