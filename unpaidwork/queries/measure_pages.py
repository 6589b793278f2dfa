"""The measures of unpaid work as figures, of everybody and by team, and the list behind each number.

A sum and the list that it opens are the same units. Every figure begins at the one door. Source: `unpaidwork.rules.measures`; product rules, limited access, every number opens its list.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from cases.models import Case
from cases.queries.counting import CSV_HEAD, UnitPage, UnitRow, only
from cases.queries.names import names_for_each
from cases.queries.people import officer_of
from cases.queries.reach import actions_on_each
from staff.kit import on
from staff.models import Team
from staff.permissions import Action
from unpaidwork.queries.measures import known_of
from unpaidwork.reference.measures import MEASURES
from unpaidwork.rules.measured import all_measured, measured
from unpaidwork.rules.measures import Sum, Unit, summed

NO_TEAM = "No team"
FIGURES_HEAD = ["Team", "Measure", "Number", "Out of", "Share, per cent", "Target, per cent", "Counted", "From", "To"]  # fmt: skip
ALL_TEAMS = "Every team"


@dataclass(frozen=True)
class TeamFigures:
    team: Team | None
    sums: dict[str, Sum]

    @property
    def name(self):
        return self.team.name if self.team else NO_TEAM


@dataclass(frozen=True)
class Figures:
    whole: dict[str, Sum]  # by measure
    teams: list[TeamFigures]  # by name, those without one last


def counted_cases(user):
    """The cases of which this reader sees the figures."""
    return Case.objects.open_to(user, Action.VIEW_WORK_FIGURES)


def kept_from(user, team):
    """The masked rows of the reach. They answer to it and the team alone, so that no measure tells more."""
    reached = Case.objects.within_reach(user, Action.VIEW_WORK_FIGURES).supervised()
    return (reached.filter(team=team) if team else reached).masked_to(user)


def teams_of(user):
    """{code: Team} of those whose cases are counted for this reader."""
    held = counted_cases(user).values("team")
    return {one.code: one for one in Team.objects.filter(pk__in=held).order_by("name")}


def figures_of(cases, window, today):
    """Every measure of these cases, together and by team. A fixed number of statements."""
    units = all_measured(known_of(cases, window, today), window)
    team_of = dict(cases.values_list("pk", "team"))
    return Figures(
        whole={code: summed(found) for code, found in units.items()},
        teams=_by_team(units, team_of),
    )


def _by_team(units, team_of):
    held: dict[int | None, dict[str, list[Unit]]] = defaultdict(lambda: defaultdict(list))
    for code, found in units.items():
        for one in found:
            held[team_of[one.case]][code].append(one)
    named = Team.objects.filter(pk__in=[key for key in held if key]).order_by("name")
    rows = [TeamFigures(one, _sums(held[one.pk])) for one in named]
    return [*rows, TeamFigures(None, _sums(held[None]))] if None in held else rows


def _sums(by_code):
    return {code: summed(by_code[code]) for code in MEASURES}


def units_of(cases, code, which, window, today):
    """The units of one measure: all of them, or those of which it is so, or not so."""
    found = measured(code, known_of(cases, window, today), window)
    return only(found, which)


def page_of_units(units, *, after, size):
    """The next so many after the one of that key, by their cases' names. One that is not there begins again."""
    names = dict(
        Case.objects.filter(pk__in={one.case for one in units}).values_list("pk", "sort_name")
    )
    ordered = sorted(units, key=lambda one: (names[one.case], one.case, one.on, one.key))
    start = next((place for place, one in enumerate(ordered, 1) if one.key == after), 0)
    shown = ordered[start : start + size]
    more = len(ordered) > start + size
    return UnitPage(shown, shown[-1].key if more else "", len(ordered))


def rows_of(units, user):
    """A row of each, names that are protected taken out. A fixed number of statements."""
    found = Case.objects.filter(pk__in={one.case for one in units}).select_related(
        "officer", "team"
    )
    cases = {one.pk: one for one in found}
    names = names_for_each(list(cases.values()), actions_on_each(list(cases.values()), user))
    return [_row(one, cases[one.case], names[one.case]) for one in units]


def _row(unit, case, names):
    return UnitRow(
        anchor=f"{case.crn}-{unit.key}",
        crn=case.crn,
        name=case.list_name,
        href=reverse("case-unpaid-work", args=[case.crn]),
        officer=officer_of(case),
        team=case.team.name if case.team else NO_TEAM,
        on=on(unit.on),
        met=unit.met,
        words=names.text(unit.words),
    )


def csv_lines(units, user, code, size=500):
    """Lines of the file of one list, so many at a time."""
    yield CSV_HEAD
    ordered = page_of_units(units, after="", size=len(units)).units
    for start in range(0, len(ordered), size):
        for row in rows_of(ordered[start : start + size], user):
            so = "Yes" if row.met else "No"
            yield [row.crn, row.name, row.officer, row.team, MEASURES[code].title, row.on, so, row.words]  # fmt: skip


def figure_lines(figures, targets, window):
    """Lines of the file of all figures: numbers, and of nobody."""
    yield FIGURES_HEAD
    days: list[date] = [window.first, window.last]
    for name, sums in [
        (ALL_TEAMS, figures.whole),
        *((one.name, one.sums) for one in figures.teams),
    ]:
        for code, measure in MEASURES.items():
            found = sums[code]
            share, target = found.share, targets.get(code)
            yield [
                name, measure.title, found.met, found.counted, "" if share is None else share,
                "" if target is None else target, measure.of, *(one.isoformat() for one in days),
            ]  # fmt: skip
