"""Pages about the end of one case: where it stands, preparing it, ending it, an early end, and opening it again.

How many hours of unpaid work are left is counted by `unpaidwork`, so that these pages stand where both are read.
"""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from cases.access import case_view
from cases.forms.ending import EarlyEndForm, EndingForm, ReopenForm
from cases.queries import ending_pages as pages
from cases.queries.header import case_header
from cases.reference.holding import LeftAs
from cases.rules.ending_answers import said_of
from cases.services.endings import write_ending
from cases.services.endings_owed import EARLY
from cases.services.reopening import reopen_case as reopen
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of
from unpaidwork.queries.ending import stands_of
from unpaidwork.services import endings as services

TAB = "case"
NOT_BEGUN = "The end of this case is not being prepared. Begin it here."
READY = "Saved. Nothing is left to do. Check what was said before the case ends."
SAVED = "Saved."
ASKED = "The seniors of the team have been told that all is ready. One of them brings the case to its end."
DONE = (
    "The case has been brought to its end. Nothing more is booked or sent. The admin hub copies the lines below into "
    "nDelius."
)
REOPENED = "The case is open again. Everything that was owed goes on from where it stood. Book the next appointment."
PROPOSED = "Kept. What the court is sent is listed below."
NOT_PROPOSED = "Kept. It is not asked again of this order."


@case_view(Action.VIEW_MOVEMENTS)
def case_ending(request, case):
    """Where the end of the case stands; once it has ended, all that was looked at and said."""
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    stands = stands_of(case, request.user, today)
    may_write = Action.END_CASE in header.may
    context = {
        "case_header": header,
        "stands": stands,
        "may_write": may_write,
        "may_begin": may_write and not case.left_as and not case.retained_by and not stands.ending,
        "may_reopen": Action.REOPEN_CASE in header.may and case.left_as == LeftAs.ENDED,
        "gaps": _gaps(case, stands, header, reverse("prepare-ending", args=[case.crn])),
        "parts": pages.said_parts(stands.shown, header.names, stands.reviewed_on)
        if stands.shown
        else [],
        "ndelius": list(pages.for_ndelius(stands.ended, header.names)) if stands.ended else [],
        "early": pages.early_words(stands.shown, header.names),
        "court": pages.COURT if _is_proposed(stands) else [],
        "ends": pages.earlier_ends(case, header.names),
    }
    return render(request, "oversight/endings/ending.html", context)


@case_view(Action.END_CASE)
@require_POST
def begin_ending(request, case):
    try:
        services.begin_ending(case=case, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
        return redirect("case-ending", crn=case.crn)
    return redirect("prepare-ending", crn=case.crn)


@case_view(Action.END_CASE)
def prepare_ending(request, case):
    """Everything that is asked, on one page, saved as one goes. What two people say is put together."""
    today = localdate()
    stands = stands_of(case, request.user, today)
    if stands.ending is None:
        say_closed(request, NOT_BEGUN)
        return redirect("case-ending", crn=case.crn)
    header, words = case_header(case, request.user, today, TAB), words_of(request)
    form = words.form(
        EndingForm,
        said=_said(stands.ending),
        registers=[(one.key, one.name) for one in stands.look.flags],
        calls={one.call.whom: one.call.why for one in stands.look.calls},
    )
    clashes = []
    if request.method == "POST" and form.is_valid():
        known = {"ending": stands.ending, "by": request.user, "today": today}
        outcome = form.carry_out(write_ending, **known)
        if outcome and not outcome.conflicts:
            words.forget()
            return _saved(request, case, today)
        if outcome:
            form.stands = _said(stands_of(case, request.user, today).ending)
            clashes = form.show_clashes(outcome.conflicts)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "clashes": clashes,
        "sections": list(form.sections()),
        "stands": stands,
        "gaps": _gaps(case, stands, header, ""),
    }
    return render(request, "oversight/endings/prepare.html", context)


def _saved(request, case, today):
    """The same page again, or on to check it where nothing is left to do."""
    if stands_of(case, request.user, today).found:
        messages.success(request, SAVED)
        return redirect("prepare-ending", crn=case.crn)
    messages.success(request, READY)
    return redirect("end-case", crn=case.crn)


@case_view(Action.END_CASE)
def end_case(request, case):
    """Check what was said, and end the case; or have a senior told that it is ready."""
    today = localdate()
    stands = stands_of(case, request.user, today)
    if stands.ending is None:
        messages.info(request, NOT_BEGUN)
        return redirect("case-ending", crn=case.crn)
    if request.method == "POST" and _carried_out(request, stands):
        return redirect("case-ending", crn=case.crn)
    header = case_header(case, request.user, today, TAB)
    change = reverse("prepare-ending", args=[case.crn])
    context = {
        "case_header": header,
        "stands": stands,
        "gaps": _gaps(case, stands, header, change),
        "parts": pages.said_parts(stands.ending, header.names, stands.reviewed_on, change),
    }
    return render(request, "oversight/endings/check.html", context)


def _carried_out(request, stands):
    service, said = (services.end_case, DONE) if stands.may_end else (services.ask_senior, ASKED)
    try:
        service(ending=stands.ending, by=request.user, now=now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, said)
    return True


@case_view(Action.END_CASE)
def decide_early_end(request, case):
    today, words = localdate(), words_of(request)
    header = case_header(case, request.user, today, TAB)
    form = words.form(EarlyEndForm)
    running = case.deadlines.unmet().filter(kind=EARLY).first()
    if request.method == "POST" and form.is_valid():
        known = {"case": case, "by": request.user, "now": now()}
        if made := form.carry_out(services.decide_early_end, **known):
            words.forget()
            proposed = made.answers["early"]["propose"]
            messages.success(request, PROPOSED if proposed else NOT_PROPOSED)
            return redirect("case-ending", crn=case.crn)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "why": running.why if running else "",
        "court": pages.COURT,
    }
    return render(request, "oversight/endings/early.html", context)


@case_view(Action.REOPEN_CASE)
def reopen_case(request, case):
    header, words = case_header(case, request.user, localdate(), TAB), words_of(request)
    form = words.form(ReopenForm)
    known = {"case": case, "by": request.user, "now": now()}
    if request.method == "POST" and form.is_valid() and form.carry_out(reopen, **known):
        words.forget()
        messages.success(request, REOPENED)
        return redirect("case", crn=case.crn)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "ended": pages.ended_words(case) if case.left_as == LeftAs.ENDED else "",
    }
    return render(request, "oversight/endings/reopen.html", context)


def _said(ending):
    return said_of(ending.answers, ending.flags, ending.told)


def _gaps(case, stands, header, page):
    return pages.gaps_of(case, stands.found, header.names, page)


def _is_proposed(stands):
    return bool(stands.ending and stands.ending.answers.get("early", {}).get("propose"))
