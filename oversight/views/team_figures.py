"""The figures of a team, each the address of its list; and those of the teams side by side, in the order of their names.

Source: the team board. Nobody is ranked and no figure is of an officer: what stands behind a number is talked over from its list.
"""

from dataclasses import dataclass, replace

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now

from cases.access import staff_view
from cases.reference.groups import group_name
from cases.rules.addresses import address
from cases.rules.words import counted
from cases.rules.words import listed as said_together
from oversight.queries import grid_change
from oversight.queries.team_figures import asked_of, figures_by_team, kept_from
from oversight.queries.views import views_for
from oversight.reference.team_figures import (
    AGES,
    FEW_OFFICERS,
    FIGURES,
    OF_SECTION,
    ONE_OF,
    Section,
)
from oversight.rules.grid_change import Change
from oversight.rules.shares import TOO_FEW, said_share
from oversight.views.contact import COLUMNS, SHARE, sum_row
from oversight.views.team import PROVIDER, TeamForm
from staff.kit import Column, Link, on
from staff.models import Team
from staff.permissions import Action
from staff.views.lists import remember_list

CHANCE = (
    "A difference between two teams may be chance, the more so the fewer there are. Where chance alone would rarely explain one, "
    "the share says so: of pages like this on which nothing but chance is at work, one in twenty would have such a mark at all. "
    "It counts each thing as if it stood alone, and teams do not hold the same work, so that it says where to ask and not who is "
    "better. It is of this moment, and looked at often enough a page has a mark by chance now and then: one that is there again in "
    "some weeks says more. Open the list behind the number, and ask what stands in the way and what would help."
)
FEW_TEAM = f"No share is said of this team: fewer than {FEW_OFFICERS} officers hold its cases, and it would be theirs."


@dataclass(frozen=True)
class FigureRow:
    """A figure of one team: its number, of how many, and the share they are."""

    title: str
    link: Link
    of: str
    share: str
    beyond: str = (
        ""  # where the share differs from that of the other teams by more than chance explains
    )


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
    late: Link | None  # None: no day is set by which it is late


@dataclass(frozen=True)
class AgeOfATeam:
    title: str
    link: Link
    words: str


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
    of_few = team is not None and team.pk in found.of_few_officers()
    aged = found.aged(asked.today)
    context = {
        "form": form,
        "heading": f"Figures of {team.name}" if team else "Figures of every team",
        "sections": [
            SectionShown(section.title, [_row(one, sums[one.code], code, of_few=of_few) for one in figures])
            for section, figures in OF_SECTION.items()
        ],
        "contact": [_contact("Together", found.contact, code, of_few=of_few)],
        "contact_columns": [*COLUMNS, SHARE],
        "contact_href": address(reverse("contact-figures"), team=code),
        "ages": [_aged(one, aged[one.code], sums, code) for one in AGES],
        "age_columns": [Column("What"), *(Column(one, numeric=True) for one in ("How many", "Half of them no longer than", "The oldest", "Late"))],
        "groups": [_group(one, code) for one in found.lines],
        "group_columns": [Column("Group"), *(Column(one, numeric=True) for one in ("Now", "Came since", "Left since"))],
        "unknown": _unknown(found, asked, code),
        "few": FEW_TEAM if of_few else "",
        "kept": kept_from(user, team),
        "views": views_for(user),
    }  # fmt: skip
    remember_list(request, "Figures of the team")
    return render(request, "oversight/team_figures.html", context)


@staff_view(Action.VIEW_TEAM)
def team_compare(request):
    """Every team, side by side."""
    user = request.user
    asked = asked_of(user, None, now())
    found = figures_by_team(asked)
    teams = Team.objects.filter(pk__in=[key for key in found.teams if key]).order_by("name", "pk")
    places: list[tuple[str, str, int | None]] = [(one.name, one.code, one.pk) for one in teams]
    if None in found.teams:
        places.append(("No team", "", None))
    marks, few = found.marks(), found.of_few_officers()
    context = {
        "chance": CHANCE,
        "few": few_words([name for name, _, key in places if key in few]),
        "sections": [_compared(one, places, found, marks) for one in Section],
        "contact": [
            _contact(team.name, found.contact_of[team.pk], team.code, of_few=team.pk in few)
            for team in teams
            if team.pk in found.contact_of
        ],
        "contact_columns": [*COLUMNS, SHARE],
        "ages": [
            (name, [_age_of(one, aged[one.code], code) for one in AGES])
            for name, code, key in places
            for aged in [found.aged_of(key, asked.today)]
        ],
        "age_columns": [Column("Team"), *(Column(one.title, numeric=True) for one in AGES)],
        "teams": len(places),
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


def few_words(names):
    """Of which teams no share is said; blank where there are none."""
    if not names:
        return ""
    return f"No share is said of {said_together(names)}: fewer than {FEW_OFFICERS} officers hold the cases there, and it would be theirs."


def _contact(name, sums, team, *, of_few):
    row = sum_row(name, sums, {"team": team})
    return replace(row, share=TOO_FEW) if of_few else row


def _row(figure, found, team, *, of_few):
    href = listed(figure, team) if found.met else ""
    return FigureRow(
        title=figure.title,
        link=Link(f"{found.met:,}", href, hidden=figure.title),
        of=counted(found.counted, ONE_OF[figure.of], figure.of),
        share=said_share(found, figure.few, of_few=of_few),
    )


def _compared(section, places, found, marks):
    """A section with a row a team. `places`: (name, code, key) of each."""
    figures = OF_SECTION[section]
    return Compared(
        title=section.title,
        columns=[Column("Team"), *(Column(_head(one), numeric=True) for one in figures)],
        rows=[
            (name, [_cell(one, sums[one.code], marks.get((key, one.code)), code, of_few=key in few) for one in figures])
            for name, code, key in places
            for sums, few in [(found.of(key), found.of_few_officers())]
        ],
    )  # fmt: skip


def _head(figure):
    """What the numbers of a column count, and of what: said once, above them."""
    return f"{figure.title}, of {figure.of}"


def _cell(figure, found, mark, team, *, of_few):
    row = _row(figure, found, team, of_few=of_few)
    beyond = mark.title if mark else ""
    return replace(row, title=_head(figure), of=f"{found.counted:,}", beyond=beyond)


def _everything(one, number, team):
    """Where the list of all that is so old is; nowhere of none, and of cases of no team."""
    every = one.every if team == PROVIDER else team
    href = address(reverse(one.page), team=every, **one.codes) if number and team else ""
    return Link(f"{number:,}", href, hidden=f": {one.title}")


def _age_of(one, aged, team):
    """Of a few the oldest alone: half of them says nothing."""
    oldest = f"the oldest {counted(aged.oldest, 'day')}" if aged.count else ""
    half = f"half no longer than {counted(aged.half, 'day')}, " if aged.half is not None else ""
    return AgeOfATeam(one.title, _everything(one, aged.count, team), f"{half}{oldest}")


def _aged(one, aged, sums, team):
    return AgeShown(
        title=one.title,
        count=_everything(one, aged.count, team),
        median=_half(aged),
        oldest=counted(aged.oldest, "day") if aged.count else "",
        late=_late(FIGURES[one.late], sums[one.late].met, one.title, team) if one.late else None,
    )


def _half(aged):
    """Of a few half of them says nothing."""
    if not aged.count:
        return ""
    return TOO_FEW if aged.half is None else counted(aged.half, "day")


def _late(figure, number, title, team):
    href = listed(figure, team) if number else ""
    return Link(f"{number:,}", href, hidden=f" late: {title}")


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
