"""Risks put to the NPS across cases: what is late first, where each stands, and what was settled without the NPS.

Source: product rules, GRID ("escalation is a case"; the head of service sees why a risk is not referred).
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import DateField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from cases.models import Case, Deadline
from cases.queries.due import anchored, how_late
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from cases.queries.reach import actions_on_each
from cases.reference.deadlines import KINDS
from cases.reference.holding import WITH_THE_NPS
from cases.rules.words import counted, shortened
from grid.models import Escalation, EscalationStep
from grid.queries.escalation import MARKS
from grid.reference.escalation import EscalationState as State
from grid.rules.escalation import LIVE, QUIET
from staff.kit import Tag, on, tag
from staff.models import Team
from staff.permissions import Action

SETTLED = "settled"
SHOWN = {
    "": "Under way",
    **{str(one): one.title for one in State if one in LIVE},
    SETTLED: "Not referred, kept here or withdrawn",
}
LAST = date.max  # after everything that is due
LONGEST = 160  # letters of the reason that a row repeats
OWED = Deadline.objects.unmet().filter(
    case=OuterRef("case"), kind__in=WITH_THE_NPS, paused_on=None
).order_by("due_on", "pk")  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What the reader asked for, as codes."""

    team: Team | None = None  # None: every team
    show: str = ""


@dataclass(frozen=True)
class EscalationRow:
    crn: str
    name: str
    href: str
    because: str
    state: str
    tag: Tag
    age: str
    holder: str
    owed: str
    late: str
    said: str  # of what was settled: why
    anchor: str = ""


def matching(user, wanted, action=Action.VIEW_MOVEMENTS):
    cases = Case.objects.open_to(user, action)
    cases = cases.filter(team=wanted.team) if wanted.team else cases
    if wanted.show == SETTLED:
        return Escalation.objects.filter(case__in=cases, state__in=QUIET)
    found = Escalation.objects.unsettled().filter(case__in=cases.ours())
    return found.filter(state__in=[wanted.show] if wanted.show in set(State) else LIVE)


def page_of_escalations(user, wanted, *, after, size):
    """One page: what is under way with what is due first before the rest, what was settled with the latest first."""
    found = matching(user, wanted).select_related("case__officer", "case__team")
    first_due = Coalesce(Subquery(OWED.values("due_on")[:1]), Value(LAST), output_field=DateField())
    found = found.annotate(due_on=first_due, owes=Subquery(OWED.values("kind")[:1]))
    found = found.annotate(said=Subquery(_last_words()))
    keys = ("-id",) if wanted.show == SETTLED else ("due_on", "id")
    return page_of(found, keys=keys, after=after, size=size, known_by="pk")


def _last_words():
    """What was written by whoever took it to where it stands."""
    last = EscalationStep.objects.filter(escalation=OuterRef("pk"), state=OuterRef("state"))
    return last.order_by("-pk").values("words")[:1]


def escalation_rows(escalations, user, today):
    cases = {one.case_id: one.case for one in escalations}.values()
    names = names_for_each(cases, actions_on_each(cases, user))
    return anchored(_row(one, names[one.case_id], today) for one in escalations)


def _row(one, names, today):
    state, settled = State(one.state), one.state in QUIET
    ends = one.closed_on or today
    return EscalationRow(
        crn=one.case.crn,
        name=one.case.list_name,
        href=reverse("escalation", args=[one.case.crn]),
        because=shortened(names.text(one.because), LONGEST),
        state=state.title,
        tag=tag(MARKS[state]),
        age=_age(one, ends),
        holder=officer_of(one.case),
        owed=f"{KINDS[one.owes].title}, {on(one.due_on)}"
        if one.owes and not settled
        else "Nothing",
        late=how_late(one.due_on, today) if one.owes and not settled else "",
        said=shortened(names.text(one.said or ""), LONGEST) if settled else "",
    )


def _age(one, ends):
    days = (ends - one.opened_on).days
    if one.closed_on:
        return f"Was open {counted(days, 'day')}, to {on(one.closed_on)}"
    return f"Open {counted(days, 'day')}" if days else "Opened today"
