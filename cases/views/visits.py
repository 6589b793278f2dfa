"""Pages of one case's visits at home: what is owed and was done, arranging one, and the sheet for the door."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now
from django.views.decorators.http import require_POST

from cases.access import case_view
from cases.forms.visits import ArrangeVisitForm, CallByForm, CompanyForm
from cases.queries.booking import parts_of
from cases.queries.header import case_header
from cases.queries.visit_booking import (
    beside_the_date,
    booked_without_company,
    enforced_by,
)
from cases.queries.visit_pages import find_visit, said_at, visits_of
from cases.queries.visit_safety import in_the_way, safety_of
from cases.queries.visit_safety_page import safety_rows
from cases.queries.visit_sheet import sheet_of
from cases.queries.visit_staff import may_go, may_watch, still_here
from cases.rules.addresses import address, number
from cases.rules.booking import Reading, lasts
from cases.rules.visits import how_it_stands
from cases.services import visits as services
from cases.services.policy import clocks, meeting_policy
from cases.services.visits_owed import owed_of
from cases.views.booking import said_late, shown
from staff.errors import RuleBroken
from staff.kit import Link
from staff.permissions import Action
from staff.rules.dates import say_time
from staff.views.keeping import words_of

TAB = "case-contacts"


@case_view(Action.VISIT_HOME)
def case_visits(request, case):
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    here = reverse("case-visits", args=[case.crn])
    after = number(request.GET.get("after", ""))
    rows, following = visits_of(case, header.names, after)
    facts, owed = owed_of(case, today)
    context = {
        "case_header": header,
        "stands": header.names.text(how_it_stands(facts, owed)),
        "safety": safety_rows(case, header.names, header.may, today),
        "visits": rows,
        "actions": [
            Link("Arrange a visit", reverse("arrange-visit", args=[case.crn])),
            Link("Say how staff may visit", reverse("visit-safety", args=[case.crn])),
        ],
        "first": here if after else "",
        "next": address(here, after=following) if following else "",
    }
    return render(request, "cases/visits/case_visits.html", context)


@case_view(Action.VISIT_HOME)
def arrange(request, case):
    """With ?of= the number of a visit that is booked already, only who goes and who watches is asked."""
    at, today, user = now(), localdate(), request.user
    header = case_header(case, user, today, TAB)
    booked = booked_without_company(case, number(request.GET.get("of", "")))
    stands = list(safety_of(case))
    shut = in_the_way(case, stands, today)
    may = [one for one in stands if not shut[one.pk]]
    words = words_of(request)
    form = _form(words, case, may, booked, user, today)
    read = Reading()
    if request.method == "POST" and may and form.is_valid():
        read = _read(form, case, booked, today)
        is_read = read.is_read(form.codes_seen())
        visit = _arranged(form, case, booked, user, at) if is_read else None
        if visit:
            words.forget()
            late = [] if booked else said_late(visit.appointment, read)
            messages.success(request, " ".join([_said(visit), *late]))
            return redirect("visit-sheet", crn=case.crn, visit=visit.pk)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "booked": booked and said_at(booked.contact.started_at),
        "may": may,
        "shut": [_shut(one, shut[one.pk], header.names) for one in stands if shut[one.pk]],
        "nothing": not stands,
        "back": reverse("case-visits", args=[case.crn]),
        **shown(form, read, header.names),
    }
    return render(request, "cases/visits/arrange.html", context)


def _shut(safety, why, names):
    """(where, why nobody may go yet, where that is put right: nowhere here while a senior is to decide)"""
    right = address(reverse("visit-safety", args=[safety.case.crn]), of=safety.pk)
    return (
        names.text(safety.where),
        [names.text(one) for one in why],
        right if safety.decided_at else "",
    )


def _form(words, case, may, booked, user, today):
    """All of it; of a visit that is booked, who goes and who watches."""
    goers, watchers = still_here(may_go(case), today), still_here(may_watch(case), today)
    known = {"safety": may, "goers": goers, "watchers": watchers}
    if booked:
        return words.form(CompanyForm, **known)
    enforced, usual = enforced_by(case, today)
    goes = user.pk if user in known["goers"] else case.officer_id
    begun = {"enforces": usual, "officer": str(goes)}
    return words.form(ArrangeVisitForm, enforced=enforced, initial=begun, **known)


def _read(form, case, booked, today):
    """What stands beside the date, and beside that of a visit which is booked once somebody goes along."""
    if booked:
        contact = booked.contact
        officer, starts_at = booked.officer, contact.started_at
        minutes = lasts(contact.started_at, contact.ended_at)
    else:
        given = form.given()
        officer, starts_at, minutes = given["officer"], given["starts_at"], given["minutes"]
    return beside_the_date(
        case,
        officer,
        form.goes_along(),
        starts_at,
        minutes,
        policy=meeting_policy(today),
        extra=clocks(today).extra_bank_holidays,
        but=[booked.pk] if booked else (),
    )


def _arranged(form, case, booked, user, at):
    if booked:
        return form.carry_out(services.arrange_company, appointment=booked, by=user, now=at)
    choice = form.choice()
    named = {"enforces": choice.enforces, **parts_of(choice)}
    return form.carry_out(services.arrange_visit, case=case, **named, by=user, now=at)


@case_view(Action.VISIT_HOME)
def sheet(request, case, visit):
    return _sheet(request, case, visit_of(case, visit), None)


@case_view(Action.VISIT_HOME)
@require_POST
def set_out(request, case, visit):
    told = "{buddy} has been told, and rings you if they have not heard by {time}."
    return _say_when(request, case, visit, services.set_out, told)


@case_view(Action.VISIT_HOME)
@require_POST
def extend(request, case, visit):
    return _say_when(request, case, visit, services.extend, "{buddy} waits until {time}.")


def _say_when(request, case, key, service, told):
    """Set out, or stay longer: either says by when the buddy will have heard."""
    at, visit = now(), visit_of(case, key)
    form = CallByForm(request.POST)
    if form.is_valid():
        try:
            done = service(visit=visit, call_by=form.call_by(at), by=request.user, now=at)
        except RuleBroken as refusal:
            form.add_error("out_by", str(refusal))
        else:
            time = say_time(localtime(done.call_by))
            messages.success(request, told.format(buddy=done.buddy.name, time=time))
            return redirect("visit-sheet", crn=case.crn, visit=visit.pk)
    return _sheet(request, case, visit, form)


@case_view(Action.VISIT_HOME)
@require_POST
def check_in(request, case, visit):
    visit = visit_of(case, visit)
    try:
        services.check_in(visit=visit, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, "You are out and safe. Now say what came of the visit.")
    return redirect("visit-sheet", crn=case.crn, visit=visit.pk)


def _sheet(request, case, visit, form):
    at, today = now(), localdate()
    header = case_header(case, request.user, today, TAB)
    found = sheet_of(visit, case, header.names, request.user, at)
    context = {
        "case_header": header,
        "sheet": found,
        "form": form or CallByForm(initial={"out_by": found.out_by}),
        "back": reverse("case-visits", args=[case.crn]),
    }
    return render(request, "cases/visits/sheet.html", context)


def visit_of(case, key):
    """The visit with this number; what is of another case is not found."""
    found = find_visit(case, key)
    if found is None:
        raise Http404
    return found


def _said(visit):
    when = said_at(visit.appointment.contact.started_at)
    return (
        f"The visit is arranged for {when}. {visit.buddy.name} is the buddy and has been told. "
        "On the day, say here when you set out."
    )
