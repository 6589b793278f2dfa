"""What is owed of many people, as rows that say whose each is: My work and every list across cases."""

from dataclasses import replace

from cases.models import Absence
from cases.queries.due import ABOUT, anchored, listed_row
from cases.queries.names import names_for_each
from cases.queries.reach import actions_on_each
from staff.kit import on
from staff.permissions import Role

FACTS = ("case__officer", "flag", *ABOUT)  # what a row says comes with its deadline
LOOKS_INTO = {Role.SPO: (Role.SPO, Role.HEAD), Role.HEAD: (Role.HEAD,)}  # flags, by who was told


def listed_rows(deadlines, user, today):
    """Due rows of many people, each saying whose it is. Their cases, officers and flags come with them."""
    cases = {one.case_id: one.case for one in deadlines}.values()
    may = actions_on_each(cases, user)
    names = names_for_each(cases, may)
    away = _away({case.officer_id for case in cases}, today)
    found = []
    for one in deadlines:
        row = listed_row(one, names[one.case_id], may[one.case_id], today)
        rule = f"{row.rule}{_raised_with(user, one)}"
        found.append(replace(row, rule=rule, by=_by(one, row, user, away)))
    return anchored(found)


def _away(officers, today):
    """Who covers for each of these officers who is away: a name, or blank for nobody."""
    absences = Absence.objects.on(today).filter(user__in=officers).select_related("cover")
    found: dict[int, str] = {}
    for one in absences.order_by("pk"):
        found[one.user_id] = one.cover.name if one.cover else found.get(one.user_id, "")
    return found


def _by(deadline, row, user, away):
    """Whose it is; where the officer is away, who does it for them."""
    officer = deadline.case.officer
    if deadline.owner_role != Role.OFFICER or officer is None or officer == user:
        return row.by
    if user.role == Role.OFFICER:
        return f"You, covering for {officer.name}"
    if officer.pk not in away:
        return row.by
    cover = away[officer.pk]
    return f"{cover}, covering for {officer.name}" if cover else f"{officer.name} is away, no cover"


def _raised_with(user, deadline):
    """Since when a senior has been told that it is late."""
    flag = getattr(deadline, "flag", None)
    if not flag or flag.closed_on or flag.told not in LOOKS_INTO.get(user.role, ()):
        return ""
    return f". Raised with you: {on(flag.climbed_on or flag.raised_on)}"
