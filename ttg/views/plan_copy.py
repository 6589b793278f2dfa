"""The person's copy of their resettlement plan: what they will get, what is left out, and the file."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import case_view
from cases.agencies.typeset import PDF
from cases.queries.header import case_header
from staff.errors import RuleBroken
from staff.kit import Line, Link, tag
from staff.permissions import Action
from ttg.queries.plans import draft_of, in_force_of
from ttg.services.plan_copy import make_resettlement_copy, sheet_and_left
from ttg.views.plans import TAB

NO_PLAN = "There is no resettlement plan to make a copy of."


@case_view(Action.VIEW_RELEASE)
def plan_copy(request, case):
    """Of the plan being written, which is a draft; otherwise of the one in force."""
    plan = draft_of(case) or in_force_of(case)
    if plan is None:
        return _none(request, case)
    header = case_header(case, request.user, localdate(), TAB)
    sheet, left = sheet_and_left(plan, case, localdate())
    pdf = reverse("resettlement-plan-copy-pdf", args=[case.crn])
    context = {
        "case_header": header,
        "sheet": sheet,
        "tag": tag("draft" if sheet["draft"] else "signed"),
        "left": [Line(one.what, one.why) for one in left],
        "files": [
            Link("Print the copy", pdf),
            Link("Print it in large print", f"{pdf}?print=large"),
        ],
        "back": reverse("resettlement-plan", args=[case.crn]),
    }
    return render(request, "ttg/plan/copy.html", context)


@case_view(Action.VIEW_RELEASE)
def plan_copy_pdf(request, case):
    """As a file to print; in large print where the address says so."""
    plan = draft_of(case) or in_force_of(case)
    if plan is None:
        return _none(request, case)
    large = request.GET.get("print") == "large"
    try:
        content = make_resettlement_copy(plan=plan, large=large, by=request.user, today=localdate())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("resettlement-plan", crn=case.crn)
    answer = HttpResponse(content, content_type=PDF)
    name = f"{case.crn}-resettlement-plan{'-large-print' if large else ''}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


def _none(request, case):
    messages.info(request, NO_PLAN)
    return redirect("resettlement-plan", crn=case.crn)
