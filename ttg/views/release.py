"""Release: what stands for somebody in prison, on one page of their case."""

from django.shortcuts import render
from django.utils.timezone import localdate

from cases.access import case_view
from cases.queries.header import case_header
from staff.permissions import Action

TAB = "case-release"


@case_view(Action.VIEW_RELEASE)
def case_release(request, case):
    """The stay in prison, and everything that is to be there by release."""
    header = case_header(case, request.user, localdate(), TAB)
    return render(request, "ttg/release.html", {"case_header": header})
