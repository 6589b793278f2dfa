"""Taking somebody out of a series, or letting go a place that is kept for them: what it means is read before it is done."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.queries.header import case_header
from grid.forms.places import LeaveForm, LetGoForm
from grid.queries import place_page as page
from grid.queries.places import find_place
from grid.reference.groups import LIVE_PLACES, PlaceState
from grid.services import places as services
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

TAB, BACK = "case-interventions", "case-offers"
OVER = "They have no place there any more: {}. See below where it stands."
LEFT = "They have left the series, and what was to come is called off. Tell them."
LET_GO = "The place is free again, and they keep their place in the queue."


@case_view(Action.GIVE_PLACE)
def leave_series(request, case, series_place):
    """Of a place that is kept, and not taken up yet, it is let go."""
    place = find_place(case, series_place)
    if place is None:
        raise Http404
    if place.state not in LIVE_PLACES:
        say_closed(request, OVER.format(PlaceState(place.state).title.lower()))
        return redirect(BACK, crn=case.crn)
    at, kept, words = now(), page.is_kept(place), words_of(request)
    form = words.form(LetGoForm if kept else LeaveForm)
    service = services.let_go if kept else services.leave_series
    known = {"place": place, "by": request.user, "now": at}
    if request.method == "POST" and form.is_valid() and form.carry_out(service, **known):
        words.forget()
        messages.success(request, LET_GO if kept else LEFT)
        return redirect(BACK, crn=case.crn)
    context = {
        "case_header": case_header(case, request.user, localdate(), TAB),
        "kept": kept,
        "lines": list(page.place_lines(place, at)),
        "follows": page.what_follows(place),
        "form": form,
        "words": words,
        "back": reverse(BACK, args=[case.crn]),
    }
    return render(request, "grid/leave_series.html", context)
