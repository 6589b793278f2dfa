"""Release: what stands for somebody in prison, on one page of their case."""

from django.shortcuts import render
from django.utils.timezone import localdate

from cases.access import case_view
from cases.queries.header import case_header
from staff.permissions import Action
from ttg.queries.release_page import release_page

TAB = "case-release"


@case_view(Action.VIEW_RELEASE)
def case_release(request, case):
    """The stay in prison, and everything that is to be there by release."""
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    page = release_page(case, header, today)
    return render(request, "ttg/release.html", {"case_header": header, "page": page})
