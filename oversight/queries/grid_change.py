"""Where the people of a team stood in the GRID four weeks ago, and where they stand: from the placements that are kept.

Source: HMIP Thames Valley CRC 2018, Annex 3; architecture, "evidence is kept". Whoever has left since is on the board no more, and
whoever came from another team is counted where they are now.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from cases.models import Case
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from cases.queries.reach import actions_on_each
from cases.reference.codes import Place
from cases.reference.groups import GROUPS, group_name
from grid.models import Placement
from oversight.queries.team import cases_of
from oversight.rules.grid_change import MOVED, Change, change_of, stood
from staff.models import Team
from staff.permissions import Action

BACK = timedelta(weeks=4)
ORDER = ("sort_name", "id")
MOVES = "moves"  # everybody who moved, in whichever way
PLACES = {
    Place.CANNOT: "Cannot place",
    Place.ESCALATE: "Risk escalation",
    Place.RETAINED: "Managed by the NPS",
    Place.NO_SENTENCE: "No active sentence",
}


@dataclass(frozen=True, slots=True)
class Moved:
    """One person: a group, or a `Place` outside all of them, on either day; None where no placement is kept."""

    team: int | None
    then: str | None
    now: str | None

    @property
    def change(self) -> Change:
        return change_of(self.then, self.now)


@dataclass(frozen=True)
class Wanted:
    """What the reader asked for, as codes."""

    team: Team | None = None  # None: every team
    show: str = ""  # a Change, or MOVES; blank: everybody
    came: str = ""  # a group they are in now and were not in then
    left: str = ""  # a group they were in then and are not in now


@dataclass(frozen=True)
class GroupLine:
    """Of one group: who is in it, and who came and left since. Who came from where nothing is known is among neither."""

    group: str
    now: int
    came: int
    left: int


@dataclass(frozen=True)
class MoveRow:
    crn: str
    name: str
    href: str
    officer: str
    then: str
    now: str
    change: str
    anchor: str = ""


def moves_of(user, team, today):
    """{key of the case: Moved} of everybody on the board of the team, or of the provider. Two statements."""
    cases = cases_of(user, team)
    standing = cases.values_list("pk", "team", "standing__place", "standing__group")
    then = _placed_on(cases, today - BACK)
    return {
        pk: Moved(of_team, then.get(pk), stood(place, group or ""))
        for pk, of_team, place, group in standing
    }


def _placed_on(cases, day: date):
    """{case: where they stood at the end of that day}"""
    kept = Placement.objects.filter(
        Q(superseded_on=None) | Q(superseded_on__gt=day), placed_on__lte=day
    )
    rows = kept.filter(case__in=cases).values_list("case", "place", "level", "band")
    return {case: stood(place, f"{level}{band}") for case, place, level, band in rows}


def lines_of(moves):
    """A line for each group that anybody is in, came to or left, in the order of the table."""
    known = [one for one in moves.values() if one.change != Change.UNKNOWN]
    now = Counter(one.now for one in moves.values())
    came = Counter(one.now for one in known if one.now != one.then)
    left = Counter(one.then for one in known if one.now != one.then)
    return [
        GroupLine(group, now[group], came[group], left[group])
        for group in GROUPS
        if now[group] or came[group] or left[group]
    ]


def matching(moves, wanted):
    """The keys of those asked for."""
    return [pk for pk, one in moves.items() if _is_asked(one, wanted)]


def _is_asked(one, wanted):
    change = one.change
    if wanted.show and not (change in MOVED if wanted.show == MOVES else change == wanted.show):
        return False
    if not (wanted.came or wanted.left):
        return True
    if change == Change.UNKNOWN or one.now == one.then:
        return False
    return wanted.came in ("", one.now) and wanted.left in ("", one.then)


def page_of_moves(keys, *, after, size):
    cases = Case.objects.filter(pk__in=keys).select_related("officer", "team")
    return page_of(cases, keys=ORDER, after=after, size=size)


def move_rows(cases, moves, user):
    may = actions_on_each(cases, user)
    return [_row(case, moves[case.pk], may[case.pk]) for case in cases]


def _row(case, one, may):
    return MoveRow(
        crn=case.crn,
        name=case.list_name,
        href=reverse("placement", args=[case.crn]) if Action.VIEW_PLACEMENT in may else "",
        officer=officer_of(case),
        then=said(one.then),
        now=said(one.now),
        change=one.change.title,
        anchor=case.crn,
    )


def said(where):
    """In words where somebody stood."""
    if where is None:
        return "No placement is kept"
    return group_name(where) if where in GROUPS else PLACES[Place(where)]
