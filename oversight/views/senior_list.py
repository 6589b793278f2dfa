"""A senior's list of the day: what only they can do, as much as takes its minutes, and where it ends."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.models import Case
from cases.services.policy import supervision_policy
from oversight.queries.senior_list import SENIORS, senior_list
from staff.kit import Masked
from staff.permissions import Action
from staff.views.lists import remember_list

MASKED_AT_ONCE = 100


@staff_view(Action.VIEW_WORK)
def list_of_the_day(request):
    """Whoever decides nothing alone is led to their work."""
    today, user = localdate(), request.user
    if user.role not in SENIORS:
        return redirect("my-work")
    policy = supervision_policy(today)
    found = senior_list(user, today, policy)
    remember_list(request, "Your list of the day")
    within = Case.objects.within_reach(user, Action.VIEW_WORK)
    context = {
        "heading": f"Your {policy.minutes_a_day} minutes",
        "found": found,
        "policy": reverse("policy", args=["supervision"]),
        "work": reverse("my-work"),
        "masked": [Masked(*row) for row in within.masked_to(user)[:MASKED_AT_ONCE]],
    }
    return render(request, "oversight/senior_list.html", context)
