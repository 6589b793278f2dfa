"""Pages about the enquiries of one case: the list, one of them, and each step of its life."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import case_view
from cases.forms import checks as forms
from cases.queries.actions import actions_of
from cases.queries.checks import (
    check_page,
    enquiries_of,
    find_enquiry,
    other_lines,
    summary_of,
)
from cases.queries.documents import documents_of
from cases.queries.header import case_header
from cases.queries.interim import plan_summary
from cases.queries.names import names_on
from cases.queries.people import officer_of
from cases.queries.subjects import subjects_to_choose
from cases.reference.checks import CheckKind, EnquiryState
from cases.rules.checks import NOT_AN_ANSWER
from cases.services import checks as services
from cases.services import sending
from staff.kit import Link, on
from staff.permissions import Action
from staff.views.keeping import words_of

ADDED = "One of this kind was waiting to be sent already, and yours is added to it."


@case_view(Action.VIEW_CHECKS)
def list_checks(request, case):
    today = localdate()
    header = case_header(case, request.user, today, "case-checks")
    enquiries = enquiries_of(case)
    summary = summary_of(case, enquiries, header.names, header.may, today)
    context = {
        "case_header": header,
        "summary": summary,
        "others": other_lines(case, enquiries, summary, header.names, header.may, today),
        "interim": plan_summary(case, header.names, header.may, today),
        "actions": actions_of(
            case, header.names, may_finish=Action.ANALYSE_CHECK in header.may, today=today
        ),
        "may_open": Action.RECORD_CHECK in header.may,
        "may_add": Action.ANALYSE_CHECK in header.may,
    }
    return render(request, "cases/checks.html", context)


@case_view(Action.VIEW_CHECKS)
def check(request, case, enquiry):
    today = localdate()
    found = _found(case, enquiry)
    header = case_header(case, request.user, today, "case-checks")
    names = names_on(found, header.may)
    page = check_page(case, found, names, header.may, today)
    may = header.may
    context = {
        "case_header": header,
        "check": page,
        "documents": documents_of(case, found, may_open=Action.VIEW_DOCUMENTS in may),
        "actions": actions_of(
            case,
            header.names,
            may_finish=Action.ANALYSE_CHECK in may,
            today=today,
            enquiry=found,
        ),
        "may_add": Action.ANALYSE_CHECK in may and bool(page.analysis),
        "interim": plan_summary(case, header.names, may, today) if _waits(found) else None,
    }
    return render(request, "cases/check.html", context)


def _waits(enquiry):
    """Whether the agency has not answered, so that an interim plan holds meanwhile."""
    return enquiry.state in {EnquiryState.DUE, EnquiryState.SENT}


@case_view(Action.RECORD_CHECK)
def open_check(request, case):
    today = localdate()
    header = case_header(case, request.user, today, "case-checks")
    subjects = subjects_to_choose(case, header.names)
    words, kind = words_of(request), request.GET.get("kind", "")
    begun = {
        "kind": kind if kind in set(CheckKind) else None,
        "triggered_on": today,
        "subjects": [one.code for one in subjects],
    }
    form = words.form(forms.OpenCheckForm, subjects=subjects, initial=begun)
    if request.method == "POST" and form.is_valid():
        before = set(case.enquiries.values_list("pk", flat=True))
        asked = form.carry_out(services.ask_agencies, case=case, by=request.user, today=today)
        if asked:
            words.forget()
            messages.success(request, _opened(case, asked, before))
            if len(asked) > 1:
                return redirect("case-checks", crn=case.crn)
            return redirect("check", crn=case.crn, enquiry=asked[0].pk)
    context = {"case_header": header, "form": form, "words": words}
    context["back"] = reverse("case-checks", args=[case.crn])
    return render(request, "cases/open_check.html", context)


def _opened(case, asked, before):
    """What was opened or joined, and who sends it by when."""
    said = f"{officer_of(case)} sends it by {on(min(one.due_on for one in asked))}."
    if len(asked) > 1:
        return f"{len(asked)} enquiries, one to each area that they live in. {said}"
    return f"{ADDED if asked[0].pk in before else 'The enquiry is opened.'} {said}"


@dataclass(frozen=True)
class Step:
    """One step of an enquiry: what is asked, who takes it, and what is said when it is done."""

    heading: str
    button: str
    why: str  # why we ask, in a sentence
    form: type
    service: object
    states: frozenset
    said: object  # (case, enquiry) -> what happens next and who does it
    instead: tuple[str, str] | None = (
        None  # the words and the page of what may be done in its place
    )


@case_view(Action.RECORD_CHECK)
def send_check(request, case, enquiry):
    return _take(request, case, enquiry, SEND)


@case_view(Action.RECORD_CHECK)
def chase_check(request, case, enquiry):
    return _take(request, case, enquiry, CHASE)


@case_view(Action.ANALYSE_CHECK)
def not_needed(request, case, enquiry):
    return _take(request, case, enquiry, NOT_NEEDED)


def _take(request, case, pk, step):
    """The page of one step: its form, then back to the enquiry with what happens next."""
    today = localdate()
    enquiry, words = _found(case, pk), words_of(request)
    begun = {"on": today, "asked_of": enquiry.asked_of or _in_the_book(enquiry)}
    form = words.form(step.form, initial=begun)
    if request.method == "POST":
        if form.is_valid():
            done = form.carry_out(step.service, enquiry=enquiry, by=request.user, today=today)
            if done:
                words.forget()
                messages.success(request, step.said(case, done))
                return redirect("check", crn=case.crn, enquiry=pk)
    elif not _may_take(step, enquiry):
        state = EnquiryState(enquiry.state).title
        messages.info(request, f"That step is not open. This enquiry is at “{state}”.")
        return redirect("check", crn=case.crn, enquiry=pk)
    header = case_header(case, request.user, today, "case-checks")
    page = check_page(case, enquiry, names_on(enquiry, header.may), header.may, today)
    context = {"case_header": header, "form": form, "words": words, "step": step, "check": page}
    context["back"] = reverse("check", args=[case.crn, pk])
    if step.instead:
        text, name = step.instead
        context["instead"] = Link(text, reverse(name, args=[case.crn, pk]))
    return render(request, "cases/check_step.html", context)


def _in_the_book(enquiry):
    return enquiry.agency.name if enquiry.agency else ""


def _may_take(step, enquiry):
    again = step is SEND and enquiry.reply in NOT_AN_ANSWER
    return enquiry.state in step.states or (again and enquiry.state == EnquiryState.REPLIED)


def _found(case, pk):
    enquiry = find_enquiry(case, pk)
    if enquiry is None:
        raise Http404
    return enquiry


def _waiting(done, case, enquiry):
    return f"{done} The admin hub chases it if there is no reply by {on(enquiry.due_on)}."


SEND = Step(
    heading="Record the enquiry sent",
    button="Record it sent",
    why="A check that was meant and never sent protects nobody. Recording it starts the agency's clock.",
    form=forms.SendForm,
    service=sending.send_enquiry,
    states=frozenset({EnquiryState.DUE}),
    said=lambda case, enquiry: _waiting("The enquiry is recorded as sent.", case, enquiry),
)
CHASE = Step(
    heading="Record a chase",
    button="Record the chase",
    why="Each chase is kept, so that a slow agency can be shown what it has been asked.",
    form=forms.ChaseForm,
    service=sending.chase_enquiry,
    states=frozenset({EnquiryState.SENT}),
    said=lambda case, enquiry: _waiting("The chase is recorded.", case, enquiry),
    instead=("They have answered: record the reply", "record-reply"),
)
NOT_NEEDED = Step(
    heading="Say that it is not needed",
    button="Record it as not needed",
    why="The reason is kept with your name. It is read at the next review.",
    form=forms.NotNeededForm,
    service=services.mark_not_needed,
    states=frozenset({EnquiryState.DUE}),
    said=lambda case, enquiry: (
        "Recorded as not needed. Nothing more is owed on it unless a new name, address or concern comes up."
    ),
)
