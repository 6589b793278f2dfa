"""Pages about failures to comply: all of a case, one of them, and its answer."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now

from cases.access import case_view
from cases.forms.enforcement.failures import AnswerFailureForm
from cases.queries.compliance import before_deciding
from cases.queries.decision_page import beside_decision
from cases.queries.enforcement.failure_pages import lines_of, overview_of, state_of
from cases.queries.enforcement.failures import find_failure, law_of
from cases.queries.header import case_header
from cases.reference.enforcement import Answer
from cases.rules.compliance import cautions
from cases.services.enforcement import answers
from cases.services.policy import clocks, enforcement_policy
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

TAB = "case-enforcement"
ANSWERED = {
    Answer.WARN: "The warning is decided. The admin hub is asked to send the letter: it counts once it is given.",
    Answer.REFER: "It is referred. The breach pack is owed, and so is the next contact with them.",
    Answer.RECALL: "Recall is decided. Complete Part A now: the request is owed within 24 hours.",
    Answer.NOTHING: "Recorded. Nothing is enforced, for the reason you gave.",
}


@case_view(Action.VIEW_ENFORCEMENT)
def enforcement(request, case):
    today = localtime(now()).date()
    header = case_header(case, request.user, today, TAB)
    extra = clocks(today).extra_bank_holidays
    policy = enforcement_policy(today)
    page = overview_of(case, header.names, header.may, today, policy, extra)
    return render(request, "cases/enforcement/overview.html", {"case_header": header, "page": page})


@case_view(Action.VIEW_ENFORCEMENT)
def failure(request, case, failure):
    found, today = _found(case, failure), localtime(now()).date()
    header = case_header(case, request.user, today, TAB)
    open_to = Action.ANSWER_FAILURE in header.may and not found.answer and not found.withdrawn_on
    context = {
        "case_header": header,
        "back": reverse(TAB, args=[case.crn]),
        "tag": state_of(found),
        "lines": lines_of(found, header.names),
        "absence": reverse("appointment", args=[case.crn, found.decision.appointment_id])
        if found.decision and Action.VIEW_CASE in header.may
        else "",
        "answer": reverse("answer-failure", args=[case.crn, found.pk]) if open_to else "",
    }
    return render(request, "cases/enforcement/failure.html", context)


@case_view(Action.ANSWER_FAILURE)
def answer_failure(request, case, failure):
    at = now()
    found, today = _found(case, failure), localtime(at).date()
    here = reverse("failure", args=[case.crn, found.pk])
    if found.answer or found.withdrawn_on:
        say_closed(request, "There is nothing to answer any more about this failure.")
        return redirect(here)
    law = law_of(found, enforcement_policy(today)).found
    words = words_of(request)
    form = words.form(AnswerFailureForm, may=law.may)
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(answers.answer_failure, failure=found, by=request.user, now=at)
        if done:
            words.forget()
            messages.success(request, ANSWERED[Answer(done.answer)])
            return redirect(here)
    header = case_header(case, request.user, today, TAB)
    context = {
        "case_header": header,
        "here": here,
        "form": form,
        "words": words,
        "law": law.because,
        "lines": lines_of(found, header.names),
        **_beside(found, header.names, today, at),
    }
    return render(request, "cases/enforcement/answer_failure.html", context)


def _beside(found, names, today, at):
    """What stood beside the decision about the absence, where it came of one."""
    if not found.decision:
        return {}
    booking = found.decision.appointment
    stood = cautions(
        before_deciding(booking, found.decision, today, clocks(today).extra_bank_holidays)
    )
    return {
        "beside": beside_decision(booking, found.decision, names, at),
        "cautions": [names.text(one.sentence) for one in stood],
    }


def _found(case, key):
    found = find_failure(case, key)
    if found is None:
        raise Http404
    return found
