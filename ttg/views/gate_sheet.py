"""The sheet that somebody takes through the gate: to be looked at and read aloud, and as a file to print."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import case_view
from cases.agencies.typeset import PDF
from cases.queries.header import case_header
from staff.errors import RuleBroken
from staff.kit import Link
from staff.permissions import Action
from ttg.services.gate_sheet import make_gate_sheet, what_the_sheet_says
from ttg.views.release import TAB


@case_view(Action.VIEW_RELEASE)
def gate_sheet(request, case):
    """What the sheet says, as it is printed."""
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    context = {
        "case_header": header,
        "sheet": what_the_sheet_says(case=case, names=header.names, today=today),
        "actions": [
            Link("Print the gate sheet", reverse("gate-sheet-paper", args=[case.crn])),
            Link("First days", reverse("first-days", args=[case.crn])),
        ],
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "ttg/gate_sheet.html", context)


@case_view(Action.VIEW_RELEASE)
def gate_sheet_paper(request, case):
    """Whatever is missing on it: then it says whom to ring."""
    try:
        content = make_gate_sheet(case=case, by=request.user, today=localdate())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("case-release", crn=case.crn)
    answer = HttpResponse(content, content_type=PDF)
    answer["Content-Disposition"] = f'attachment; filename="{case.crn}-gate-sheet.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
