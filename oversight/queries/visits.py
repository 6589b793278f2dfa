"""Visits at home across cases: owed, arranged, under way, not done and done. Every list begins at the one door.

Source: product rules, clocks; report 2.3 (home visits not undertaken where necessary).
"""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse

from cases.models import Case, Deadline, HomeVisit
from cases.queries.due import anchored
from cases.queries.listed import FACTS, listed_rows
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.reach import actions_on_each
from cases.queries.visit_pages import KNOWN, mark_of, names_of, said_at, state_words
from cases.reference.codes import Titled
from cases.reference.visits import NotDone
from cases.rules.words import sentence
from staff.kit import DueRow, Link
from staff.models import Team
from staff.permissions import Action

OWED = "home_visit"
BACK = timedelta(days=90)  # how long what is over stays on the list


class VisitState(Titled):
    DUE = "due", "Due, not arranged"
    ARRANGED = "arranged", "Arranged"
    UNDER_WAY = "under_way", "Under way"
    NOT_DONE = "not_done", "Not done, and why"
    DONE = "done", "Done"


class Whose(Titled):
    MINE = "mine", "Cases I hold, and visits I go on"
    ALL = "all", "Every case I may visit"


@dataclass(frozen=True)
class Wanted:
    """What the reader asked for, as codes."""

    state: str = VisitState.DUE
    whose: str = Whose.ALL
    team: Team | None = None  # None: every team


@dataclass(frozen=True)
class Found:
    rows: list[DueRow]
    next_after: str
    count: int


def _cases(user, wanted):
    """Cases of the team that was asked for, of those that this user may visit."""
    cases = Case.objects.open_to(user, Action.VISIT_HOME)
    return cases.filter(team=wanted.team) if wanted.team else cases


def page_of_visits(user, wanted, now, today, *, after, size):
    """One page of the list that was asked for: rows, what comes next, and how many there are."""
    if wanted.state == VisitState.DUE:
        return _due(user, wanted, now, today, after, size)
    visits = _matching(user, wanted, now)
    soonest = wanted.state in (VisitState.ARRANGED, VisitState.UNDER_WAY)
    by_time = ("appointment__contact__started_at", "pk")
    keys = by_time if soonest else tuple(f"-{key}" for key in by_time)
    page = page_of(
        visits.select_related(*KNOWN, "appointment__contact__case"),
        keys=keys, after=after, size=size, known_by="pk",
    )  # fmt: skip
    return Found(_rows(page.rows, user), page.next_after, visits.count())


def _matching(user, wanted, now):
    """Visits at this stage. One that somebody goes on is theirs, whoever holds the case."""
    visits = HomeVisit.objects.filter(appointment__contact__case__in=_cases(user, wanted))
    if wanted.whose == Whose.MINE:
        held = HomeVisit.objects.filter(appointment__contact__case__officer=user)
        visits = visits.filter(pk__in=(HomeVisit.objects.made_by(user) | held).values("pk"))
    lately = visits.filter(appointment__contact__started_at__gte=now - BACK)
    match VisitState(wanted.state):
        case VisitState.ARRANGED:
            return visits.standing().filter(set_out_at=None)
        case VisitState.UNDER_WAY:
            return visits.under_way()
        case VisitState.NOT_DONE:
            return lately.exclude(not_done="")
    return lately.exclude(seen={})


def _due(user, wanted, now, today, after, size):
    """Owed by rule, and nothing is arranged yet that would answer it."""
    coming = HomeVisit.objects.standing().filter(
        appointment__contact__started_at__gte=now - timedelta(days=1)
    )
    cases = _cases(user, wanted)
    if wanted.whose == Whose.MINE:
        cases = cases.filter(officer=user)
    owed = (
        Deadline.objects.unmet()
        .ours()
        .filter(kind=OWED, case__in=cases)
        .exclude(case__in=coming.values("appointment__contact__case"))
    )
    page = page_of(
        owed.select_related(*FACTS), keys=("due_on", "pk"), after=after, size=size, known_by="pk"
    )
    return Found(listed_rows(page.rows, user, today), page.next_after, owed.count())


def _rows(visits, user):
    cases = {one.appointment.contact.case_id: one.appointment.contact.case for one in visits}
    may = actions_on_each(list(cases.values()), user)
    names = names_for_each(list(cases.values()), may)
    return anchored([_row(one, names, may) for one in visits])


def _row(one, names, may):
    contact = one.appointment.contact
    case = contact.case
    why = f"{NotDone(one.not_done).title}. {one.not_done_because}" if one.not_done else ""
    return DueRow(
        what=f"Home visit: {state_words(one)}",
        due=said_at(contact.started_at),
        by=names_of(one.going),
        rule=names[case.pk].text(sentence(why)),
        person=case.list_name,
        crn=case.crn,
        href=reverse("case", args=[case.crn]) if Action.VIEW_CASE in may[case.pk] else "",
        next=Link(
            "Open the sheet",
            reverse("visit-sheet", args=[case.crn, one.pk]),
            hidden=f"for {case.name}, {said_at(contact.started_at)}",
        ),
        tag=mark_of(one),
    )
