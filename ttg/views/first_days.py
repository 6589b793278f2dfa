"""The first days after release: everywhere somebody is to be, and what of it cannot be kept."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import case_view
from cases.queries.header import case_header
from staff.permissions import Action
from ttg.queries.first_days_page import first_days_page
from ttg.views.release import TAB


@case_view(Action.VIEW_RELEASE)
def first_days(request, case):
    """Hour by hour, with the ways between. What it warns of stops nothing."""
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    context = {
        "case_header": header,
        "page": first_days_page(case, header.names, header.may, today),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "ttg/first_days.html", context)
