"""Pages about the actions of a plan: putting one in it, and saying that it is done."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import case_view
from cases.forms.actions import AddActionForm, FinishActionForm
from cases.queries.actions import find_action
from cases.queries.checks import find_enquiry
from cases.queries.header import case_header
from cases.rules.addresses import number
from cases.services import actions as services
from staff.kit import Line, on
from staff.permissions import Action
from staff.views.keeping import words_of


@case_view(Action.ANALYSE_CHECK)
def add_action(request, case):
    """On what a reply says, where the address names its enquiry."""
    today = localdate()
    about = number(request.GET.get("enquiry", ""))
    enquiry = find_enquiry(case, about) if about else None
    words = words_of(request)
    form = words.form(AddActionForm)
    if request.method == "POST" and form.is_valid():
        known = {"case": case, "enquiry": enquiry, "by": request.user, "today": today}
        if form.carry_out(services.add_action, **known):
            words.forget()
            messages.success(
                request,
                f"It is in the plan, owed by {on(form.cleaned_data['by_on'])}. "
                "It is on the list of whoever holds the case until somebody says it is done.",
            )
            return redirect("case-checks", crn=case.crn)
    header = case_header(case, request.user, today, "case-checks")
    back = reverse("case-checks", args=[case.crn])
    context = {"case_header": header, "form": form, "words": words, "back": back}
    return render(request, "cases/add_action.html", context)


@case_view(Action.ANALYSE_CHECK)
def finish_action(request, case, action):
    today, found = localdate(), find_action(case, action)
    if found is None:
        raise Http404
    tab = "plan" if found.objective_id else "case-checks"
    words = words_of(request)
    form = words.form(FinishActionForm)
    if request.method == "POST" and form.is_valid():
        known = {"action": found, "by": request.user, "today": today}
        if form.carry_out(services.finish_action, **known):
            words.forget()
            messages.success(request, "It is recorded as done. Nothing more is owed on it.")
            return redirect(tab, crn=case.crn)
    header = case_header(case, request.user, today, tab)
    lines = [
        Line("What", header.names.text(found.what)),
        Line("By whom", header.names.text(found.by_whom)),
        Line("By", on(found.by_on)),
    ]
    back = reverse(tab, args=[case.crn])
    context = {"case_header": header, "form": form, "words": words, "lines": lines}
    context["back"] = back
    return render(request, "cases/finish_action.html", context)
