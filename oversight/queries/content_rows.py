"""Rows of the list of assessments and plans, and lines of its file: always both, on time and what is missing.

Source: `cases.rules.content`.
"""

from dataclasses import dataclass

from django.urls import reverse

from cases.queries.people import officer_of
from cases.rules.content import Stands, stands
from oversight.queries.content import content_row
from staff.kit import on

CSV_HEAD = [
    "CRN",
    "Name",
    "Officer",
    "Team",
    "Assessment",
    "Assessment on time",
    "Assessment on time and nothing missing",
    "Plan",
    "Plan on time",
    "Plan on time and nothing missing",
]
NOT_DUE = "No day yet"


@dataclass(frozen=True)
class PersonRow:
    """One person: where assessment and plan stand, each beside whether it was on time."""

    crn: str
    name: str
    href: str
    officer: str
    team: str
    assessment: str
    assessment_on_time: str
    assessment_enough: str
    plan: str
    plan_on_time: str
    plan_enough: str
    assessment_href: str
    plan_href: str


def person_row(case, today):
    known = content_row(case)
    codes = stands(known, today)

    def said(code):
        return NOT_DUE if Stands.DUE not in codes else "Yes" if code in codes else "No"

    return PersonRow(
        crn=case.crn,
        name=case.list_name,
        href=reverse("case", args=[case.crn]),
        officer=officer_of(case),
        team=case.team.name if case.team else "No team",
        assessment=_assessment(known, codes),
        assessment_on_time=said(Stands.A_TIMELY),
        assessment_enough=said(Stands.A_ENOUGH),
        plan=_plan(codes),
        plan_on_time=said(Stands.P_TIMELY),
        plan_enough=said(Stands.P_ENOUGH),
        assessment_href=reverse("assessment", args=[case.crn]),
        plan_href=reverse("plan", args=[case.crn]),
    )


def content_lines(cases, today):
    for case in cases:
        row = person_row(case, today)
        yield [
            row.crn, row.name, row.officer, row.team,
            row.assessment, row.assessment_on_time, row.assessment_enough,
            row.plan, row.plan_on_time, row.plan_enough,
        ]  # fmt: skip


def _assessment(known, codes):
    if Stands.A_SINCE in codes:
        return f"Signed {on(known.assessed_on)}, and something has happened since"
    if Stands.A_SIGNED in codes:
        return f"Signed {on(known.assessed_on)}"
    if Stands.A_WAITING in codes:
        return "Waiting for the senior"
    if Stands.A_DRAFT in codes:
        return "Being written"
    return "None here"


def _plan(codes):
    if Stands.P_AGREED in codes:
        return "Signed and agreed"
    if Stands.P_OPEN in codes:
        return "Signed, not agreed"
    if Stands.P_DRAFT in codes:
        return "Being written"
    return "None here"
