"""Pages about failures to comply: all of a case, one of them, recording one by hand, and answering it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now

from cases.access import case_view
from cases.forms.enforcement.failures import AnswerFailureForm, RecordFailureForm
from cases.queries.compliance import before_deciding
from cases.queries.decision_page import beside_failure
from cases.queries.enforcement.answered_anew import may_be_answered_anew
from cases.queries.enforcement.beside_failure import (
    day_lines,
    followed_lines,
    followed_links,
    other_failures,
    parts_to_fail,
    warning_lines,
)
from cases.queries.enforcement.failure_pages import lines_of, overview_of, state_of
from cases.queries.enforcement.failures import (
    find_failure,
    goes_by_its_decision,
    law_of,
    next_of_absence,
)
from cases.queries.header import case_header
from cases.reference.enforcement import Answer
from cases.rules.compliance import cautions
from cases.services.enforcement import answers
from cases.services.enforcement import failures as services
from cases.services.policy import clocks, enforcement_policy
from staff.kit import Link
from staff.permissions import Action
from staff.views.keeping import say_closed, words_of

TAB = "case-enforcement"
ANSWERED = {
    Answer.WARN: "The warning is decided. The admin hub is asked to send the letter: it counts once it is given.",
    Answer.REFER: "It is referred. The breach pack is owed, and so is the next contact with them.",
    Answer.RECALL: "Recall is decided. Complete Part A now: the request is owed within 24 hours.",
    Answer.NOTHING: "Recorded. Nothing is enforced, for the reason you gave.",
}
ANEW = "Answer it in another way"
NEXT_ORDER = " The same absence fails another order: answer that now."
RECORDED = "The failure is recorded. {who} answers it within two working days of our knowing."
NO_SENTENCE = "No sentence in force is recorded, so there is nothing that they could fail to comply with. Have it put right first."


@case_view(Action.VIEW_ENFORCEMENT)
def enforcement(request, case):
    today = localtime(now()).date()
    header = case_header(case, request.user, today, TAB)
    extra = clocks(today).extra_bank_holidays
    policy = enforcement_policy(today)
    context = {
        "case_header": header,
        "page": overview_of(case, header.names, header.may, today, policy, extra),
        "record": reverse("record-failure", args=[case.crn])
        if Action.RECORD_FAILURE in header.may and not case.left_as
        else "",
    }
    return render(request, "cases/enforcement/overview.html", context)


@case_view(Action.RECORD_FAILURE)
def record_failure(request, case):
    at = now()
    today = localtime(at).date()
    header = case_header(case, request.user, today, TAB)
    parts = parts_to_fail(case, header.names, today)
    if not parts:
        say_closed(request, NO_SENTENCE)
        return redirect(TAB, crn=case.crn)
    words = words_of(request)
    form = words.form(RecordFailureForm, parts=parts)
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(services.record_failure, case=case, by=request.user, now=at)
        if made:
            words.forget()
            messages.success(request, RECORDED.format(who=header.officer))
            page = "answer-failure" if Action.ANSWER_FAILURE in header.may else "failure"
            return redirect(page, crn=case.crn, failure=made.pk)
    context = {"case_header": header, "form": form, "words": words, "back": _tab(case)}
    return render(request, "cases/enforcement/record_failure.html", context)


@case_view(Action.VIEW_ENFORCEMENT)
def failure(request, case, failure):
    found, at = found_failure(case, failure), now()
    today = localtime(at).date()
    header = case_header(case, request.user, today, TAB)
    extra = clocks(today).extra_bank_holidays
    context = {
        "case_header": header,
        "back": _tab(case),
        "tag": state_of(found),
        "lines": lines_of(found, header.names),
        "followed": followed_lines(found),
        "pages": followed_links(found),
        "days": day_lines(found, today, enforcement_policy(today), extra),
        "warnings": warning_lines(found),
        "others": other_failures(found, header.names),
        "actions": _actions(found, header.may),
        "absence": _absence(found, header.may),
    }
    return render(request, "cases/enforcement/failure.html", context)


@case_view(Action.ANSWER_FAILURE)
def answer_failure(request, case, failure):
    at = now()
    found, today = found_failure(case, failure), localtime(at).date()
    here = reverse("failure", args=[case.crn, found.pk])
    if found.withdrawn_on or (found.answer and not may_be_answered_anew(found)):
        say_closed(request, "There is nothing to answer any more about this failure.")
        return redirect(here)
    policy = enforcement_policy(today)
    law = law_of(found, policy).found
    words = words_of(request)
    form = words.form(AnswerFailureForm, may=law.may)
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(answers.answer_failure, failure=found, by=request.user, now=at)
        if done:
            words.forget()
            return _answered(request, done, here)
    header = case_header(case, request.user, today, TAB)
    extra = clocks(today).extra_bank_holidays
    context = {
        "case_header": header,
        "here": here,
        "form": form,
        "words": words,
        "law": law.because,
        "lines": lines_of(found, header.names),
        "warnings": warning_lines(found),
        "days": day_lines(found, today, policy, extra),
        "others": other_failures(found, header.names),
        "beside": beside_failure(found, header.names, at),
        "cautions": _cautions(found, header.names, today, extra),
    }
    return render(request, "cases/enforcement/answer_failure.html", context)


def _answered(request, done, here):
    """An absence may fail several orders: the next that nobody has answered comes at once."""
    said, further = ANSWERED[Answer(done.answer)], next_of_absence(done)
    messages.success(request, said + (NEXT_ORDER if further else ""))
    if further:
        return redirect("answer-failure", crn=done.case.crn, failure=further.pk)
    return redirect(here)


def _cautions(found, names, today, extra):
    """What stands against a failure that came of an appointment, as it is recorded now."""
    if not found.decision:
        return []
    booking = found.decision.appointment
    stood = cautions(before_deciding(booking, found.decision, today, extra))
    return [names.text(row.sentence) for row in stood]


def _actions(found, may):
    """What the reader may do about it, the first thing first."""
    if Action.ANSWER_FAILURE not in may or found.withdrawn_on or found.case.left_as:
        return []
    crn, links = found.case.crn, []
    if not found.answer:
        links.append(Link("Answer it", reverse("answer-failure", args=[crn, found.pk])))
    elif may_be_answered_anew(found):
        links.append(Link(ANEW, reverse("answer-failure", args=[crn, found.pk])))
    if goes_by_its_decision(found):
        page, key = "decide-absence", found.decision.appointment_id
        links.append(Link("There is proof of a good reason", reverse(page, args=[crn, key])))
    else:
        links.append(Link("Withdraw it", reverse("withdraw-failure", args=[crn, found.pk])))
    return links


def _absence(found, may):
    """Where the appointment is that it came of, for those who may read it."""
    if not found.decision or Action.VIEW_CASE not in may:
        return ""
    return reverse("appointment", args=[found.case.crn, found.decision.appointment_id])


def _tab(case):
    return reverse(TAB, args=[case.crn])


def found_failure(case, key):
    found = find_failure(case, key)
    if found is None:
        raise Http404
    found.case = case
    if found.decision:
        found.decision.appointment.contact.case = case
    return found
