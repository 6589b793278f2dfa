"""Finding somebody who stands at the desk: what is typed is posted and kept; whoever is found leads to recording that they are here."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now

from cases.access import staff_view
from cases.models import Search
from cases.queries.at_the_door import with_instructions
from cases.queries.search import MOST, answers
from cases.services.search import remember_search
from oversight.queries.walk_ins import found_rows
from staff.audit import record_many
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.views.lists import remember_list

PAGE = "oversight/desk/found.html"


@staff_view(Action.SEE_WALK_IN)
def find_walk_in(request):
    """One answer to a CRN leads straight to the form, so that recording takes two presses."""
    back = reverse("duty-today")
    if request.method != "POST":
        return render(request, PAGE, {"back": back})
    try:
        kept = remember_search(text=request.POST.get("q", ""), by=request.user)
    except RuleBroken as refusal:
        return render(request, PAGE, {"back": back, "refusal": str(refusal)})
    found = answers(request.user, kept.text)
    only = found.cases[0] if len(found.cases) == 1 and not found.masked else None
    if only and only.crn == kept.text.strip().upper():
        row = found_rows(found, request.user, now())[0]
        if row.record:
            return redirect(row.record)
    return redirect("walk-ins-found", key=kept.key)


@staff_view(Action.SEE_WALK_IN)
def walk_ins_found(request, key):
    kept = get_object_or_404(Search, key=key, by=request.user)
    found = answers(request.user, kept.text)
    rows = found_rows(found, request.user, now())
    record_many(
        by=request.user, action="found", crns=[case.crn for case in found.shown], search=str(key)
    )
    context = {
        "text": kept.text,
        "asked": True,
        "rows": rows[: len(found.cases)],
        "near": rows[len(found.cases) :],
        "masked": with_instructions(found.masked),
        "more": f"These are the first {MOST}: type more of the name to find others."
        if found.more
        else "",
        "back": reverse("duty-today"),
    }
    remember_list(request, "Found at the desk")
    return render(request, PAGE, context)
