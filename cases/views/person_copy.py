"""The person's copy of a plan: what they will get and what is left out, as a file, and saying that they have it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.agencies.typeset import PDF
from cases.forms.person_copy import GiveCopyForm
from cases.queries.header import case_header
from cases.queries.person_copy import find_plan, is_safe_to_write
from cases.queries.person_copy_page import copy_page, given_copies
from cases.reference.plans import PlanState
from cases.services import person_copy as services
from staff.errors import RuleBroken
from staff.kit import on
from staff.permissions import Action

TAB = "plan"


@case_view(Action.VIEW_PLAN)
def plan_copy(request, case, sentence_plan):
    return _page(
        request, case, _found(case, sentence_plan), GiveCopyForm(initial={"given_on": localdate()})
    )


@case_view(Action.VIEW_PLAN)
def plan_copy_pdf(request, case, sentence_plan):
    """As a file to print; in large print where the address says so."""
    plan = _found(case, sentence_plan)
    large = request.GET.get("print") == "large"
    try:
        content = services.make_copy(plan=plan, large=large, by=request.user, today=localdate())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("plan-copy", crn=case.crn, sentence_plan=plan.pk)
    answer = HttpResponse(content, content_type=PDF)
    name = f"{case.crn}-plan{'-large-print' if large else ''}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


@case_view(Action.WRITE_PLAN)
def give_plan_copy(request, case, sentence_plan):
    """The form stands on the page of the copy."""
    plan = _found(case, sentence_plan)
    if request.method != "POST":
        return redirect("plan-copy", crn=case.crn, sentence_plan=plan.pk)
    form = GiveCopyForm(request.POST)
    known = {"plan": plan, "by": request.user, "today": localdate(), "now": now()}
    given = form.is_valid() and form.carry_out(services.give_copy, **known)
    if not given:
        return _page(request, case, plan, form)
    kept = "It is kept with the case as they have it."
    messages.success(request, f"Recorded: copy given on {on(given.given_on)}. {kept}")
    return redirect("plan-copy", crn=case.crn, sentence_plan=plan.pk)


def _found(case, pk):
    plan = find_plan(case, pk)
    if plan is None:
        raise Http404
    plan.case = case
    return plan


def _back(case, plan):
    if plan.state == PlanState.DRAFT:
        return reverse("write-plan", args=[case.crn])
    return reverse("see-plan", args=[case.crn, plan.pk])


def _page(request, case, plan, form):
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    copy, sheet = services.copy_and_sheet(plan, case, today)
    context = {
        "case_header": header,
        "form": form,
        "page": copy_page(plan, case, copy, header.may),
        "sheet": sheet,
        "given": given_copies(plan, case, header.may),
        "by_hand": not is_safe_to_write(case),
        "back": _back(case, plan),
    }
    return render(request, "cases/plan_copy.html", context)
