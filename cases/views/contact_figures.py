"""Contact delivered, planned and asked for by the standard, of one case, with the list behind each number."""

from django.shortcuts import render
from django.utils.timezone import localtime, now

from cases.access import case_view
from cases.queries.contact_pages import contact_page
from cases.queries.header import case_header
from cases.services.policy import meeting_policy
from staff.permissions import Action


@case_view(Action.VIEW_CASE)
def contact_figures(request, case):
    at = now()
    today = localtime(at).date()
    header = case_header(case, request.user, today, "case-contacts")
    weeks = meeting_policy(today).contact_weeks
    context = {
        "case_header": header,
        "contact": contact_page(case, header.names, header.may, at, weeks),
        "weeks": weeks,
    }
    return render(request, "cases/contact_figures.html", context)
