"""Recording a visit: what was seen and what follows, or why it was not done."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.forms.visit_records import NotDoneForm, RecordVisitForm
from cases.queries.header import case_header
from cases.queries.information import rises_to_choose
from cases.queries.visit_pages import state_words
from cases.queries.visit_records import asked_about_children
from cases.reference.appointments import Enforces
from cases.reference.visits import FollowOn
from cases.rules.words import listed
from cases.services.visit_records import record_not_done
from cases.services.visit_records import record_visit as record_it
from cases.views.visits import visit_of
from staff.permissions import Action
from staff.views.keeping import words_of

TAB = "case-contacts"
DID = {
    FollowOn.CHILDREN: "children’s social care is to be asked",
    FollowOn.PERSON: "whoever you met is on the record, and the police are to be asked",
    FollowOn.ADDRESS: "the police and the council are to be asked about the other address",
    FollowOn.SAFETY: "nobody goes again until it is decided anew how",
    FollowOn.RAISE: "what you raised is in force, and the senior has been told",
}


@case_view(Action.VISIT_HOME)
def record_visit(request, case, visit):
    visit = visit_of(case, visit)
    voluntary = visit.appointment.enforces == Enforces.VOLUNTARY
    return _record(
        request,
        case,
        visit,
        RecordVisitForm,
        record_it,
        "cases/visits/record.html",
        voluntary=voluntary,
    )


@case_view(Action.VISIT_HOME)
def visit_not_done(request, case, visit):
    visit = visit_of(case, visit)
    return _record(request, case, visit, NotDoneForm, record_not_done, "cases/visits/not_done.html")


def _record(request, case, visit, form_class, service, template, **known):
    today, user = localdate(), request.user
    if visit.seen or visit.not_done:
        messages.info(request, f"This visit is recorded already: {state_words(visit)}.")
        return redirect("visit-sheet", crn=case.crn, visit=visit.pk)
    header = case_header(case, user, today, TAB)
    asked = asked_about_children(case, today)
    words = words_of(request)
    form = words.form(form_class, rises=rises_to_choose(case), children_asked=bool(asked), **known)
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(service, visit=visit, by=user, now=now())
        if done:
            words.forget()
            messages.success(request, _said(form.follows()["follow_on"]))
            return redirect("visit-sheet", crn=case.crn, visit=visit.pk)
    context = {
        "case_header": header,
        "form": form,
        "words": words,
        "visit": visit,
        "asked": asked,
        "ticks": [form[name] for name in form.fields if name.startswith("ask_")],
        "back": reverse("visit-sheet", args=[case.crn, visit.pk]),
    }
    return render(request, template, context)


def _said(followed):
    if not followed:
        return "The visit is recorded."
    return f"The visit is recorded, and {listed([DID[one] for one in followed], comma='; ')}."
