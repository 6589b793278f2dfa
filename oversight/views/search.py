"""Search: what is typed is posted and kept; the address of the results tells nobody anything."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cases.access import staff_view
from cases.models import Case, Search
from cases.queries.search import MOST, answers
from cases.services.search import remember_search
from oversight.queries.rows import officer_of
from staff.audit import record_many
from staff.errors import RuleBroken
from staff.kit import Masked
from staff.permissions import Action
from staff.views.lists import remember_list


@staff_view(Action.SEARCH_CASES)
def search(request):
    """A search typed is kept and answered at its own address; without one, the page asks for it."""
    if request.method != "POST":
        return render(request, "oversight/search.html", {"text": "", "asked": False})
    try:
        kept = remember_search(text=request.POST.get("q", ""), by=request.user)
    except RuleBroken as refusal:
        context = {"text": "", "asked": False, "refusal": str(refusal)}
        return render(request, "oversight/search.html", context)
    return redirect("search-results", key=kept.key)


@staff_view(Action.SEARCH_CASES)
def results(request, key):
    kept = get_object_or_404(Search, key=key, by=request.user)
    found = answers(request.user, kept.text)
    viewable = set(
        Case.objects.open_to(request.user, Action.VIEW_CASE)
        .filter(pk__in=[case.pk for case in found.shown])
        .values_list("pk", flat=True)
    )
    record_many(
        by=request.user, action="found", crns=[case.crn for case in found.shown], search=str(key)
    )
    count = len(found.cases)
    context = {
        "text": kept.text,
        "asked": True,
        "rows": [_row(case, found, viewable) for case in found.cases],
        "near": [_row(case, found, viewable) for case in found.near],
        "masked": [Masked(*row) for row in found.masked],
        "shown": f"First {MOST}: type more of the name to find others"
        if found.more
        else _how_many(count, len(found.masked), len(found.near)),
    }
    remember_list(request, "Search results")
    return render(request, "oversight/search.html", context)


def _row(case, found, viewable):
    return {
        "crn": case.crn,
        "name": case.list_name,
        "answered_by": found.answered_by(case, case.pk in viewable),
        "href": reverse("case", args=[case.crn]) if case.pk in viewable else "",
        "officer": officer_of(case),
        "team": case.team.name if case.team else "No team",
        "state": case.get_state_display(),
    }


def _how_many(people, kept, near):
    if kept and not people:
        return "Limited access"
    found = f"{people} {'person' if people == 1 else 'people'}"
    return f"{found}, and {near} nearly what you typed" if near else found
