"""Papers about somebody's unpaid work, as files to print."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate

from cases.access import case_view
from cases.agencies.typeset import PDF
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from staff.errors import RuleBroken
from staff.permissions import Action
from unpaidwork.reference.work import OVER
from unpaidwork.services import papers as services
from unpaidwork.views.work import TAB, work_of


@case_view(Action.VIEW_UNPAID_WORK)
def passport(request, case, work_requirement):
    work = work_of(case, work_requirement)
    return _paper(request, work, services.make_passport, "skills-passport")


@case_view(Action.VIEW_UNPAID_WORK)
def certificate(request, case, work_requirement):
    work = work_of(case, work_requirement)
    return _paper(request, work, services.make_certificate, "certificate")


@case_view(Action.VIEW_UNPAID_WORK)
def closing_report(request, case, work_requirement):
    names = names_for(case, actions_on(case, request.user))
    work = work_of(case, work_requirement)
    name = "closing-report" if work.state in OVER else "report-so-far"
    return _paper(request, work, services.make_closing_report, name, names=names)


def _paper(request, work, service, name, **known):
    case = work.case
    try:
        content = service(work=work, by=request.user, today=localdate(), **known)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect(TAB, crn=case.crn)
    answer = HttpResponse(content, content_type=PDF)
    answer["Content-Disposition"] = f'attachment; filename="{case.crn}-{name}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
