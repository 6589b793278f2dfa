"""The interventions of a case: what is proposed, what suits, what is not known yet and what does not suit."""

from django.shortcuts import render
from django.utils.timezone import localdate

from cases.access import case_view
from cases.queries.header import case_header
from cases.reference.groups import group_name
from grid.queries.suitability_page import case_interventions as page_of
from grid.queries.suitability_page import judged_of
from grid.services.intervention_policy import intervention_policy
from grid.services.policy import grid_policy
from staff.kit import Column
from staff.permissions import Action

COLUMNS = [
    Column("Criterion"), Column("Met?"), Column("What is asked, and what was found"), Column("What says so"), Column("Date"),
]  # fmt: skip


@case_view(Action.VIEW_ASSESSMENT)
def case_interventions(request, case):
    today = localdate()
    header = case_header(case, request.user, today, "case-interventions")
    policy, grid = intervention_policy(today), grid_policy(today)
    judged = judged_of(case, header.names, today, grid, policy)
    page = page_of(case, judged, grid, header, today)
    context = {
        "case_header": header,
        "page": page,
        "group": group_name(page.grid.group) if page.grid else "",
        "version": policy.version,
        "columns": COLUMNS,
    }
    return render(request, "grid/case_interventions.html", context)
