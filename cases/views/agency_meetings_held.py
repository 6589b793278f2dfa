"""Pages after a meeting of agencies: how we took part, what we are to do, and the minutes for those who may read them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.forms.actions import AddActionForm
from cases.forms.agency_meetings import MinutesForm, SaidForm
from cases.queries.agency_meetings import find_minutes, title_of
from cases.queries.header import case_header
from cases.queries.visit_staff import may_go
from cases.services import agency_meetings_held as services
from cases.views.agency_meetings import PAGE, drawn, found_or_404
from cases.views.documents import handed_over
from staff.audit import record
from staff.kit import on
from staff.permissions import Action
from staff.views.keeping import words_of


@case_view(Action.RECORD_MEETING)
def say(request, case, meeting):
    """Said again, it puts right what was said; what follows from the meeting is then said already."""
    found, words = found_or_404(case, meeting), words_of(request)
    header = case_header(case, request.user, localdate(), PAGE)
    again = bool(found.took_part)
    initial = {
        "took_part": found.took_part,
        "went": found.went_id or case.officer_id,
        "came_to": header.names.text(found.came_to),
    }
    form = words.form(SaidForm, staff=_staff(case, found), again=again, initial=initial)
    if request.method == "POST" and form.is_valid():
        known = {"meeting": found, "by": request.user, "now": now()}
        if form.carry_out(_said(header.names, found), **known):
            words.forget()
            messages.success(request, _what_now(form))
            return redirect(PAGE, crn=case.crn)
    context = {"title": title_of(found), "again": again}
    return drawn(
        request, case, "say_of_meeting", header=header, form=form, words=words, **context
    )  # fmt: skip


@case_view(Action.RECORD_MEETING)
def add_action(request, case, meeting):
    found, words = found_or_404(case, meeting), words_of(request)
    form = words.form(AddActionForm)
    if request.method == "POST" and form.is_valid():
        known = {"meeting": found, "by": request.user, "now": now()}
        if form.carry_out(services.add_meeting_action, **known):
            words.forget()
            by_on = on(form.cleaned_data["by_on"])
            messages.success(request, f"It is in the plan, owed by {by_on}.")
            return redirect(PAGE, crn=case.crn)
    return drawn(request, case, "add_meeting_action", form=form, words=words, title=title_of(found))


@case_view(Action.RECORD_MEETING)
def take_in_minutes(request, case, meeting):
    """Whoever takes them in need not be allowed to read them afterwards."""
    found, words = found_or_404(case, meeting), words_of(request)
    form = words.form(MinutesForm, initial={"on": localdate()})
    if request.method == "POST" and form.is_valid():
        known = {"meeting": found, "by": request.user, "now": now()}
        if form.carry_out(services.take_in_minutes, **known):
            words.forget()
            messages.success(request, "The minutes are kept. Those who work on the case may read them.")  # fmt: skip
            return redirect(PAGE, crn=case.crn)
    return drawn(request, case, "take_in_minutes", form=form, words=words, title=title_of(found))


@case_view(Action.READ_MINUTES)
def minutes(request, case, meeting):
    found = _minutes(case, meeting)
    header = case_header(case, request.user, localdate(), PAGE)
    record(by=request.user, action="opened_minutes", crn=case.crn, meeting=found.pk)
    context = {
        "title": title_of(found),
        "came": on(found.minutes_came_on),
        "text": header.names.text(found.minutes),
        "meeting": found,
    }
    return drawn(request, case, "minutes", header=header, **context)


@case_view(Action.READ_MINUTES)
def minutes_file(request, case, meeting):
    found = _minutes(case, meeting)
    if found.document is None:
        raise Http404
    return handed_over(request, case, found.document)


def _minutes(case, pk):
    found = find_minutes(case, pk)
    if found is None:
        raise Http404
    return found


def _staff(case, found):
    """Those near the case, and whoever was said to have been there."""
    near = may_go(case)
    return near if found.went is None or found.went in near else [*near, found.went]


def _said(names, found):
    """The service, given as it is to be kept what this reader wrote over words they read without some names."""

    def say_it(*, came_to, **given):
        return services.say_of_meeting(came_to=names.put_back(came_to, found.came_to), **given)

    return say_it


def _what_now(form):
    said = form.given()
    parts = ["It is recorded."]
    if said["actions"]:
        parts.append("What we are to do is in the plan, each by its own day.")
    if said["next_at"]:
        parts.append("The next meeting is recorded as well.")
    return " ".join(parts)
