"""Meeting somebody at the gate: planning it on their case, and the page of whoever is to be there."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view, staff_view
from cases.queries.header import case_header
from staff.permissions import Action
from ttg.forms.gate import CallOffForm, PlanMeetingForm, PutRightForm, SayForm
from ttg.queries.gate import meeting_for, meetings_of, shown_alone, who_may_meet
from ttg.queries.gate_on_case import may_be_planned, meetings_on
from ttg.queries.release_page import stay_of
from ttg.services import gate as services

TAB = "case-release"
MINE = "gate-meetings"
NOT_NOW = "A meeting is planned already, or they have left. One that is planned is called off first, so that whoever was to go hears of it."


@staff_view(Action.MEET_AT_GATE)
def gate_meetings(request):
    """Whom this reader meets: a name, a place, a time, an instruction, and whom to ring."""
    context = {"page": meetings_of(request.user, localdate())}
    return render(request, "ttg/gate/mine.html", context)


@case_view(Action.MEET_AT_GATE)
def say_if_met(request, case, gate_meeting):
    """Whoever was there says it, without opening the case."""
    found = meeting_for(case, gate_meeting, request.user) or _nothing()
    form = SayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        met = said.pop("met") == "met"
        form.cleaned_data = said
        service = services.say_met if met else services.say_not_met
        if form.carry_out(service, meeting=found, by=request.user, now=now()):
            messages.success(request, "The officer has been told.")
            return redirect(_back(request, found))
    shown = shown_alone(found, localdate())
    said = {
        "heading": "Say whether you met them",
        "button": "Tell the officer",
        "lead": "The officer hears it the same minute, and a senior too where you did not.",
    }
    return _drawn_alone(request, found, form, shown, shown.say, **said)


@case_view(Action.MEET_AT_GATE)
def put_right(request, case, gate_meeting):
    """What was said was wrong, or somebody looked for is found: whoever was told hears again."""
    found = meeting_for(case, gate_meeting, request.user) or _nothing()
    form = PutRightForm(request.POST if request.method == "POST" else None, state=found.state)
    if _taken(request, form, services.put_meeting_right, meeting=found):
        messages.success(request, "It is put right. Everybody who was told has been told again.")
        return redirect(_back(request, found))
    shown = shown_alone(found, localdate())
    said = {
        "heading": "Put right whether they were met",
        "button": "Put it right",
        "lead": "Where it was said wrongly, or where somebody who was looked for is found.",
    }
    return _drawn_alone(request, found, form, shown, shown.put_right, **said)


@case_view(Action.WRITE_RESETTLEMENT)
def plan(request, case):
    stay = stay_of(case)
    if stay is None:
        return redirect(TAB, crn=case.crn)
    if request.method != "POST" and not may_be_planned(meetings_on(stay), stay):
        messages.info(request, NOT_NOW)
        return redirect(TAB, crn=case.crn)
    initial = {"on": stay.release_on, "meets": stay.mentor_id, "where": stay.prison.gate if stay.prison else ""}  # fmt: skip
    posted = request.POST if request.method == "POST" else None
    form = PlanMeetingForm(
        posted, staff=who_may_meet(case, stay.release_on or localdate()), initial=initial
    )
    if _taken(request, form, services.plan_gate_meeting, custody=stay):
        return _done(request, case, "It is planned. Whoever meets them has been told.")
    said = {
        "heading": "Meet them at the gate",
        "button": "Plan the meeting",
        "lead": "Somebody they know, or a mentor, on the morning they leave. The first hours are when most is lost.",
    }
    return _drawn(request, case, form, **said)


@case_view(Action.WRITE_RESETTLEMENT)
def call_off(request, case, gate_meeting):
    found = meeting_for(case, gate_meeting, request.user) or _nothing()
    form = CallOffForm(request.POST if request.method == "POST" else None)
    if _taken(request, form, services.call_off_gate_meeting, meeting=found):
        return _done(request, case, "It is called off. Whoever was to go has been told.")
    return _drawn(request, case, form, heading="Call off the meeting at the gate", button="Call it off")  # fmt: skip


def _taken(request, form, service, **known):
    """Whether what was sent was taken."""
    sent = request.method == "POST" and form.is_valid()
    return sent and form.carry_out(service, **known, by=request.user, now=now())


def _drawn_alone(request, found, form, meeting, may, **said):
    """Without the case: whoever meets them need not reach it."""
    back = _back(request, found)
    context = {"form": form, "meeting": meeting, "may": may, "back": back, **said}
    context["back_text"] = "At the gate" if back == reverse(MINE) else "Release"
    return render(request, "ttg/gate/say.html", context)


def _back(request, found):
    """Whoever meets them goes back to their own page; whoever says it for them, to the case that they came from."""
    if found.meets_id == request.user.pk:
        return reverse(MINE)
    return reverse(TAB, args=[found.custody.case.crn])


def _nothing():
    raise Http404


def _done(request, case, text):
    messages.success(request, text)
    return redirect(TAB, crn=case.crn)


def _drawn(request, case, form, **context):
    context |= {
        "case_header": case_header(case, request.user, localdate(), TAB),
        "form": form,
        "back": reverse(TAB, args=[case.crn]),
        "back_text": "Release",
    }
    return render(request, "ttg/hand_over/say.html", context)
