"""Pages about complaints on one case: taking one, reading it, saying who answers, answering, and the letter.

Whoever one is about finds nothing at its address, as if it were not there.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.forms.complaints import NOBODY, AnswerForm, ComplaintForm, TakeUpForm
from cases.queries.complaints import (
    complaint_page,
    complaints_of,
    find_complaint,
    handlers_of,
    letter_of,
    staff_to_choose,
    title_of,
)
from cases.queries.header import case_header
from cases.queries.names import names_for
from cases.reference.worst_days import Upheld
from cases.rules.addresses import number
from cases.services import complaints as services
from cases.services.policy import request_policy
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

PAGE = "case-complaints"
TAKEN = "The complaint is taken. Tell whoever made it that it is acknowledged within five working days, and answered in writing."
TAKEN_UP = "It is recorded who answers the complaint."
IN_A_LETTER = {
    Upheld.YES: "We uphold it.",
    Upheld.PARTLY: "We uphold it in part.",
    Upheld.NO: "We do not uphold it.",
    Upheld.WITHDRAWN: "You have taken it back.",
}
ANSWERED = "The complaint is answered. Print the letter below, and send it where they asked."


@case_view(Action.VIEW_COMPLAINTS)
def complaints(request, case):
    today = localdate()
    header = case_header(case, request.user, today, PAGE)
    context = {
        "case_header": header,
        "complaints": complaints_of(case, request.user, header.names, today),
        "may_take": Action.TAKE_COMPLAINT in header.may,
        "back": reverse("case", args=[case.crn]),
    }
    return render(request, "cases/complaints/complaints.html", context)


@case_view(Action.TAKE_COMPLAINT)
def take(request, case):
    user, words = request.user, words_of(request)
    staff = staff_to_choose(case, user)
    form = words.form(ComplaintForm, staff=staff, initial={"received_on": localdate()})
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(services.take_complaint, case=case, by=user, now=now())
        if made:
            words.forget()
            messages.success(request, TAKEN)
            return redirect("case", crn=case.crn)
    return _drawn(request, case, "take", reverse("case", args=[case.crn]), form=form, words=words)


@case_view(Action.VIEW_COMPLAINTS)
def complaint(request, case, complaint):
    today, found = localdate(), _found(request, case, complaint)
    header = case_header(case, request.user, today, PAGE)
    context = {
        "case_header": header,
        "page": complaint_page(found, header.names, header.may, today),
        "back": reverse(PAGE, args=[case.crn]),
    }
    return render(request, "cases/complaints/complaint.html", context)


@case_view(Action.ANSWER_COMPLAINT)
def take_up(request, case, complaint):
    found, words = _found(request, case, complaint), words_of(request)
    if found.answered_on:
        say_closed(request, services.ANSWERED)
        return redirect("complaint", crn=case.crn, complaint=found.pk)
    form = words.form(
        TakeUpForm,
        handlers=handlers_of(case, found.about),
        staff=_with(found.about, staff_to_choose(case, request.user)),
        initial=_taken_up(found, request.user),
    )
    if request.method == "POST" and form.is_valid():
        known = {"complaint": found, "by": request.user, "now": now(), "version": _seen(request)}
        if form.carry_out(services.take_up_complaint, **known):
            words.forget()
            messages.success(request, TAKEN_UP)
            return redirect("complaint", crn=case.crn, complaint=found.pk)
    return _drawn(request, case, "take_up", _page_of(found), form=form, words=words, found=found)


@case_view(Action.ANSWER_COMPLAINT)
def answer(request, case, complaint):
    found, words = _found(request, case, complaint), words_of(request)
    if found.answered_on:
        say_closed(request, services.ANSWERED)
        return redirect("complaint", crn=case.crn, complaint=found.pk)
    form = words.form(AnswerForm)
    if request.method == "POST" and form.is_valid():
        known = {"complaint": found, "by": request.user, "now": now(), "version": _seen(request)}
        if form.carry_out(services.answer_complaint, **known):
            words.forget()
            messages.success(request, ANSWERED)
            return redirect("complaint", crn=case.crn, complaint=found.pk)
    return _drawn(request, case, "answer", _page_of(found), form=form, words=words, found=found)


@case_view(Action.ANSWER_COMPLAINT)
def letter(request, case, complaint):
    """The answer on paper, with nothing of the case on it but the answer."""
    found = _found(request, case, complaint)
    # Whoever prints it, the letter names nobody who is protected
    parts = letter_of(found, names_for(case, frozenset()))
    if parts is None:
        raise Http404
    context = {
        "complaint": found,
        "parts": parts,
        "outcome": IN_A_LETTER[Upheld(found.outcome)],
        "ours": request_policy(localdate()).reply_to,
        "back": _page_of(found),
    }
    return render(request, "cases/complaints/letter.html", context)


def _found(request, case, pk):
    found = find_complaint(case, request.user, pk)
    if found is None:
        raise Http404
    return found


def _seen(request):
    """How often the complaint had been written on when the page was drawn: beside the form, which keeps what it holds."""
    return number(request.POST.get("seen", "")) or 0


def _page_of(found):
    return reverse("complaint", args=[found.case.crn, found.pk])


def _with(about, staff):
    """Whom it is about may have left the team since, and stays what it says."""
    return staff if about is None or about in staff else [*staff, about]


def _taken_up(found, user):
    acknowledged = found.acknowledged_on
    return {
        "handler": str(found.handler_id or user.pk),
        "about": str(found.about_id or NOBODY),
        "acknowledged": "yes" if acknowledged else "",
        "acknowledged_on": acknowledged,
    }


def _drawn(request, case, page, back, *, found=None, **context):
    header = case_header(case, request.user, localdate(), PAGE)
    context = {
        "case_header": header,
        "back": back,
        "title": title_of(found) if found else "",
        "said": header.names.text(found.words) if found else "",
        "seen": found.version if found else 0,
        **context,
    }
    return render(request, f"cases/complaints/{page}.html", context)
