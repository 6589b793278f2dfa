"""Interim plans of a team that stand: those that have run out, and those that end soon.

Source: report 2.3 (people nobody was protected from while an answer was waited for); `cases.rules.interim`.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.urls import reverse

from cases.models import InterimPlan
from cases.queries.due import anchored, how_late
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from cases.queries.reach import actions_on_each
from cases.reference.information import Agreement
from oversight.queries.team import cases_of
from staff.kit import DueRow, Link, on
from staff.models import Team
from staff.permissions import Action

SOON = timedelta(days=7)
ALL, OVER, ENDING = "", "over", "ending"
SHOWN = {
    ALL: "All that stand",
    OVER: "Run out, and not ended or renewed",
    ENDING: "End within 7 days",
}
OF_A_CASE = ("case__officer", "case__team")


@dataclass(frozen=True)
class Wanted:
    """What the reader asked for, as codes."""

    team: Team | None = None  # None: every team
    show: str = ALL


def standing_of(user, team):
    """Interim plans that stand on cases open to this reader."""
    return InterimPlan.objects.standing().filter(case__in=cases_of(user, team))


def has_run_out(expires_on, today):
    return expires_on < today


def ends_soon(expires_on, today):
    return today <= expires_on <= today + SOON


def matching(user, wanted, today):
    found = standing_of(user, wanted.team)
    if wanted.show == OVER:
        return found.filter(expires_on__lt=today)
    if wanted.show == ENDING:
        return found.filter(expires_on__range=(today, today + SOON))
    return found


def page_of_plans(user, wanted, today, *, after, size):
    """One page, whichever ends first."""
    found = matching(user, wanted, today).select_related(*OF_A_CASE)
    return page_of(found, keys=("expires_on", "id"), after=after, size=size, known_by="pk")


def plan_rows(plans, user, today):
    """As due rows: when each ends, whose it is, and where it is read. Nothing of what it says."""
    cases = {one.case_id: one.case for one in plans}.values()
    may = actions_on_each(cases, user)
    return anchored(_row(one, may[one.case_id], today) for one in plans)


def _row(plan, may, today):
    case = plan.case
    row = DueRow(
        what="Interim plan",
        due=f"{'Ended' if has_run_out(plan.expires_on, today) else 'Ends'} on {on(plan.expires_on)}",
        late=how_late(plan.expires_on, today),
        by=officer_of(case),
        rule=f"{_agreed(plan)} Renew it, or end it when the answers have come.",
        person=case.list_name,
        crn=case.crn,
        href=reverse("case", args=[case.crn]) if Action.VIEW_CASE in may else "",
    )
    if Action.VIEW_CHECKS not in may:
        return row
    href = reverse("interim-plan", args=[case.crn, plan.pk])
    return replace(row, next=Link("Read the plan", href, hidden=f"for {case.name}"))


def _agreed(plan):
    match Agreement(plan.agreement):
        case Agreement.RETURNED:
            return "Returned for more work: it protects nobody until it is written again."
        case Agreement.AGREED:
            return "Agreed by a senior probation officer."
    return ""
