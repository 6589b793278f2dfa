"""Pages of one appointment: before it, recording it, what follows; what to talk about; putting it right."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now

from cases.access import case_view
from cases.forms.meetings import (
    ASKED_ANEW,
    CorrectOutcomeForm,
    MeetingForm,
    PrepareForm,
    why_sensitive,
)
from cases.queries.decision_page import decision_of, decision_shown
from cases.queries.header import case_header
from cases.queries.meeting_after import corrections_of, next_steps, recorded_lines
from cases.queries.meeting_page import (
    again_times,
    before_meeting,
    coming_after,
    lines_of,
    reminder_lines,
    title_of,
)
from cases.queries.outcomes import (
    booking_of,
    find_appointment,
    is_ahead,
    is_home_visit,
    is_missed_here,
    is_voluntary,
    may_credit_rar,
    usually_sensitive,
    where_of,
)
from cases.queries.reminders import reminder_shown
from cases.reference.appointments import RAR_DAY
from cases.rules.addresses import address
from cases.rules.outcomes import outcomes_for
from cases.services import meetings as services
from cases.services.policy import clocks, meeting_policy
from staff.permissions import Action
from staff.views.keeping import words_of


@case_view(Action.VIEW_CASE)
def appointment(request, case, appointment):
    """What stands before it and after it. Past and not logged, it is recorded on the page itself."""
    at = now()
    contact = _found(case, appointment)
    header = case_header(case, request.user, localtime(at).date(), "case-contacts")
    context = _page(request, contact, header, at)
    if context["may_record"] and not context["ahead"]:
        words = words_of(request, reverse("record-outcome", args=[case.crn, contact.pk]))
        context |= _recording(request, contact, context["before"], at, words)
    return render(request, "cases/appointment.html", context)


@case_view(Action.RECORD_OUTCOME)
def record_outcome(request, case, appointment):
    """The form by itself: for one still to come, and where it is sent."""
    at = now()
    contact = _found(case, appointment)
    here = reverse("appointment", args=[case.crn, contact.pk])
    header = case_header(case, request.user, localtime(at).date(), "case-contacts")
    context = _page(request, contact, header, at)
    if not context["may_record"]:
        return redirect(here)
    words = words_of(request)
    context |= _recording(request, contact, context["before"], at, words)
    form = context["form"]
    if request.method == "POST" and "headings" in request.POST:
        form.put_in_headings()
    elif request.method == "POST" and form.is_valid():
        done = form.carry_out(services.record_meeting, contact=contact, by=request.user, now=at)
        if done:
            words.forget()
            return redirect(address(here, recorded=1))
    return render(request, "cases/record_outcome.html", context)


@case_view(Action.RECORD_OUTCOME)
def correct_outcome(request, case, appointment):
    at = now()
    contact = _found(case, appointment)
    here = reverse("appointment", args=[case.crn, contact.pk])
    header = case_header(case, request.user, localtime(at).date(), "case-contacts")
    context = _page(request, contact, header, at)
    if not context["may_correct"]:
        return redirect(here)
    words, booking = words_of(request), booking_of(contact)
    decision = decision_of(booking) if booking else None
    happened_on = localtime(min(at, contact.started_at)).date()
    form = words.form(
        CorrectOutcomeForm,
        outcomes=_outcomes(contact, context["voluntary"], at),
        rar=may_credit_rar(contact, booking),
        ahead=context["ahead"],
        why_sensitive=ASKED_ANEW,
        initial={
            "notes": header.names.text(contact.notes),
            "sensitive": contact.sensitive,
            "rar_day": contact.rar_activity,
            "became_aware_on": decision.became_aware_on if decision else happened_on,
        },
    )
    if request.method == "POST" and form.is_valid():
        service = services.take_back if form.takes_back() else services.correct_meeting
        if form.carry_out(service, contact=contact, by=request.user, now=at):
            words.forget()
            return redirect(address(here, recorded=1))
    return render(request, "cases/correct_outcome.html", context | {"form": form, "words": words})


@case_view(Action.RECORD_OUTCOME)
def prepare(request, case, appointment):
    """What to talk about, kept until they meet."""
    at = now()
    contact = _found(case, appointment)
    here = reverse("appointment", args=[case.crn, contact.pk])
    header = case_header(case, request.user, localtime(at).date(), "case-contacts")
    booking = booking_of(contact)
    words = words_of(request)
    stands = header.names.text(booking.prepared) if booking else ""
    form = words.form(PrepareForm, initial={"prepared": stands})
    if request.method == "POST" and form.is_valid():
        known = {"contact": contact, "by": request.user, "now": at}
        done = form.carry_out(services.prepare_appointment, **known)
        if done:
            words.forget()
            return redirect(here)
    context = {
        "case_header": header,
        "title": title_of(contact),
        "back": here,
        "form": form,
        "words": words,
    }
    return render(request, "cases/prepare_appointment.html", context)


def _found(case, key):
    found = find_appointment(case, key)
    if found is None:
        raise Http404
    found.case = case
    return found


def _page(request, contact, header, at):
    """What every page of an appointment shows of it, and what its reader may do."""
    case, today, names, may = contact.case, localtime(at).date(), header.names, header.may
    booking = booking_of(contact)
    if booking:
        booking.contact = contact
    decision = decision_of(booking) if booking else None
    logged, off = bool(contact.outcome_code), bool(booking and booking.called_off_at)
    voluntary = is_voluntary(contact, today)
    records = Action.RECORD_OUTCOME in may
    decided = decision is not None and decision.decided_at is not None
    visit = is_home_visit(booking)
    return {
        "case_header": header,
        "contact": contact,
        "title": title_of(contact),
        "back": reverse("case-contacts", args=[case.crn]),
        "here": reverse("appointment", args=[case.crn, contact.pk]),
        "ahead": is_ahead(contact, at),
        "logged": logged,
        "called_off": off,
        "voluntary": voluntary,
        "lines": [*lines_of(contact, names, voluntary=voluntary), *_reminder(contact, at, names)],
        "recorded": recorded_lines(contact, booking, names) if logged else [],
        "just": logged and "recorded" in request.GET,
        "next_steps": next_steps(contact, decision, at) if logged else [],
        "decision": decision_shown(decision, names) if decision else None,
        "may_decide": Action.DECIDE_ABSENCE in may and decision is not None,
        "may_ring": records and is_missed_here(contact, booking),
        "rung": decision is not None and decision.called_at is not None,
        "corrections": corrections_of(booking, names) if booking else [],
        "prepared": names.text(booking.prepared) if booking else "",
        "before": before_meeting(contact, header, today) if records and not logged else None,
        "may_record": records and not logged and not off and not visit,
        "visit": visit and Action.VISIT_HOME in may,
        "may_correct": records and logged and not off and not decided,
        "may_book": Action.BOOK_APPOINTMENT in may,
        "may_give": Action.GIVE_FARE in may and not off and (contact.attended or not logged),
    }


def _reminder(contact, at, names):
    """Of one that is to come."""
    booking, today = booking_of(contact), localtime(at).date()
    if booking is None or booking.called_off_at or contact.started_at <= at:
        return []
    return reminder_lines(reminder_shown(booking, meeting_policy(today), at, names))


def _recording(request, contact, before, at, words):
    """The form in which it is recorded, begun as this member of staff would. `before`: what the page says of it before."""
    today, booking = localtime(at).date(), booking_of(contact)
    kept = usually_sensitive(contact, request.user)
    coming = next(iter(coming_after(contact, at)), "")
    form = words.form(
        MeetingForm,
        outcomes=_outcomes(contact, is_voluntary(contact, today), at),
        rar=may_credit_rar(contact, booking),
        objectives=[(one.key, one.what) for one in before.prompts],
        coming=coming,
        again=again_times(
            contact,
            request.user,
            at,
            policy=meeting_policy(today),
            extra=clocks(today).extra_bank_holidays,
            theirs=before.theirs,
        ),
        why_sensitive=why_sensitive(kept),
        initial={
            "became_aware_on": min(today, localtime(contact.started_at).date()),
            "sensitive": contact.sensitive if kept is None else kept,
            "rar_day": contact.rar_activity or contact.type_code == RAR_DAY,
            "next": "booked" if coming else "",
            "next_time": localtime(contact.started_at).time(),
        },
    )
    return {
        "form": form,
        "words": words,
        "send_to": reverse("record-outcome", args=[contact.case.crn, contact.pk]),
    }


def _outcomes(contact, voluntary, at):
    where = where_of(contact)
    return outcomes_for(voluntary=voluntary, ahead=is_ahead(contact, at), where=where)
