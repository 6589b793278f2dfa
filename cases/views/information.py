"""Information in: the one box that takes it, what has come in about a case, and reading it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from cases.access import case_view, staff_view
from cases.forms.information import EndNonAssociationForm, InformationForm, ReadingForm
from cases.models import Case
from cases.queries.actions import actions_of
from cases.queries.cover import officer_now
from cases.queries.header import case_header
from cases.queries.information import (
    find_reading,
    information_of,
    recorded_today,
    rises_to_choose,
    told,
)
from cases.queries.kept_apart import find_non_association, kept_apart
from cases.queries.people import officer_of
from cases.queries.search import answers
from cases.reference.information import ReadAs
from cases.rules.addresses import address, number
from cases.rules.search import understand
from cases.services import information as services
from staff.errors import RuleBroken
from staff.kit import on
from staff.permissions import Action
from staff.views.keeping import words_of

NOW_DO = {  # what follows from reading it, and who does it
    ReadAs.NOTHING: "Nothing more is owed on it. Your reason stays with it.",
    ReadAs.RAISED: "The senior probation officer has been told, and a full assessment is due.",
    ReadAs.PLAN: "The action stands on the case until somebody says it is done.",
}


@staff_view(Action.RECORD_INFORMATION)
def record_information(request):
    """The box. A CRN goes straight in; for anything else the one who is meant is chosen first."""
    at = now()
    today = localtime(at).date()
    words = words_of(request)
    begun = {"about": understand(request.GET.get("crn", "")).crn, "happened_on": today}
    who = _who_answers(request.user, words.typed) if words.typed else ()
    form = words.form(InformationForm, choices=who, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            services.record_information(
                crn=form.crn(), by=request.user, today=today, now=at, **form.given()
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            words.forget()
            messages.success(request, _passed_on(request.user, form.crn(), form, today))
            return redirect("record-information")
    recorded = recorded_today(request.user, today)
    context = {"form": form, "words": words, "recorded": recorded}
    return render(request, "cases/record_information.html", context)


@case_view(Action.VIEW_INFORMATION)
def list_information(request, case):
    today = localdate()
    header = case_header(case, request.user, today, "case-information")
    here = reverse("case-information", args=[case.crn])
    after = number(request.GET.get("after", ""))
    rows, next_after = information_of(case, header.names, request.user, after)
    context = {
        "case_header": header,
        "rows": rows,
        "apart": kept_apart(case, request.user, today, header.may, header.names),
        "may_record": Action.RECORD_INFORMATION in header.may,
        "first": here if after else "",
        "next": address(here, after=next_after) if next_after else "",
    }
    return render(request, "cases/information.html", context)


@case_view(Action.VIEW_INFORMATION)
def see_information(request, case, reading):
    found = _found(find_reading(case, reading))
    header = case_header(case, request.user, localdate(), "case-information")
    if found.read_on is not None or Action.READ_INFORMATION not in header.may:
        return _one(request, case, header, found)
    words = words_of(request, reverse("read-information", args=[case.crn, reading]))
    form = words.form(ReadingForm, rises=rises_to_choose(case))
    return _one(request, case, header, found, form, words)


@case_view(Action.READ_INFORMATION)
def read_information(request, case, reading):
    at = now()
    today = localtime(at).date()
    found = _found(find_reading(case, reading))
    rises = rises_to_choose(case)
    words = words_of(request)
    form = words.form(ReadingForm, rises=rises)
    if request.method == "POST" and form.is_valid():
        try:
            done = services.read_information(
                reading=found, by=request.user, today=today, now=at, **form.given()
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            words.forget()
            messages.success(request, f"Recorded. {NOW_DO[ReadAs(done.read_as)]}")
            return redirect("see-information", crn=case.crn, reading=reading)
    header = case_header(case, request.user, today, "case-information")
    return _one(request, case, header, found, form, words)


@case_view(Action.READ_INFORMATION)
def end_non_association(request, case, pair):
    today = localdate()
    found = _found(find_non_association(case, pair))
    header = case_header(case, request.user, today, "case-information")
    back = reverse("case-information", args=[case.crn])
    words = words_of(request)
    form = words.form(EndNonAssociationForm)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_non_association(
                non_association=found, by=request.user, today=today, **form.given()
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            words.forget()
            messages.success(request, "They need no longer be kept apart. The reason is kept.")
            return redirect(back)
    context = {"case_header": header, "form": form, "words": words, "pair": found, "back": back}
    return render(request, "cases/end_non_association.html", context)


def _one(request, case, header, reading, form=None, words=None):
    context = {
        "case_header": header,
        "told": told(reading, header.names, request.user),
        "form": form,
        "words": words,
        "officer": officer_of(case),
        "actions": _called_for(case, header, reading),
        "may_see_document": Action.VIEW_DOCUMENTS in header.may,
        "back": reverse("case-information", args=[case.crn]),
    }
    return render(request, "cases/see_information.html", context)


def _called_for(case, header, reading):
    """The actions that it called for: whoever reads it later must see what is done about it."""
    if reading.read_as != ReadAs.PLAN:
        return []
    may_finish = Action.ANALYSE_CHECK in header.may
    return actions_of(case, header.names, may_finish=may_finish, today=localdate(), reading=reading)


def _who_answers(user, data):
    """Those who answer to what was typed, as choices; none for a CRN, which is whoever it is.

    A CRN since merged into another is no longer anybody's, so the one who now has it is offered.
    """
    text = data.get("about", "")
    found, crn = answers(user, text), understand(text).crn
    if crn and (found.masked or crn in {case.crn for case in found.cases}):
        return []
    nearly = [(case.crn, f"Nearly what you typed: {_words(case)}") for case in found.near]
    return [*((case.crn, _words(case)) for case in found.cases), *nearly]


def _words(case):
    team = case.team.name if case.team else "No team"
    return f"{case.list_name} ({case.crn}), born {on(case.born_on)}. {officer_of(case)}, {team}"


def _passed_on(user, crn, form, today):
    """What happens next and who does it; of a kept case, the masked row and no more."""
    reached = Case.objects.within_reach(user, Action.RECORD_INFORMATION).filter(crn=crn)
    if masked := reached.masked_to(user).first():
        said = f"{masked.crn}: {masked.message} Ask {masked.ask}."
        return f"{said} What you recorded has been passed to those who hold the case."
    case = reached.select_related("officer").get()
    when = "today" if form.cleaned_data["harm"] else "within 2 working days"
    others = " The officers of those it names have been told too." if form.names_others() else ""
    who = officer_now(case, today)
    return f"Recorded about {case.crn}. {who} has been told and reads it {when}.{others}"


def _found(row):
    if row is None:
        raise Http404
    return row
