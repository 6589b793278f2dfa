"""Arrivals of one case: recording one, what came with it, asking for the rest, and reading it with a note."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases.access import case_view
from cases.forms.arriving import BroughtForm, ReadArrivalForm, RecordArrivalForm
from cases.queries.arrival_pages import (
    arrival_page,
    arrivals_of_case,
    find_arrival,
    next_links,
    owed_of_no_arrival,
)
from cases.queries.arriving import shown_by_record
from cases.queries.header import case_header
from cases.rules.arriving import items_of
from cases.rules.words import counted
from cases.services import arrivals as services
from cases.services.arrivals import READ_ALREADY
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

TAB = "case"


@case_view(Action.VIEW_MOVEMENTS)
def arrivals(request, case):
    recorded = arrivals_of_case(case)
    context = {
        "case_header": case_header(case, request.user, localdate(), TAB),
        "arrivals": recorded,
        "owed": [] if recorded else owed_of_no_arrival(case),
        "back": reverse("case", args=[case.crn]),
    }
    return render(request, "cases/arrivals/arrivals.html", context)


@case_view(Action.RECORD_ARRIVAL)
def record_arrival(request, case):
    form = RecordArrivalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(services.record_arrival, case=case, by=request.user, now=now())
        if made:
            messages.success(request, "Recorded. The clocks run from the day they came.")
            return redirect("arrival", crn=case.crn, arrival=made.pk)
    context = {
        "case_header": case_header(case, request.user, localdate(), TAB),
        "form": form,
        "back": reverse("case-arrivals", args=[case.crn]),
    }
    return render(request, "cases/arrivals/record_arrival.html", context)


@case_view(Action.VIEW_MOVEMENTS)
def arrival(request, case, arrival):
    """What came with it and what is missing, what stands before reading it, and its clocks."""
    found, today = _found(case, arrival), localdate()
    header = case_header(case, request.user, today, TAB)
    context = {
        "case_header": header,
        "page": arrival_page(found, case, header, today),
        "next": list(next_links(case, found, header.may)),
        "back": reverse("case-arrivals", args=[case.crn]),
    }
    return render(request, "cases/arrivals/arrival.html", context)


@case_view(Action.RECORD_ARRIVAL)
def record_brought(request, case, arrival):
    """What came, said for all of it at once. What two people say is put together."""
    found, words = _found(case, arrival), words_of(request)
    items = items_of(found.brought, shown_by_record([found])[found.pk])
    header = case_header(case, request.user, localdate(), TAB)
    form = words.form(BroughtForm, items=items, brought=found.brought)
    clashes = []
    if request.method == "POST" and form.is_valid():
        outcome = form.carry_out(services.record_brought, arrival=found, by=request.user, now=now())
        if outcome and not outcome.conflicts:
            words.forget()
            messages.success(request, "Saved.")
            return redirect("arrival", crn=case.crn, arrival=found.pk)
        if outcome:
            found.refresh_from_db()
            form.stands = {code: found.brought.get(code) for code in form.stands}
            clashes = form.show_clashes(outcome.conflicts)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "clashes": clashes,
        "back": reverse("arrival", args=[case.crn, found.pk]),
    }
    return render(request, "cases/arrivals/record_brought.html", context)


@case_view(Action.RECORD_ARRIVAL)
@require_POST
def ask_for_missing(request, case, arrival):
    found = _found(case, arrival)
    try:
        asked, opened = services.ask_for_missing(arrival=found, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _asked(asked, opened))
    return redirect("arrival", crn=case.crn, arrival=found.pk)


@case_view(Action.READ_INFORMATION)
def read_arrival(request, case, arrival):
    """The initial risk note, with all that stands before it named."""
    found, today, words = _found(case, arrival), localdate(), words_of(request)
    if found.read_on:
        say_closed(request, READ_ALREADY)
        return redirect("arrival", crn=case.crn, arrival=found.pk)
    header = case_header(case, request.user, today, TAB)
    form = words.form(ReadArrivalForm)
    known = {"arrival": found, "by": request.user, "now": now()}
    sent = request.method == "POST" and form.is_valid()
    if sent and form.carry_out(services.read_arrival, **known):
        words.forget()
        messages.success(request, "The record is read, and the note is kept.")
        return redirect("arrival", crn=case.crn, arrival=found.pk)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "page": arrival_page(found, case, header, today),
        "back": reverse("arrival", args=[case.crn, found.pk]),
    }
    return render(request, "cases/arrivals/read_arrival.html", context)


def _found(case, key):
    found = find_arrival(case, key)
    if found is None:
        raise Http404
    return found


def _asked(asked, opened):
    said = [f"{counted(len(asked), 'thing')} marked as asked for today"] if asked else []
    said += [f"{counted(len(opened), 'enquiry', 'enquiries')} opened, to be sent"] if opened else []
    return f"{'; '.join(said)}. Write to whoever had the case for what is marked."
