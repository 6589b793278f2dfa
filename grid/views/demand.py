"""What is asked for of one intervention beside what is planned of it, and what one more series would change."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import staff_view
from cases.rules.addresses import address
from cases.rules.words import counted
from grid.queries.demand import changed, demand_of
from grid.reference.interventions import INTERVENTIONS
from grid.services.intervention_policy import intervention_policy
from staff.kit import Column, on
from staff.permissions import Action, reach

COUNTED = [Column("Wait", numeric=True), Column("Nothing fits", numeric=True)]
TRIED = [
    Column("Where and when"), Column("Would begin"), Column("More would begin", numeric=True),
    Column("More would finish in time", numeric=True), Column("Weeks sooner, all together", numeric=True), Column("Places taken", numeric=True),
]  # fmt: skip


@staff_view(Action.VIEW_DEMAND)
def demand(request, intervention):
    if intervention not in INTERVENTIONS:
        raise Http404
    today, women_only = localdate(), request.GET.get("women") == "on"
    policy = intervention_policy(today)
    terms = policy.terms[intervention]
    found = demand_of(intervention, request.user, policy, now(), women_only=women_only)
    here = reverse("demand", args=[intervention])
    context = {
        "heading": f"Demand for {INTERVENTIONS[intervention].title}",
        "list": reverse("waiting-list", args=[intervention]),
        "found": found,
        "waits": counted(found.wait, "person waits", "people wait"),
        "leading": _leading(terms, found),
        "shares": list(_shares(found)),
        "tried": [_row(one) for one in changed(found.tried)],
        "tried_columns": TRIED,
        "without": len(found.tried) - len(changed(found.tried)),
        "may_plan": bool(reach(request.user.role, Action.RUN_GROUPS)),
        "both": not terms.women_only,
        "women_only": women_only,
        "other": address(here, **({} if women_only else {"women": "on"})),
        "version": policy.version,
    }
    return render(request, "grid/demand.html", context)


def _shares(found):
    yield "By the place nearest to them", [Column("Place"), *COUNTED], found.places
    yield "By when they could come", [Column("Time of the week"), *COUNTED], found.times
    if found.groups is not None:
        yield "By GRID group", [Column("Group"), *COUNTED], found.groups


def _leading(terms, found):
    leads = f"{counted(found.leaders, 'person leads', 'people lead')} each session"
    if not terms.skill:
        return f"{leads}, and it asks for no training of its own."
    return f"{leads}; {counted(found.trained, 'person is', 'people are')} trained for it today."


def _row(one):
    change = one.change
    return {
        "where": f"{one.site}, {one.when.title.lower()}",
        "begins": on(one.begins),
        "begin": change.begin,
        "in_time": change.in_time,
        "sooner": change.sooner,
        "taken": change.taken,
        "lacks": one.lacks,
    }
