"""One case on one screen and one sheet of A4, for whoever sees the person today."""

from django.shortcuts import render
from django.utils.timezone import localtime, now

from cases.access import case_view
from cases.queries.header import case_header
from cases.queries.summary import summary_of_case
from staff.permissions import Action


@case_view(Action.VIEW_CASE)
def case_summary(request, case):
    at = now()
    header = case_header(case, request.user, localtime(at).date(), "case")
    context = {
        "case_header": header,
        "summary": summary_of_case(case, header, request.user, at),
        "may_record": Action.RECORD_INFORMATION in header.may,
        "at_the_desk": Action.SEE_WALK_IN in header.may,
    }
    return render(request, "cases/case_summary.html", context)
