"""Overrides across cases: what waits, what is in force and how old it is, what ran out, how each ended; who approves.

Source: product rules, override (an override's own page of ages and outcomes; cap and sampling).
"""

from dataclasses import dataclass

from django.db.models import Case as Cases
from django.db.models import Count, IntegerField, Q, Value, When
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Case, Override
from cases.queries.due import anchored
from cases.queries.names import names_for_each
from cases.queries.override_pages import MARKS, age, how_it_stands, unopened
from cases.queries.overrides import approved_in_month
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from cases.queries.reach import actions_on_each
from cases.reference.overrides import ONCE_APPROVED, OVERRIDE_OPEN, Act, OverrideState
from cases.rules.words import shortened
from staff.kit import Tag, on, tag
from staff.models import Team, User
from staff.permissions import Action

OPEN, ANY = "open", "any"
STATES = {
    OPEN: "Not ended: waiting, in force or run out",
    **{str(one): one.title for one in OverrideState},
    ANY: "Any",
}
ENDED = set(OverrideState) - OVERRIDE_OPEN | {ANY}
UNOPENED = Q(opened_case=False, state__in=ONCE_APPROVED)  # approved without opening the case
WAITS_FIRST = (OverrideState.ASKED, OverrideState.EXPIRED)  # to be decided; to be closed
WAITS = Cases(
    *(When(state=state, then=Value(at)) for at, state in enumerate(WAITS_FIRST)),
    default=Value(len(WAITS_FIRST)),
    output_field=IntegerField(),
)
FACTS = ("case__officer", "case__team", "asked_by", "decided_by")
LONGEST = 160  # letters of what is missing that a row repeats


@dataclass(frozen=True)
class Wanted:
    """What the reader asked for, as codes."""

    team: Team | None = None  # None: every team
    state: str = OPEN
    act: str = ""
    approver: str = ""  # a user name
    unopened: bool = False
    this_month: bool = False  # approved in this calendar month


@dataclass(frozen=True)
class OverrideRow:
    crn: str
    name: str
    href: str
    act: str
    tag: Tag
    missing: str
    asked: str
    age: str
    stands: str
    approver: str
    unopened: bool
    outcome: str
    anchor: str = ""  # the CRN on the first row of each person, where the way back leads


@dataclass(frozen=True)
class Approver:
    """How many somebody has approved this month, on the cases open to the reader."""

    who: User
    approved: int
    unopened: int


def cases_of(user, team, action=Action.VIEW_OVERRIDES):
    cases = Case.objects.open_to(user, action)
    return cases.filter(team=team) if team else cases


def matching(user, wanted, today, action=Action.VIEW_OVERRIDES):
    found = Override.objects.filter(case__in=cases_of(user, wanted.team, action))
    if wanted.state == OPEN:
        found = found.filter(state__in=OVERRIDE_OPEN)
    elif wanted.state != ANY:
        found = found.filter(state=wanted.state)
    if wanted.act:
        found = found.filter(act=wanted.act)
    if wanted.approver:
        found = found.filter(decided_by__username=wanted.approver)
    if wanted.unopened:
        found = found.filter(UNOPENED)
    if wanted.this_month:
        found = found.filter(pk__in=approved_in_month(today).values("pk"))
    return found


def page_of_overrides(user, wanted, today, *, after, size):
    """One page of them: of what is open what waits first, the oldest of each first; of what has ended the latest."""
    found = matching(user, wanted, today).select_related(*FACTS).annotate(waits=WAITS)
    keys = ("-id",) if wanted.state in ENDED else ("waits", "id")
    return page_of(found, keys=keys, after=after, size=size, known_by="pk")


def counts_of(user, team):
    """{state, and "unopened": how many}, in one statement."""
    found = Override.objects.filter(case__in=cases_of(user, team))
    counts = {str(one): Count("pk", filter=Q(state=one)) for one in OverrideState}
    return found.aggregate(**counts, unopened=Count("pk", filter=UNOPENED))


def approvers_of(user, today):
    """Who approved how many this month, by name: the cap is each one's own."""
    found = approved_in_month(today).filter(case__in=cases_of(user, None))
    counted = (
        found.values_list("decided_by")
        .annotate(n=Count("pk"), blind=Count("pk", filter=UNOPENED))
        .order_by("decided_by__last_name", "decided_by__first_name", "decided_by")
    )
    rows = list(counted)
    who = User.objects.in_bulk([pk for pk, _, _ in rows])
    return [Approver(who[pk], approved, blind) for pk, approved, blind in rows]


def override_rows(overrides, user, today):
    cases = {one.case_id: one.case for one in overrides}.values()
    names = names_for_each(cases, actions_on_each(cases, user))
    return anchored(_row(one, names[one.case_id], today) for one in overrides)


def _row(one, names, today):
    return OverrideRow(
        crn=one.case.crn,
        name=one.case.list_name,
        href=reverse("override", args=[one.case.crn, one.pk]),
        act=Act(one.act).title,
        tag=tag(MARKS[OverrideState(one.state)]),
        missing=shortened(names.text(" ".join(one.sentences)), LONGEST),
        asked=f"{on(localdate(one.asked_at))}, {one.asked_by.name}",
        age=age(one, today),
        stands=how_it_stands(one, today),
        approver=one.decided_by.name if one.decided_by else "",
        unopened=unopened(one),
        outcome=names.text(_outcome(one)),
    )


def _outcome(one):
    return one.decision_note if one.state == OverrideState.REFUSED else one.closed_how


# As a file: codes, days and people of ours, and none of what was written


CSV_HEAD = [
    "CRN",
    "Name",
    "Officer",
    "Team",
    "Act",
    "State",
    "Asked on",
    "Asked by",
    "Age in days",
    "Until",
    "Decided on",
    "Decided by",
    "Opened the case before deciding",
    "Read by the head of service",
    "Ended on",
]


def override_lines(overrides, today):
    for one in overrides:
        asked_on = localdate(one.asked_at)
        yield [
            one.case.crn,
            one.case.list_name,
            officer_of(one.case),
            one.case.team.name if one.case.team else "No team",
            Act(one.act).title,
            OverrideState(one.state).title,
            asked_on,
            one.asked_by.name,
            (today - asked_on).days,
            one.expires_on,
            localdate(one.decided_at) if one.decided_at else "",
            one.decided_by.name if one.decided_by else "",
            {True: "Yes", False: "No", None: ""}[one.opened_case],
            "Yes" if one.read_at else "To be read" if one.sampled else "",
            one.closed_on or "",
        ]


def exported(user, wanted, today):
    """Of the list, what is on cases whose lists this reader may also take away."""
    may_take = Case.objects.open_to(user, Action.EXPORT_CASES).values("pk")
    found = matching(user, wanted, today).filter(case__in=may_take)
    return found.select_related(*FACTS).order_by("id")


def deciders_of(user):
    """Whoever decided one that this reader may see."""
    decided = Override.objects.filter(case__in=cases_of(user, None)).values("decided_by")
    return User.objects.filter(pk__in=decided).order_by("last_name", "first_name", "pk")
