"""The sheet that somebody takes through the gate, as a file to print."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate

from cases.access import case_view
from cases.agencies.typeset import PDF
from staff.errors import RuleBroken
from staff.permissions import Action
from ttg.services.gate_sheet import make_gate_sheet


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
