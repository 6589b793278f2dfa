"""Pages that take a failure back, and that decide again on what rested on one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now

from cases.access import case_view
from cases.forms.enforcement.failures import DecideAgainForm, WithdrawFailureForm
from cases.queries.enforcement.beside_failure import again_lines, falls_with
from cases.queries.enforcement.failure_pages import lines_of
from cases.queries.enforcement.failures import (
    find_again,
    goes_by_its_decision,
    is_left_behind,
    is_over,
    law_of,
    left_on,
)
from cases.queries.header import case_header
from cases.services.enforcement import answers
from cases.services.enforcement import failures as services
from cases.services.policy import enforcement_policy
from cases.views.enforcement.failures import ANEW, TAB, found_failure
from staff.kit import Link
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

WITHDRAWN = (
    "The failure is withdrawn. What rested on it is stopped, or is on the list of what is owed."
)
STANDS = "Recorded: it stands, for the reason you gave."
DECIDED = "That has been decided already."


@case_view(Action.ANSWER_FAILURE)
def withdraw_failure(request, case, failure):
    at = now()
    found = found_failure(case, failure)
    here = reverse("failure", args=[case.crn, found.pk])
    if found.withdrawn_on:
        say_closed(request, services.OVER)
        return redirect(here)
    if goes_by_its_decision(found):
        say_closed(request, services.BY_ITS_DECISION)
        return redirect(here)
    words = words_of(request)
    form = words.form(WithdrawFailureForm)
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(services.withdraw_failure, failure=found, by=request.user, now=at)
        if done:
            words.forget()
            messages.success(request, WITHDRAWN)
            return redirect(here)
    header = case_header(case, request.user, localtime(at).date(), TAB)
    context = {
        "case_header": header,
        "here": here,
        "form": form,
        "words": words,
        "lines": lines_of(found, header.names),
        "falls": falls_with(found),
    }
    return render(request, "cases/enforcement/withdraw_failure.html", context)


@case_view(Action.ANSWER_FAILURE)
def decide_again(request, case, again):
    """What was decided on a failure or a warning that was withdrawn: it stands for a reason, or is withdrawn too."""
    at = now()
    deadline, back = find_again(case, again), reverse(TAB, args=[case.crn])
    if deadline is None:
        raise Http404
    if deadline.met_on:
        say_closed(request, DECIDED)
        return redirect(back)
    words = words_of(request)
    form = words.form(DecideAgainForm)
    if request.method == "POST" and form.is_valid():
        # What it stands on may be nothing, where it has ended meanwhile
        done = form.carry_out(answers.keep_going, deadline=deadline, by=request.user, now=at)
        if done is not None:
            words.forget()
            messages.success(request, STANDS)
            return redirect(back)
    header = case_header(case, request.user, localtime(at).date(), TAB)
    over = is_over(deadline)
    context = {
        "case_header": header,
        "back": back,
        "form": form,
        "words": words,
        "lines": again_lines(deadline, header.names),
        "may_stand": over or bool(left_on(deadline)),
        "over": over,
        "anew": _anew(case, deadline, localtime(at).date()),
        "withdraw": _where_to_withdraw(case, deadline),
        "refused": answers.NOTHING_LEFT,
    }
    return render(request, "cases/enforcement/decide_again.html", context)


def _anew(case, deadline, today):
    """(what the law leaves, the page on which it is answered in another way) of a failure whose breach came to nothing; else None."""
    if not is_left_behind(deadline):
        return None
    law = law_of(deadline.failure, enforcement_policy(today)).found.because
    return law, Link(ANEW, reverse("answer-failure", args=[case.crn, deadline.failure_id]))


def _where_to_withdraw(case, deadline):
    """The page on which what is decided again can be taken back: of a warning, that of its failure."""
    if deadline.breach_id:
        return reverse("withdraw-breach", args=[case.crn, deadline.breach_id])
    if deadline.recall_id:
        return reverse("withdraw-recall", args=[case.crn, deadline.recall_id])
    return reverse("failure", args=[case.crn, deadline.failure_id])
