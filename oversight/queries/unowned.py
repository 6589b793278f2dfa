"""Cases that no officer holds, whatever left them so: who has just come, and whom an officer who left had.

Sources: product rules, clocks (an officer is named within one working day of arrival; the list of cases nobody holds is red
on the first); features 120. What each asks of whoever is to hold it stands beside it, so that nobody opens ten to choose one.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import DateField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from cases.models import Case, Deadline
from cases.queries.due import anchored, how_late
from cases.queries.paging import page_of
from cases.queries.reach import actions_on_each
from cases.reference.codes import Rosh
from cases.reference.groups import group_name
from cases.rules.arriving import NAME
from cases.rules.words import counted
from oversight.queries.case_facts import case_facts_of
from oversight.queries.policy import workload_policy
from oversight.reference.allocation import Training
from staff.kit import Link, Tag, on, tag
from staff.models import User
from staff.permissions import Action
from staff.reference import STATED

NEVER = date(9999, 12, 31)  # sorts what has no clock after everything that has
NOBODY = Q(officer=None) | Q(officer__is_active=False)


@dataclass(frozen=True)
class UnownedRow:
    crn: str
    name: str
    href: str
    team: str
    since: str
    due: str
    late: str
    tag: Tag
    group: str
    harm: str
    weighs: str
    asks: list[str]  # of whoever is to hold it, in sentences
    next: Link
    anchor: str = ""


def unowned_of(user, team, action=Action.VIEW_MOVEMENTS):
    """Those of ours that this reader reaches, with the clock of naming an officer. `team`: None for every team."""
    clock = Deadline.objects.unmet().filter(case=OuterRef("pk"), kind=NAME).order_by("due_on")
    cases = Case.objects.open_to(user, action).ours().filter(NOBODY)
    cases = cases.filter(team=team) if team else cases
    return cases.annotate(
        owed=Coalesce(Subquery(clock.values("due_on")[:1]), Value(NEVER), output_field=DateField()),
        since=Subquery(clock.values("triggered_on")[:1]),
    )


def page_of_unowned(user, team, *, after, size):
    """One page: whose officer is owed longest first."""
    found = unowned_of(user, team).select_related("team", "standing", "officer")
    return page_of(found, keys=("owed", "sort_name", "id"), after=after, size=size)


def unowned_rows(cases, user, today):
    """A row for each of these rows of `unowned_of`, in the same number of statements however many."""
    policy = workload_policy(today)
    facts = case_facts_of(Case.objects.filter(pk__in=[one.pk for one in cases]), today, policy)
    may = actions_on_each(cases, user)
    before = {held.officer for one in facts.values() for held in one.before[:1]}
    names = {one.pk: one.name for one in User.objects.filter(pk__in=before)}
    return anchored(_row(one, facts.get(one.pk), names, may[one.pk], today) for one in cases)


def _row(case, facts, names, may, today):
    standing = getattr(case, "standing", None)
    harm = standing.harm if standing else ""
    late = "" if case.owed == NEVER else how_late(case.owed, today)
    return UnownedRow(
        crn=case.crn,
        name=case.list_name,
        href=reverse("case", args=[case.crn]),
        team=case.team.name if case.team else "No team",
        since=on(case.since) if case.since else "Not known",
        due="No clock runs" if case.owed == NEVER else on(case.owed),
        late=late,
        tag=tag("overdue" if late else "still-to-do"),
        group=group_name(facts.group) if facts and facts.group else "None",
        harm=Rosh(harm).title if harm else "Not known",
        weighs=counted(facts.points, "point") if facts else "Not known",
        asks=list(_asks(case, facts, names)) if facts else [],
        next=_next(case, may),
    )


def _asks(case, facts, names):
    trained = [one.title.lower() for one in Training if one in facts.asks_for]
    if trained:
        yield f"Somebody trained in {' and '.join(trained)}."
    if facts.escalated:
        yield "Its risk is put to the NPS."
    if facts.asked_for_woman:
        yield "She asked for a woman."
    for sex in sorted(facts.not_by):
        yield f"Not to be supervised by {STATED[sex].lower()}."
    if facts.before and facts.before[0].officer in names:
        yield f"{names[facts.before[0].officer]} held it until {on(facts.before[0].until)}."


def _next(case, may):
    hidden = f" for {case.name}"
    if Action.NAME_OFFICER in may:
        return Link("Name an officer", reverse("name-officer", args=[case.crn]), hidden=hidden)
    return Link("See who holds it", reverse("case-holder", args=[case.crn]), hidden=hidden)
