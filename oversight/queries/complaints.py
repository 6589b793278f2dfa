"""Complaints across cases, with how old each is; and what the year taught. None is shown to whom it is about.

Source: local policy on complaints (`cases.rules.complaints`).
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from cases.models import Case, Complaint
from cases.queries.complaints import about_role, tag_of, title_of
from cases.queries.due import anchored
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from cases.queries.reach import actions_on_each
from cases.reference.worst_days import ComplaintFrom, Upheld
from cases.rules.complaints import seen_to_by
from cases.rules.words import counted, shortened
from staff.kit import Link, Tag, on
from staff.models import Team
from staff.permissions import TITLES, Action, Role

OPEN, MINE, CLOSED = "open", "mine", "closed"
SHOWN = {OPEN: "Not answered yet", MINE: "For me to answer", CLOSED: "Answered"}
GIST = 140  # letters of the words that a row repeats
MOST_LEARNT = 100
LEARNERS = frozenset({Role.QUALITY, Role.HEAD})  # who is shown what the year taught


@dataclass(frozen=True)
class Wanted:
    """What the reader of the list asked for, as codes."""

    team: Team | None = None  # None: every team
    show: str = OPEN


@dataclass(frozen=True)
class ComplaintRow:
    crn: str
    name: str
    href: str
    officer: str
    made_by: str
    words: str
    age: str
    answered_by: str
    tag: Tag
    next: Link
    anchor: str = ""


@dataclass(frozen=True)
class Learnt:
    """What one complaint taught, without whose it was."""

    when: str
    outcome: str
    words: str


def cases_of(user, team):
    cases = Case.objects.open_to(user, Action.VIEW_COMPLAINTS)
    return cases.filter(team=team) if team else cases


def matching(user, wanted):
    which = {OPEN: Q(answered_on=None), MINE: Q(answered_on=None, handler=user), CLOSED: Q(answered_on__isnull=False)}  # fmt: skip
    found = Complaint.objects.told_to(user).filter(which[wanted.show])
    found = found.filter(case__in=cases_of(user, wanted.team))
    return found.select_related("about", "handler", "case__officer", "case__team")


def page_of_complaints(user, wanted, *, after, size):
    """One page, the oldest first; of those answered, the latest."""
    keys = ("-received_on", "-id") if wanted.show == CLOSED else ("received_on", "id")
    return page_of(matching(user, wanted), keys=keys, after=after, size=size, known_by="pk")


def complaint_rows(complaints, user, today):
    """In a fixed number of statements."""
    cases = {one.case_id: one.case for one in complaints}.values()
    names = names_for_each(cases, actions_on_each(cases, user))
    return anchored(_row(one, names[one.case_id], today) for one in complaints)


def learnt_this_year(user, today):
    """[Learnt] of what was answered since the first of January, the latest first; None for those who do not look at it."""
    if user.role not in LEARNERS:
        return None
    found = Complaint.objects.told_to(user).filter(answered_on__gte=date(today.year, 1, 1))
    found = found.filter(case__in=cases_of(user, None)).exclude(learnt="").select_related("case")
    rows = list(found.order_by("-answered_on", "-pk")[:MOST_LEARNT])
    cases = {one.case_id: one.case for one in rows}.values()
    names = names_for_each(cases, actions_on_each(cases, user))
    return [
        Learnt(on(one.answered_on), Upheld(one.outcome).title, names[one.case_id].text(one.learnt))
        for one in rows
    ]


def _row(one, names, today):
    case = one.case
    return ComplaintRow(
        crn=case.crn,
        name=case.list_name,
        href=reverse("case", args=[case.crn]),
        officer=officer_of(case),
        made_by=ComplaintFrom(one.made_by).title,
        words=shortened(names.text(one.words), GIST),
        age=_age(one, today),
        answered_by=one.handler.name if one.handler else _falls_to(one),
        tag=tag_of(one),
        next=Link(
            "See it",
            reverse("complaint", args=[case.crn, one.pk]),
            hidden=f" for {case.name}: {title_of(one)}",
        ),
    )


def _falls_to(one):
    return f"Nobody named: falls to a {TITLES[seen_to_by(about_role(one))].lower()}"


def _age(one, today):
    until = one.answered_on or today
    days = (until - one.received_on).days
    if one.answered_on:
        return f"Answered after {counted(days, 'day')}"
    return f"{counted(days, 'day')} old" if days else "Came today"
