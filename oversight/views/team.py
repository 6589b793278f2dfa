"""The team board of a senior: the GRID, overdue checks and the loop of enquiry, every number a list."""

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.queries.cover import away_from
from cases.queries.notices import unread_notices
from cases.reference.checks import CheckKind
from cases.reference.codes import Place
from cases.reference.groups import Band, Level, group_name
from cases.reference.overrides import OverrideState
from cases.rules.addresses import address
from cases.rules.content import Stands
from oversight.queries import team as queries
from oversight.queries.views import views_for
from oversight.views.loop import measures, people, plans
from staff.forms import GovukForm
from staff.kit import Cell, Column, Link, Matrix, MatrixRow, shaded
from staff.permissions import Action, Reach, Role, reach

PROVIDER = "all"
OVERRIDES = {
    OverrideState.ASKED: "overrides to decide",
    OverrideState.EXPIRED: "overrides run out and not closed",
}


class TeamForm(GovukForm):
    team = forms.ChoiceField(label="Team", required=False)

    def __init__(self, data, *, user):
        self.teams = {team.code: team for team in queries.teams_held(user)}
        own = next((code for code, team in self.teams.items() if team.pk == user.team_id), PROVIDER)
        if own == PROVIDER and user.role == Role.SPO and user.team:  # who holds nobody yet
            own = user.team.code
            self.teams |= {own: user.team}
        data = data.copy()
        data["team"] = data.get("team") or own
        super().__init__(data)
        self.offer(
            "team",
            [
                (PROVIDER, "Every team"),
                *((code, team.name) for code, team in self.teams.items()),
            ],
        )

    def chosen(self):
        """The team asked for; None for the whole provider, or when the code is not on offer."""
        return self.teams.get(self.cleaned_data.get("team", PROVIDER))


@staff_view(Action.VIEW_TEAM)
def team_board(request):
    today = localdate()
    form = TeamForm(request.GET, user=request.user)
    form.is_valid()
    team = form.chosen()
    board = queries.board(request.user, team, today)
    code = team.code if team else ""
    around = queries.beside_the_board(request.user, team, today)
    context = {
        "notices": unread_notices(request.user),
        "views": views_for(request.user),
        "heading": team.name if team else "Every team",
        "lead": f"{board.supervised:,} people with an active sentence, counted now.",
        "form": form,
        "matrix": matrix(board, code),
        "checks_columns": [
            Column("Officer"),
            *(Column(kind.title, numeric=True) for kind in kinds_in(board)),
            Column("Total", numeric=True),
        ],
        "checks_rows": checks_rows(board, code),
        "backlog": backlog(request.user, code),
        "loop": measures(around.loop, PROVIDER),
        "loop_people": people(around.loop, PROVIDER),
        "loop_plans": plans(around.loop, PROVIDER),
        "flags": flags(board, code),
        "content": address(reverse("content"), team=code or PROVIDER),
        "overrides": address(reverse("overrides"), team=code or PROVIDER),
        "senior": senior(board, code),
        "waiting": around.waiting,
        "away": away_from(team, today),
        "may_arrange_cover": bool(reach(request.user.role, Action.ARRANGE_COVER)),
    }
    return render(request, "oversight/team_board.html", context)


def matrix(board, code):
    """The sixteen groups and their totals, each count with the address of its people."""
    most = max(board.groups.values(), default=0)
    cases = reverse("caseload")

    def listed(count, **wanted):
        return address(cases, whose=PROVIDER, team=code, **wanted) if count else ""

    def cell(group):
        count = board.groups.get(group, 0)
        return Cell(group_name(group), count, listed(count, group=group), shade=shaded(count, most))

    rows = []
    for level in Level:
        cells = [cell(level + band) for band in Band]
        total = sum(cell.count for cell in cells)
        rows.append(MatrixRow(level.title, cells, total, listed(total, group=level.value)))
    columns = [sum(board.groups.get(level + band, 0) for level in Level) for band in Band]
    return Matrix(
        caption="People in each GRID group",
        columns=[band.title for band in Band],
        rows=rows,
        totals=columns,
        total=sum(columns),
        beside=beside(board, code, cases),
        hrefs=[listed(total, group=band.value) for band, total in zip(Band, columns, strict=True)],
        href=listed(sum(columns), place=Place.GROUP),
    )


def beside(board, code, cases):
    """Those not in a group, and how many are kept from this reader."""
    found = [
        Link(text, address(cases, whose=PROVIDER, team=code, place=place), count=count)
        for place, text, count in (
            (Place.CANNOT, "Cannot place", board.places.get(Place.CANNOT, 0)),
            (Place.ESCALATE, "Risk escalation", board.places.get(Place.ESCALATE, 0)),
            ("unplaced", "Not yet placed", board.unplaced),
            (Place.RETAINED, "Managed by the NPS", board.places.get(Place.RETAINED, 0)),
        )
    ]
    return [*found, Link("Limited access", "", count=board.kept)]


def kinds_in(board):
    """Kinds of check with anything overdue, in the order staff know them."""
    return [kind for kind in CheckKind if any(kind in row.by_kind for row in board.checks)]


def checks_rows(board, code):
    """One row an officer: the name, a link for each kind, and the total."""
    desk = reverse("checks-desk")
    rows = []
    for row in board.checks:
        who = row.officer.username if row.officer else "nobody"
        name = row.officer.name if row.officer else "No officer"
        links = [
            Link(
                kind.title,
                address(desk, team=code, officer=who, kind=kind, overdue=True),
                count=count,
            )
            for kind in kinds_in(board)
            for count in [row.by_kind.get(kind, 0)]
        ]
        total = Link("Total", address(desk, team=code, officer=who, overdue=True), count=row.total)
        rows.append((name, [*links, total]))
    return rows


def backlog(user, code):
    """Where imported cases are taken up, for those who may: a senior in their own team, a head in any."""
    far = reach(user.role, Action.TAKE_UP_BACKLOG)
    return far and address(reverse("backlog"), team=code if far == Reach.PROVIDER else "")


def senior(board, code):
    """What stands with the seniors of assessments and overrides, each count with its list."""
    team = code or PROVIDER
    waiting = address(reverse("content-people"), team=team, code=Stands.A_WAITING)
    overrides = [
        Link(
            text,
            address(reverse("overrides"), team=team, state=state),
            count=board.overrides[state],
        )
        for state, text in OVERRIDES.items()
        if board.overrides.get(state)
    ]
    countersign = Link("assessments to countersign", waiting, count=board.to_countersign)
    routes = Link(
        "routes taken away, nothing booked",
        address(reverse("routes-taken-away"), team=team),
        count=board.routes,
    )
    return [one for one in (countersign, *overrides, routes) if one.count]


def flags(board, code):
    """Flags that are up, by the highest person told, each count with its list."""
    return [
        Link(
            f"with the {Role(told).title.lower()}",
            address(reverse("flags"), team=code or PROVIDER, told=told),
            count=board.flags[told],
        )
        for told in (Role.HEAD, Role.SPO, Role.HUB, Role.OFFICER)
        if board.flags.get(told)
    ]
