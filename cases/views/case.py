"""Pages that show one case: overview, sentence, personal details, who has looked."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from cases.access import case_view
from cases.queries.changes import ways_of
from cases.queries.contact_pages import contact_lines
from cases.queries.header import case_header
from cases.queries.history import history_of
from cases.queries.information import information_of
from cases.queries.kept_apart import kept_apart
from cases.queries.overview import overview_of
from cases.queries.person import person_page
from cases.queries.rar import rar_lines
from cases.queries.routes import routes_of
from cases.queries.sentences import sentences_of
from cases.rules.addresses import address, number
from cases.services.policy import meeting_policy
from staff.permissions import Action

LATEST = 3  # pieces of information that the overview shows


@case_view(Action.VIEW_CASE)
def overview(request, case):
    at = now()
    today = localtime(at).date()
    header = case_header(case, request.user, today, "case")
    policy = meeting_policy(today)
    may_see_information = Action.VIEW_INFORMATION in header.may
    latest, _ = (
        information_of(case, header.names, request.user) if may_see_information else ([], "")
    )
    context = {
        "case_header": header,
        "overview": overview_of(case, header, at),
        "contact": contact_lines(case, today, policy.contact_weeks),
        "rar": _rar(case, header.may, today, policy),
        "information": latest[:LATEST],
        "apart": kept_apart(case, request.user, today, header.may, header.names),
        "may_see_information": may_see_information,
        "may_record_information": Action.RECORD_INFORMATION in header.may,
        "may_open_check": Action.RECORD_CHECK in header.may,
        "may_see_checks": Action.VIEW_CHECKS in header.may,
        "may_see_placement": Action.VIEW_PLACEMENT in header.may,
        "may_visit": Action.VISIT_HOME in header.may,
        "ways": ways_of(case, header.may),
    }
    return render(request, "cases/overview.html", context)


@case_view(Action.VIEW_CASE)
def sentence(request, case):
    today = localdate()
    header = case_header(case, request.user, today, "case-sentence")
    may_see_routes = Action.VIEW_PLAN in header.may
    context = {
        "case_header": header,
        "sentences": sentences_of(case, header.names, today, may=header.may),
        "routes": routes_of(case, header.names, header.may, today) if may_see_routes else [],
        "rar": _rar(case, header.may, today, meeting_policy(today)),
    }
    return render(request, "cases/sentence.html", context)


def _rar(case, may, today, policy):
    """Rehabilitation activity in a line a requirement, for those who may see plans."""
    return rar_lines(case, today, policy.rar_stall_weeks) if Action.VIEW_PLAN in may else []


@case_view(Action.VIEW_CASE)
def person(request, case):
    header = case_header(case, request.user, localdate(), "case-person")
    may_set = Action.SET_SAFE_CONTACT in header.may
    context = {
        "case_header": header,
        "person": person_page(case, header.names),
        "set_contact": reverse("contact-details", args=[case.crn]) if may_set else "",
    }
    return render(request, "cases/person.html", context)


@case_view(Action.VIEW_AUDIT)
def history(request, case):
    header = case_header(case, request.user, localdate(), "case-history")
    here = reverse("case-history", args=[case.crn])
    after = number(request.GET.get("after", ""))
    found = history_of(case, request.user, after)
    context = {
        "case_header": header,
        "entries": found.rows,
        "first": here if after else "",
        "next": address(here, after=found.next_after) if found.next_after else "",
    }
    return render(request, "cases/history.html", context)
