"""The benefit sheet for courts: as a page, and as a file to print."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.agencies.typeset import PDF
from staff.errors import RuleBroken
from staff.kit import Column
from staff.permissions import Action
from unpaidwork.services import benefit as services

COLUMNS = [
    Column("Project"),
    Column("People who worked", numeric=True),
    Column("Hours worked", numeric=True),
    Column("Completed all their hours", numeric=True),
]


@staff_view(Action.VIEW_WORK_FIGURES)
def benefit_sheet(request):
    context = {
        "sheet": services.sheet_now(localdate()),
        "columns": COLUMNS,
        "back": reverse("projects"),
    }
    return render(request, "unpaidwork/projects/benefit.html", context)


@staff_view(Action.VIEW_WORK_FIGURES)
def benefit_paper(request):
    today = localdate()
    try:
        content = services.make_benefit_paper(by=request.user, today=today)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("benefit-sheet")
    answer = HttpResponse(content, content_type=PDF)
    answer["Content-Disposition"] = f'attachment; filename="unpaid-work-{today}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
