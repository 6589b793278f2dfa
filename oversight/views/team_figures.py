"""The figures of a team, each the address of its list; and those of the teams side by side, in the order of their names.

Source: the team board. Nobody is ranked and no figure is of an officer: what stands behind a number is talked over from its list.
"""

from dataclasses import dataclass

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now

from cases.access import staff_view
from cases.reference.groups import group_name
from cases.rules.addresses import address
from cases.rules.words import counted
from oversight.queries import grid_change
from oversight.queries.team_figures import (
    BREACHES,
    FAILURES,
    HUB,
    asked_of,
    figures_by_team,
    kept_from,
)
from oversight.queries.views import views_for
from oversight.reference.team_figures import FIGURES, OF_SECTION, Section
from oversight.rules.grid_change import Change
from oversight.rules.shares import said_share
from oversight.views.team import PROVIDER, TeamForm
from staff.kit import Column, Link, on
from staff.models import Team
from staff.permissions import Action
from staff.views.lists import remember_list

AGED: dict[str, tuple[str, str, str, dict[str, str]]] = {
    HUB: ("With the admin hub", "hub-late", "hub-queue", {}),
    FAILURES: ("About failures to comply", "failures-late", "team-owed", {"about": "failure"}),
    BREACHES: ("About breaches", "breaches-late", "team-owed", {"about": "breach"}),
}
CHANCE = (
    "A difference between two teams may be chance, the more so the fewer people there are, and teams do not hold the same "
    "work. None is claimed here. Open a list and ask what stands behind its number."
)


@dataclass(frozen=True)
class FigureRow:
    """A figure of one team: its number, of how many, and the share they are."""

    title: str
    link: Link
    of: str
    share: str


@dataclass(frozen=True)
class SectionShown:
    title: str
    rows: list[FigureRow]


@dataclass(frozen=True)
class AgeShown:
    title: str
    count: Link
    median: str
    oldest: str
    late: Link


@dataclass(frozen=True)
class GroupShown:
    group: str
    now: Link
    came: Link
    left: Link


@dataclass(frozen=True)
class Compared:
    """A section with a row for each team. A cell: a link with the share it is, in words."""

    title: str
    columns: list[Column]
    rows: list[tuple[str, list[FigureRow]]]


@staff_view(Action.VIEW_TEAM)
def team_figures(request):
    user, form = request.user, TeamForm(request.GET, user=request.user)
    form.is_valid()
    team = form.chosen()
    asked = asked_of(user, team, now())
    found = figures_by_team(asked)
    sums, code = found.whole(), team.code if team else PROVIDER
    context = {
        "form": form,
        "heading": f"Figures of {team.name}" if team else "Figures of every team",
        "sections": [
            SectionShown(section.title, [_row(one, sums[one.code], code) for one in figures])
            for section, figures in OF_SECTION.items()
        ],
        "contact": found.contact,
        "contact_href": address(reverse("contact-figures"), team=code),
        "ages": [_aged(found.aged[name], *AGED[name], code) for name in AGED],
        "age_columns": [Column("What is owed"), *(Column(one, numeric=True) for one in ("How many", "Half of them no longer than", "The oldest", "Late"))],
        "groups": [_group(one, code) for one in found.lines],
        "group_columns": [Column("Group"), *(Column(one, numeric=True) for one in ("Now", "Came since", "Left since"))],
        "unknown": _unknown(found, asked, code),
        "kept": kept_from(user, team),
        "views": views_for(user),
        "compare": reverse("team-compare"),
    }  # fmt: skip
    remember_list(request, "Figures of the team")
    return render(request, "oversight/team_figures.html", context)


@staff_view(Action.VIEW_TEAM)
def team_compare(request):
    """Every team, side by side."""
    user = request.user
    found = figures_by_team(asked_of(user, None, now()))
    teams = Team.objects.filter(pk__in=[key for key in found.teams if key]).order_by("name", "pk")
    named = [(team.name, team.code, found.of(team.pk)) for team in teams]
    if None in found.teams:
        named.append(("No team", "", found.of(None)))
    context = {
        "chance": CHANCE,
        "sections": [_compared(one, named) for one in Section],
        "teams": len(named),
        "kept": kept_from(user, None),
    }
    remember_list(request, "Teams side by side")
    return render(request, "oversight/team_compare.html", context)


def listed(figure, team):
    """Where the list of a figure is. `team`: its code, or PROVIDER; blank for those of no team, whom no list of a team names."""
    if not team:
        return ""
    code = figure.every if team == PROVIDER else team
    return address(reverse(figure.page), team=code, **figure.codes)


def _row(figure, found, team):
    href = listed(figure, team) if found.met else ""
    return FigureRow(
        title=figure.title,
        link=Link(f"{found.met:,}", href, hidden=figure.title),
        of=f"{found.counted:,} {figure.of}",
        share=said_share(found, figure.few),
    )


def _compared(section, named):
    figures = OF_SECTION[section]
    return Compared(
        title=section.title,
        columns=[Column("Team"), *(Column(one.title, numeric=True) for one in figures)],
        rows=[
            (name, [_row(one, sums[one.code], code) for one in figures])
            for name, code, sums in named
        ],
    )


def _aged(aged, title, late, page, codes, team):
    figure, here = FIGURES[late], reverse(page)
    every = figure.every if team == PROVIDER else team
    everything = address(here, team=every, **codes) if aged.count else ""
    return AgeShown(
        title=title,
        count=Link(f"{aged.count:,}", everything, hidden=f": {title}"),
        median=counted(aged.median, "day") if aged.count else "",
        oldest=counted(aged.oldest, "day") if aged.count else "",
        late=Link(f"{aged.late:,}", listed(figure, team) if aged.late else "", hidden=f" late: {title}"),
    )  # fmt: skip


def _group(line, team):
    here, name = reverse("team-grid-change"), group_name(line.group)
    board = address(reverse("caseload"), whose="all", team="" if team == PROVIDER else team, group=line.group)  # fmt: skip
    came = address(here, team=team, came=line.group)
    left = address(here, team=team, left=line.group)
    return GroupShown(
        group=name,
        now=Link(f"{line.now:,}", board if line.now else "", hidden=f" now in {name}"),
        came=Link(f"{line.came:,}", came if line.came else "", hidden=f" came to {name}"),
        left=Link(f"{line.left:,}", left if line.left else "", hidden=f" left {name}"),
    )


def _unknown(found, asked, team):
    """Of whom nothing can be said, and since when is compared."""
    number = found.moves[Change.UNKNOWN.value]
    href = address(reverse("team-grid-change"), team=team, show=Change.UNKNOWN.value)
    return {
        "since": on(asked.today - grid_change.BACK),
        "link": Link(counted(number, "person", "people"), href if number else ""),
    }
