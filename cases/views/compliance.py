"""Pages about somebody who did not come: ringing them the same day, and deciding what it comes to."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_POST

from cases.access import case_view
from cases.forms.compliance import CallForm, DecideAbsenceForm
from cases.queries.compliance import before_deciding
from cases.queries.decision_page import (
    beside_decision,
    decision_of,
    decision_shown,
    numbers_of,
)
from cases.queries.enforcement.failures import orders_of_absence
from cases.queries.enforcement.reasons import letters_that_ask, may_ask
from cases.queries.header import case_header
from cases.queries.meeting_after import recorded_lines
from cases.queries.meeting_page import title_of
from cases.queries.outcomes import booking_of, find_appointment, is_missed_here, is_voluntary
from cases.reference.appointments import Called, Decided
from cases.rules.compliance import NOT_SURE, cautions
from cases.rules.enforcement.failures import NONE_ENFORCED
from cases.rules.words import counted
from cases.services import compliance as services
from cases.services.enforcement import reasons
from cases.services.policy import clocks
from staff.errors import RuleBroken
from staff.kit import Link
from staff.permissions import Action
from staff.rules.dates import say_date
from staff.views.keeping import words_of

CALLED = {
    Called.SPOKE: "The call is in the log. {who} decides what the absence comes to.",
    Called.MESSAGE: "The call is in the log. Ring again if they do not ring back today.",
    Called.NO_ANSWER: "The call is in the log. Ring again later today, and try another way that is safe.",
    Called.NOT_SAFE: "What you did instead of ringing is in the log.",
    Called.NO_NUMBER: "What you did instead of ringing is in the log. Ask for a number that is safe when you reach them.",
}
NOT_SAFE_STEPS = (
    "The senior probation officer has been told, at any hour.",
    "Raise what you have heard now: it takes effect at once, and enquiries that it calls for are opened.",
    "Write an interim plan: who is protected, and what we do until we know more.",
    "What they said is in the log, and is kept from the person.",
)
DECIDED = {
    Decided.ACCEPTABLE: "Recorded as acceptable. Nothing more is owed on it.",
    Decided.FAILURE: "Recorded as a failure to comply. Answer it now: the letter is owed within two working days of our knowing.",
}
ASKED = "The admin hub is asked to send this letter. It waits among theirs, and this is what it will say."
MANY = " It fails {orders}, and each is answered by itself."


@case_view(Action.RECORD_OUTCOME)
def record_call(request, case, appointment):
    at = now()
    contact, booking, header = _found(request, case, appointment, at)
    here = reverse("appointment", args=[case.crn, contact.pk])
    if not is_missed_here(contact, booking):
        messages.info(request, "They are not to be rung about this appointment.")
        return redirect(here)
    words = words_of(request)
    form = words.form(CallForm)
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(services.record_call, appointment=booking, by=request.user, now=at)
        if done:
            words.forget()
            if form.cleaned_data["safe"] in NOT_SURE:
                return redirect("somebody-not-safe", crn=case.crn, appointment=contact.pk)
            said = CALLED[Called(form.cleaned_data["called"])]
            messages.success(request, said.format(who=header.officer))
            return redirect(here)
    numbers = numbers_of(case, header.names)
    context = {
        "case_header": header,
        "title": title_of(contact),
        "here": here,
        "form": form,
        "words": words,
        "numbers": numbers,
        "safe_number": any(one.safe for one in numbers),
    }
    return render(request, "cases/record_call.html", context)


@case_view(Action.RECORD_OUTCOME)
def not_safe(request, case, appointment):
    """After a call in which somebody may not be safe: what to do now."""
    contact, _, header = _found(request, case, appointment, now())
    actions = []
    if Action.RAISE_NOW in header.may:
        actions.append(Link("Raise it now", reverse("raise-now", args=[case.crn])))
    if Action.WRITE_INTERIM_PLAN in header.may:
        actions.append(
            Link("Write an interim plan", reverse("write-interim-plan", args=[case.crn]))
        )
    context = {
        "case_header": header,
        "here": reverse("appointment", args=[case.crn, contact.pk]),
        "steps": NOT_SAFE_STEPS,
        "actions": actions,
    }
    return render(request, "cases/called.html", context)


@case_view(Action.DECIDE_ABSENCE)
def decide_absence(request, case, appointment):
    at = now()
    today = localtime(at).date()
    contact, booking, header = _found(request, case, appointment, at)
    here = reverse("appointment", args=[case.crn, contact.pk])
    decision = decision_of(booking) if booking else None
    if decision is None or decision.state == Decided.ACCEPTABLE:
        messages.info(request, "There is nothing to decide about this appointment.")
        return redirect(here)
    extra = clocks(today).extra_bank_holidays
    stood = cautions(before_deciding(booking, decision, today, extra))
    open_to = decision.state == Decided.AWAITING and not is_voluntary(contact, today)
    own, others = orders_of_absence(booking, decision.happened_on)
    words = words_of(request)
    form = words.form(
        DecideAbsenceForm,
        may_fail=open_to and bool(own or others),
        early=any(row.code == "early" for row in stood),
        absent=contact.attended is False,
        own=own,
        others=others,
    )
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(services.decide, decision=decision, by=request.user, now=at)
        if done:
            words.forget()
            return _decided(request, done, here)
    context = {
        "case_header": header,
        "title": title_of(contact),
        "appointment": contact.pk,
        "here": here,
        "form": form,
        "words": words,
        "cautions": [header.names.text(row.sentence) for row in stood],
        "no_order": _no_order(decision) if open_to and not (own or others) else "",
        "may_ask": may_ask(booking, decision, today, extra),
        **_beside(contact, booking, decision, header.names, at),
    }
    return render(request, "cases/decide_absence.html", context)


def _beside(contact, booking, decision, names, at):
    """What is looked at while deciding."""
    return {
        "recorded": recorded_lines(contact, booking, names),
        "decision": decision_shown(decision, names),
        "beside": beside_decision(booking, decision, names, at),
        "asked": letters_that_ask(booking, contact.case.crn),
    }


def _no_order(decision):
    return NONE_ENFORCED.format(day=say_date(decision.happened_on))


@case_view(Action.DECIDE_ABSENCE)
@require_POST
def ask_for_reason(request, case, appointment):
    """One press: the admin hub is to send a letter that asks why they did not come."""
    contact, booking, _ = _found(request, case, appointment, now())
    decision = decision_of(booking) if booking else None
    if decision is None:
        messages.info(request, "There is nothing to decide about this appointment.")
        return redirect("appointment", crn=case.crn, appointment=contact.pk)
    try:
        letter = reasons.ask_for_reason(decision=decision, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("decide-absence", crn=case.crn, appointment=contact.pk)
    messages.success(request, ASKED)
    return redirect("letter", crn=case.crn, letter=letter.pk)


def _decided(request, done, here):
    """A failure is answered at once, where somebody may: that is what its clock runs for."""
    said = DECIDED[Decided(done.state)]
    failures = list(done.failures.unanswered().order_by("pk"))
    if not failures:
        messages.success(request, said)
        return redirect(here)
    many = MANY.format(orders=counted(len(failures), "order")) if len(failures) > 1 else ""
    messages.success(request, said + many)
    return redirect("answer-failure", crn=done.case.crn, failure=failures[0].pk)


def _found(request, case, key, at):
    """The line of the log, its booking, and the head of its page."""
    contact = find_appointment(case, key)
    if contact is None:
        raise Http404
    contact.case = case
    booking = booking_of(contact)
    if booking:
        booking.contact = contact
    header = case_header(case, request.user, localtime(at).date(), "case-contacts")
    return contact, booking, header
