"""Travel abroad across cases: what waits for a decision, and who is away or not known to be back.

Source: `cases.rules.travels`.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Case, Travel
from cases.queries.due import anchored, how_late
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from cases.queries.reach import actions_on_each
from cases.reference.home_office import TravelState
from cases.rules.travels import back_by
from cases.services.deadlines import due_under
from cases.services.policy import clocks
from staff.kit import Link, on
from staff.models import Team
from staff.permissions import Action

UNDECIDED, AWAY = "undecided", "away"
SHOWN = {UNDECIDED: "To decide", AWAY: "Away, or not known to be back"}


@dataclass(frozen=True)
class Wanted:
    """What the reader asked for, as codes."""

    team: Team | None = None  # None: every team
    show: str = UNDECIDED


@dataclass(frozen=True)
class TravelRow:
    crn: str
    name: str
    href: str
    officer: str
    where: str
    why: str
    days: str
    late: str
    next: Link
    anchor: str = ""


def cases_of(user, team):
    cases = Case.objects.open_to(user, Action.DECIDE_TRAVEL).supervised()
    return cases.filter(team=team) if team else cases


def matching(user, wanted, today):
    every = Travel.objects.filter(case__in=cases_of(user, wanted.team))
    found = every.away(today) if wanted.show == AWAY else every.undecided()
    return found.select_related("case__officer", "case__team")


def page_of_travels(user, wanted, today, *, after, size):
    """One page: whoever leaves first, or should be back first."""
    keys = ("to_on", "id") if wanted.show == AWAY else ("from_on", "id")
    return page_of(matching(user, wanted, today), keys=keys, after=after, size=size, known_by="pk")


def travel_rows(travels, user, today):
    """In a fixed number of statements."""
    cases = {one.case_id: one.case for one in travels}
    may = actions_on_each(cases.values(), user)
    names = names_for_each(cases.values(), may)
    policy = clocks(today)
    return anchored(
        _row(one, names[one.case_id], may[one.case_id], user, policy, today) for one in travels
    )


def _row(one, names, may, user, policy, today):
    case = one.case
    asked = one.state == TravelState.ASKED
    if asked:
        due_on = due_under(policy, "decide_travel", localdate(one.asked_at))
    else:
        due_on = back_by(one.to_on, policy.extra_bank_holidays)
    return TravelRow(
        crn=case.crn,
        name=case.list_name,
        href=reverse("case", args=[case.crn]),
        officer=officer_of(case),
        where=names.text(one.where),
        why=names.text(one.why),
        days=on(one.from_on)
        if one.from_on == one.to_on
        else f"{on(one.from_on)} to {on(one.to_on)}",
        late=how_late(due_on, today),
        next=_next(one, may, asked, theirs=one.asked_by_id == user.pk),
    )


def _next(one, may, asked, *, theirs):
    where = [one.case.crn, one.pk]
    words, href = "See it", reverse("home-office", args=where[:1])
    if asked and not theirs:
        words, href = "Decide", reverse("decide-travel-abroad", args=where)
    elif not asked and Action.RECORD_HOME_OFFICE in may:
        words, href = "Say that they are back", reverse("travel-back", args=where)
    return Link(words, href, hidden=f" for {one.case.name}")
