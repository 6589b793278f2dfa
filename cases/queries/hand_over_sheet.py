"""What goes along with a case to whoever takes it: what to do first, who could be hurt, what is open, what was promised.

Source: report 3.3 (what is lost at the joins); product rules, GRID (hand-over). Each part for those who may see it.
"""

from dataclasses import dataclass

from django.utils.timezone import localtime

from cases.queries.actions import actions_of
from cases.queries.appointments import BESIDE, row_of
from cases.queries.due import due_rows
from cases.queries.override_pages import how_it_stands
from cases.queries.restriction_pages import RestrictionsPage, restrictions_page
from cases.queries.summary import Summary, summary_of_case
from cases.reference.harm import HarmGroup
from cases.reference.overrides import Act
from staff.kit import DueRow, Line
from staff.permissions import Action

FIRST = 5  # things to do first; the rest follow


@dataclass(frozen=True)
class Sheet:
    first: list[DueRow]
    rest: list[DueRow]
    summary: Summary
    could_be_hurt: list[Line] | None  # None: this reader is told nothing of them
    actions: list | None
    appointments: list
    restrictions: RestrictionsPage | None
    overrides: list[Line] | None


def sheet_of(case, header, user, now):
    names, may, today = header.names, header.may, localtime(now).date()
    owed = due_rows(case, names, may, today)
    return Sheet(
        first=owed[:FIRST],
        rest=owed[FIRST:],
        summary=summary_of_case(case, header, user, now),
        could_be_hurt=_could_be_hurt(case, names) if Action.VIEW_ASSESSMENT in may else None,
        actions=_undone(case, names, today) if Action.VIEW_PLAN in may else None,
        appointments=_to_come(case, names, may, now),
        restrictions=restrictions_page(case, names, may, today)
        if Action.VIEW_RESTRICTIONS in may
        else None,
        overrides=_overrides(case, today) if Action.VIEW_OVERRIDES in may else None,
    )


def _could_be_hurt(case, names):
    found = case.potential_victims.current().select_related("person").order_by("pk")
    return [
        Line(names.of(one.person), HarmGroup(one.group).title, detail=names.text(one.how))
        for one in found
    ]


def _undone(case, names, today):
    lines = actions_of(case, names, may_finish=False, today=today)
    return lines[: case.plan_actions.undone().count()]  # those still to be done come first


def _to_come(case, names, may, now):
    coming = case.contacts.to_come(now).select_related(*BESIDE).order_by("started_at", "pk")
    return [row_of(one, case, names, may, now) for one in coming]


def _overrides(case, today):
    open_ones = case.overrides.open().select_related("asked_by", "decided_by").order_by("pk")
    return [Line(Act(one.act).title, how_it_stands(one, today)) for one in open_ones]
