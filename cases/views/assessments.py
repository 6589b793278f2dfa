"""The assessment of one case: where it stands, one of them whole, and the officer's own copy on paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from cases.access import case_view
from cases.agencies.assessment import assessment_pdf
from cases.agencies.typeset import PDF
from cases.queries.assessing import assessing_facts
from cases.queries.assessment_pages import find_assessment, returns_of, state_in_words
from cases.queries.assessment_paper import on_paper
from cases.queries.assessment_signing import evidence_lines
from cases.queries.assessment_tab import SEE, assessment_tab, victims_of
from cases.queries.assessment_whole import whole
from cases.queries.header import case_header
from cases.reference.harm import AssessmentState
from cases.rules.patterns import asked_of
from staff.kit import on, tag
from staff.permissions import Action

TAB = "assessment"


@case_view(Action.VIEW_ASSESSMENT)
def assessment(request, case):
    header = case_header(case, request.user, localdate(), TAB)
    context = {
        "case_header": header,
        "page": assessment_tab(case, header.names, header.may),
        "returns": returns_of(case, header.names, header.may),
        "victims": reverse("victims", args=[case.crn]),
    }
    return render(request, "cases/assessment/assessment.html", context)


@case_view(Action.VIEW_ASSESSMENT)
def see_assessment(request, case, assessment):
    found = _found(case, assessment)
    today = localdate()
    header = case_header(case, request.user, today, TAB)
    asked = asked_of(assessing_facts([found], today)[found.pk].patterns)
    context = {
        "case_header": header,
        "title": f"Assessment of {on(found.completed_on or found.begun_on)}",
        "tag": tag(SEE[AssessmentState(found.state)]),
        "stands": state_in_words(found),
        "chapters": whole(found, asked, header.names),
        "victims": victims_of(case, header.names, header.may),
        "evidence": evidence_lines(found, header.names),
        "pdf": reverse("assessment-pdf", args=[case.crn, found.pk]),
        "back": reverse(TAB, args=[case.crn]),
    }
    return render(request, "cases/assessment/see.html", context)


@case_view(Action.VIEW_ASSESSMENT)
def pdf(request, case, assessment):
    """The officer's own copy. Protected names are left out, whoever prints it, as of any file that leaves us."""
    found = _found(case, assessment)
    paper = on_paper(case, found, by=request.user, at=localtime(now()))
    answer = HttpResponse(assessment_pdf(paper), content_type=PDF)
    answer["Content-Disposition"] = f'inline; filename="assessment-{case.crn}.pdf"'
    return answer


def _found(case, pk):
    found = find_assessment(case, pk)
    if found is None:
        raise Http404
    return found
