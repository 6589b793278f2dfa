"""Pages about meetings of agencies: those of a case, an invitation, moving it, our report, and calling it off.

After the meeting: `cases.views.agency_meetings_held`.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from cases.access import case_view
from cases.forms.agency_meetings import (
    CallOffMeetingForm,
    MeetingForm,
    MeetingReportForm,
    MoveMeetingForm,
)
from cases.queries.agency_meetings import (
    agency_meetings_page,
    find_meeting,
    people_to_choose,
    title_of,
)
from cases.queries.header import case_header
from cases.reference.agency_meetings import AgencyMeetingKind
from cases.rules.addresses import number
from cases.rules.agency_meetings import KEEP_SECRET, NEVER_TOLD
from cases.services import agency_meetings as services
from staff.kit import on
from staff.permissions import Action
from staff.views.keeping import words_of

PAGE = "agency-meetings"


@case_view(Action.VIEW_MEETINGS)
def agency_meetings(request, case):
    header = case_header(case, request.user, localdate(), PAGE)
    context = {
        "case_header": header,
        "page": agency_meetings_page(case, header.names, header.may, now()),
        "back": reverse("case", args=[case.crn]),
    }
    return render(request, "cases/agency_meetings/meetings.html", context)


@case_view(Action.RECORD_MEETING)
def record_meeting(request, case):
    header = case_header(case, request.user, localdate(), PAGE)
    posted = request.POST if request.method == "POST" else None
    people = people_to_choose(case, header.names)
    form = MeetingForm(posted, people=people, initial={"invited_on": localdate()})
    if request.method == "POST" and form.is_valid():
        about = case.related_people.filter(pk=form.about_whom()).first()
        made = form.carry_out(
            services.record_meeting, case=case, about=about, by=request.user, now=now()
        )
        if made:
            messages.success(request, _recorded(made))
            return redirect(PAGE, crn=case.crn)
    context = {"left": bool(case.left_as), "secret": KEEP_SECRET}
    return drawn(request, case, "record_meeting", header=header, form=form, **context)


@case_view(Action.RECORD_MEETING)
def move(request, case, meeting):
    found = found_or_404(case, meeting)
    at = localtime(found.held_at)
    initial = {
        "held_on": at.date(),
        "held_time": at.time(),
        "where": found.where,
        "chair": found.chair,
        "report_by_on": found.report_by_on,
    }
    header = case_header(case, request.user, localdate(), PAGE)
    shown = initial | {name: header.names.text(initial[name]) for name in ("where", "chair")}
    form = MoveMeetingForm(request.POST if request.method == "POST" else None, initial=shown)
    if request.method == "POST" and form.is_valid():
        seen = number(request.POST.get("seen", "")) or 0
        known = {"meeting": found, "by": request.user, "now": now(), "version": seen}
        if form.carry_out(_moved(header.names, found), **known):
            messages.success(request, "It is changed. What is owed on it follows the new days.")
            return redirect(PAGE, crn=case.crn)
    context = {"form": form, "title": title_of(found), "seen": found.version}
    return drawn(request, case, "move_meeting", header=header, **context)


@case_view(Action.RECORD_MEETING)
def call_off(request, case, meeting):
    found, words = found_or_404(case, meeting), words_of(request)
    form = words.form(CallOffMeetingForm)
    if request.method == "POST" and form.is_valid():
        known = {"meeting": found, "by": request.user, "now": now()}
        if form.carry_out(services.call_off_meeting, **known):
            words.forget()
            messages.success(request, "It is called off. Nothing is owed on it any more.")
            return redirect(PAGE, crn=case.crn)
    return drawn(request, case, "call_off_meeting", form=form, words=words, title=title_of(found))


@case_view(Action.RECORD_MEETING)
def report(request, case, meeting):
    found, words = found_or_404(case, meeting), words_of(request)
    form = words.form(MeetingReportForm, initial={"on": localdate()})
    if request.method == "POST" and form.is_valid():
        known = {"meeting": found, "by": request.user, "now": now()}
        if form.carry_out(services.send_report, **known):
            words.forget()
            held_on = localtime(found.held_at).date()
            messages.success(request, f"Our report is recorded as sent. The meeting is on {on(held_on)}.")  # fmt: skip
            return redirect(PAGE, crn=case.crn)
    return drawn(request, case, "meeting_report", form=form, words=words, title=title_of(found))


def found_or_404(case, pk):
    found = find_meeting(case, pk)
    if found is None:
        raise Http404
    return found


def drawn(request, case, name, header=None, **context):
    header = header or case_header(case, request.user, localdate(), PAGE)
    back = reverse(PAGE, args=[case.crn])
    context = {"case_header": header, "back": back, **context}
    return render(request, f"cases/agency_meetings/{name}.html", context)


def _moved(names, found):
    """The service, given as it is to be kept what this reader wrote over words they read without some names."""

    def move_it(*, where, chair, **given):
        where, chair = names.put_back(where, found.where), names.put_back(chair, found.chair)
        return services.move_meeting(where=where, chair=chair, **given)

    return move_it


def _recorded(made):
    """What has been done, and what happens next."""
    kind = AgencyMeetingKind(made.kind).title
    owed = f"Our report is owed by {on(made.report_by_on)}. " if made.report_by_on else ""
    secret = " The person must never learn of it." if made.kind in NEVER_TOLD else ""
    when = "Now" if made.held_at <= now() else "Afterwards"
    return f"{kind} recorded. {owed}{when} say how we took part and what it decided.{secret}"
