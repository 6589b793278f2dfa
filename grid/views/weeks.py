"""When somebody can come: the page of it, what they say of their week, what they are tied to, and of places."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now
from django.views.decorators.http import require_POST

from cases.access import case_view
from cases.models import Place
from cases.queries.header import case_header
from grid.forms.weeks import NEITHER, CommitmentForm, PlaceSaidForm, WeekForm, begun_with
from grid.queries.seekers import company_of
from grid.queries.week_page import case_week as page_of
from grid.queries.week_page import weeks_said
from grid.services import weeks as services
from staff.errors import Conflict, RuleBroken
from staff.kit import Column, Link, on
from staff.permissions import Action
from staff.rules.dates import say_time
from staff.views.keeping import words_of

HERE, TAB = "case-week", "case-interventions"
PARTS = [Column("Day"), Column("Morning"), Column("Afternoon"), Column("Evening")]
KEPT = "Recorded. From now on no group is offered to them at any other time."


@case_view(Action.VIEW_PLAN)
def case_week(request, case):
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    page = page_of(case, header.names, header.may, today)
    context = {
        "case_header": header,
        "page": page,
        "parts": PARTS,
        "actions": list(_actions(case, page, header.may)),
        "add": reverse("add-commitment", args=[case.crn]) if Action.SAY_WEEK in header.may else "",
    }
    return render(request, "grid/case_week.html", context)


def _actions(case, page, may):
    if Action.SAY_WEEK in may:
        yield Link("Ask them again" if page.asked else "Record when they can come", reverse("say-week", args=[case.crn]))  # fmt: skip


@case_view(Action.SAY_WEEK)
def say_week(request, case):
    """What two people recorded meanwhile is shown side by side, and nothing typed is lost."""
    header, words = case_header(case, request.user, localdate(), TAB), words_of(request)
    weeks = weeks_said(case)
    begun = begun_with(weeks[0] if weeks else None, header.names)
    form = words.form(WeekForm, woman=company_of([case.pk])[case.pk].woman, initial=begun)
    clashes = []
    if request.method == "POST" and form.is_valid():
        try:
            if form.carry_out(services.say_week, case=case, by=request.user, now=now()):
                words.forget()
                messages.success(request, KEPT)
                return redirect(HERE, crn=case.crn)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
            clashes = _changed_meanwhile(form, weeks_said(case), header.names)
            words.keep_again(form)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "clashes": clashes,
        "parts": [*PARTS, Column("Or exact hours")],
        "back": reverse(HERE, args=[case.crn]),
    }
    return render(request, "grid/say_week.html", context)


def _changed_meanwhile(form, weeks, names):
    shown = next((one for one in weeks if one.pk == form.cleaned_data["week"]), None)
    at = localtime(weeks[0].said_at)
    return form.show_what_changed(
        shown, weeks[0], names, f"{on(at.date())} at {say_time(at.time())}"
    )


@case_view(Action.SAY_WEEK)
def add_commitment(request, case):
    header, words = case_header(case, request.user, localdate(), TAB), words_of(request)
    form = words.form(CommitmentForm)
    known = {"case": case, "by": request.user, "now": now()}
    sent = request.method == "POST" and form.is_valid()
    made = sent and form.carry_out(services.add_commitments, **known)
    if made:
        words.forget()
        when = "those times" if len(made) > 1 else "that time"
        messages.success(request, f"Recorded. No group is offered to them at {when}.")
        return redirect(HERE, crn=case.crn)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "back": reverse(HERE, args=[case.crn]),
    }
    return render(request, "grid/add_commitment.html", context)


@case_view(Action.SAY_WEEK)
@require_POST
def take_back_commitment(request, case, commitment):
    found = get_object_or_404(case.commitments, pk=commitment)
    try:
        services.take_back_commitment(commitment=found, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Taken back. A group may be offered to them at that time again.")
    return redirect(HERE, crn=case.crn)


@case_view(Action.SAY_WEEK)
def say_of_place(request, case, place):
    """What they say of one place; also that it is like any other, whatever was said before."""
    found = get_object_or_404(Place, pk=place)
    header, words = case_header(case, request.user, localdate(), TAB), words_of(request)
    said = case.places_said.filter(place=found).first()
    begun = {"can_go": said.can_go, "because": header.names.text(said.because)} if said else {}
    form = words.form(PlaceSaidForm, initial=begun)
    if request.method == "POST" and form.is_valid() and _keep_of_place(form, case, found, request):
        words.forget()
        messages.success(request, f"Recorded what they said of {found.name}.")
        return redirect(HERE, crn=case.crn)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "place": found.name,
        "back": reverse(HERE, args=[case.crn]),
    }
    return render(request, "grid/say_of_place.html", context)


def _keep_of_place(form, case, place, request):
    """Whether it was kept; where it was refused, the form says why."""
    if form.cleaned_data["can_go"] != NEITHER:
        known = {"case": case, "place": place, "by": request.user, "now": now()}
        return form.carry_out(services.say_of_place, **known)
    if case.places_said.filter(place=place).exists():
        services.unsay_place(case=case, place=place, by=request.user)
    return True
