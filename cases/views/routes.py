"""Pages about routes taken away: deciding it, seeing the decision, and booking what takes their place."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.forms.routes import NO_REQUIREMENT, BookReplacementForm, TakeRouteAwayForm
from cases.queries.header import case_header
from cases.queries.people import officer_of
from cases.queries.routes import (
    find_route,
    may_see_to_it,
    requirements_with_a_route,
    route_page,
)
from cases.rules.addresses import address, number
from cases.rules.routes import is_ours_to_book
from cases.services import routes as services
from staff.kit import on
from staff.permissions import Action
from staff.views.keeping import words_of

TAB = "case-sentence"


@case_view(Action.DECIDE_ROUTE)
def take_route_away(request, case):
    """Of the requirement that the address names, where it names one."""
    today, user = localdate(), request.user
    words = words_of(request)
    requirements = requirements_with_a_route(case)
    form = words.form(
        TakeRouteAwayForm,
        requirements=requirements,
        staff=may_see_to_it(case, today),
        initial=_begun_with(request, case, requirements),
    )
    if request.method == "POST" and form.is_valid():
        known = {"case": case, "by": user, "today": today, "now": now()}
        decision = form.carry_out(services.take_route_away, **known)
        if decision:
            words.forget()
            messages.success(request, _decided(decision))
            return redirect("see-route", crn=case.crn, route=decision.pk)
    context = {
        "case_header": case_header(case, user, today, TAB),
        "form": form,
        "words": words,
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "cases/take_route_away.html", context)


@case_view(Action.VIEW_PLAN)
def see_route(request, case, route):
    today, found = localdate(), find_route(case, route)
    if found is None:
        raise Http404
    header = case_header(case, request.user, today, TAB)
    context = {
        "case_header": header,
        "route": route_page(found, case, header.names, header.may, today),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "cases/route.html", context)


@case_view(Action.DECIDE_ROUTE)
def book_replacement(request, case, route):
    today, user, found = localdate(), request.user, find_route(case, route)
    if found is None:
        raise Http404
    header = case_header(case, user, today, TAB)
    ours = is_ours_to_book(found.route)
    asked = request.method != "POST" and not found.booked_at
    if ours and asked and Action.BOOK_APPOINTMENT in header.may:
        here = reverse("book-appointment", args=[case.crn])
        return redirect(address(here, route=found.pk))
    form = BookReplacementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        known = {"decision": found, "by": user, "today": today, "now": now()}
        if form.carry_out(services.book_replacement, **known):
            messages.success(request, f"It is booked. {officer_of(case)} has been told.")
            return redirect("see-route", crn=case.crn, route=found.pk)
    context = {
        "case_header": header,
        "form": form,
        "ours": ours,
        "route": route_page(found, case, header.names, header.may, today),
        "back": reverse("see-route", args=[case.crn, route]),
    }
    return render(request, "cases/book_replacement.html", context)


def _begun_with(request, case, requirements):
    asked = number(request.GET.get("requirement", ""))
    named = str(asked) if asked else ""
    return {
        "requirement": named if requirements else NO_REQUIREMENT,
        "owner": str(case.officer_id or ""),
    }


def _decided(decision):
    return (
        f"The route is taken away. {decision.owner.name} and the officer have been told. It is on the list "
        f"of the senior probation officer, to be booked by {on(decision.by_on)}, until a booking exists."
    )
