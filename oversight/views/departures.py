"""Pages about somebody who leaves: saying so, offering all their cases in one go, and calling it off."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases.access import staff_view
from cases.forms.departures import BeginDepartureForm
from cases.models import Case
from cases.rules.addresses import address
from cases.rules.words import counted
from cases.services import departures as services
from oversight.forms.giving import OfferLeaversCasesForm
from oversight.queries import departures as queries
from oversight.queries.movements import movement_tabs
from oversight.queries.offering import offering_of
from oversight.services.offering import offer_leavers_cases
from staff.errors import RuleBroken
from staff.kit import Masked, on
from staff.permissions import Action
from staff.views.keeping import words_of
from staff.views.lists import remember_list

MASKED_AT_ONCE = 100


@staff_view(Action.PLAN_DEPARTURE)
def begin_departure(request):
    users = list(queries.may_say_to_leave(request.user))
    form = BeginDepartureForm(request.POST if request.method == "POST" else None, users=users)
    if request.method == "POST" and form.is_valid():
        begun = form.carry_out(services.begin_departure, by=request.user, now=now())
        if begun:
            messages.success(
                request,
                f"{begun.user.name} leaves on {on(begun.last_on)}. Now say who is to have each case.",
            )
            return redirect("departure", departure=begun.pk)
    context = {"tabs": movement_tabs("hand-overs"), "form": form, "back": reverse("hand-overs")}
    return render(request, "oversight/holding/begin_departure.html", context)


@staff_view(Action.PLAN_DEPARTURE)
def departure(request, departure):
    """All their cases, with whom each is offered to; one press offers those that are ticked."""
    today, user = localdate(), request.user
    one = get_object_or_404(queries.may_plan(user), pk=departure)
    found = queries.leaving(one, user, today)
    words = words_of(request)
    asked = {"cases": found.open, "may": found.may, "receivers": found.receivers}
    ticks = {f"take_{case.crn}": True for case in found.open}
    form = _form(words, today, initial=ticks, **asked)
    if request.method == "POST" and form.is_valid():
        offered = form.carry_out(offer_leavers_cases, departure=one, by=user, now=now())
        if offered:
            words.forget()
            messages.success(request, _said(offered, one))
            return redirect("departure", departure=one.pk)
    remember_list(request, f"Cases of {one.user.name}")
    return render(request, "oversight/holding/departure.html", _context(one, found, form, words, user, today))  # fmt: skip


def _form(words, today, **asked):
    """With a box for each kind of warning of those that are chosen: also where the rest is not answered yet."""
    form = words.form(OfferLeaversCasesForm, **asked)
    form.is_valid()
    if not (offers := form.chosen()):
        return form
    return words.form(OfferLeaversCasesForm, **asked, kinds=offering_of(offers, today).warned)


def _context(one, found, form, words, user, today):
    theirs = Case.objects.within_reach(user, Action.HAND_OVER).ours().filter(officer=one.user)
    return {
        "tabs": movement_tabs("hand-overs"),
        "departure": one,
        "lead": _lead(one, found, today),
        "form": form,
        "words": words,
        "may_offer": bool(found.open),
        "propose": address(reverse("ask-for-sharing"), team=one.user.team.code, officer=one.user_id)
        if found.open and one.user.team
        else "",
        "rows": [
            (row, form.row(row.case.crn) if found.may[row.case.pk] else [])
            for row in found.rows
            if not row.offer
        ],
        "offered": [row for row in found.rows if row.offer],
        "elsewhere": found.elsewhere,
        "masked": [Masked(*row) for row in theirs.masked_to(user)[:MASKED_AT_ONCE]],
        "back": reverse("hand-overs"),
        "over": one.done_on is not None,
    }


def _lead(one, found, today):
    last = f"Last day {on(one.last_on)}."
    if one.last_on < today:
        return f"{last} It has passed: what nobody took is the senior’s, and an officer is to be named for each."
    return (
        f"{last} {counted(len(found.rows), 'case')}, the most pressing first. Each stays theirs until somebody accepts it; what "
        "nobody has accepted by then is the senior’s."
    )


def _said(offered, one):
    receivers = {each.to_officer.name for each in offered}
    return (
        f"{counted(len(offered), 'case')} offered to {counted(len(receivers), 'officer')}, who have been told. "
        f"{one.user.name} holds each until it is accepted."
    )


@staff_view(Action.PLAN_DEPARTURE)
@require_POST
def cancel_departure(request, departure):
    one = get_object_or_404(queries.may_plan(request.user), pk=departure)
    try:
        services.cancel_departure(departure=one, by=request.user, today=localdate())
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(
            request,
            f"{one.user.name} is not down to leave any more. What was offered and waits can be taken back on each case.",
        )
    return redirect("hand-overs")
