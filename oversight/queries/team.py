"""The team board: who is where on the GRID, and which checks are overdue by whose officer.

Source: HMIP Thames Valley CRC 2018, Annex 3 (the GRID workbook of senior probation officers).
Every count is live and begins at the same queryset as the list it opens.
"""

from dataclasses import dataclass

from django.db.models import Count

from cases.models import Assessment, Case, Deadline, Enquiry, Flag, Override
from cases.queries.due import shown_to
from cases.queries.routes import OWES
from cases.queries.work import FACTS, listed_rows
from cases.reference.checks import CheckKind
from cases.reference.codes import Place
from cases.reference.harm import AssessmentState
from staff.models import User
from staff.permissions import Action, Role

MOST_WAITING = 20  # rows shown on the board
OF_AN_OFFICER = (
    "pk",
    "username",
    "first_name",
    "last_name",
)  # which come with the counts of their work


@dataclass(frozen=True)
class OfficerChecks:
    """One officer's overdue enquiries, by kind."""

    officer: User | None
    by_kind: dict[str, int]

    @property
    def total(self):
        return sum(self.by_kind.values())


@dataclass(frozen=True)
class Board:
    groups: dict[str, int]  # of those placed, by group
    places: dict[str, int]  # of all supervised, by where placing came out
    unplaced: int
    kept: int  # limited access, with no breakdown
    checks: list[OfficerChecks]
    flags: dict[str, int]  # raised, by who has been told
    to_countersign: int
    overrides: dict[str, int]  # open, by state
    routes: int  # taken away, and nothing booked in their place

    @property
    def supervised(self):
        return sum(self.places.values()) + self.unplaced


def cases_of(user, team):
    cases = Case.objects.open_to(user, Action.VIEW_TEAM).supervised()
    return cases.filter(team=team) if team else cases


def board(user, team, today):
    """The board of one team, or of the provider when `team` is None."""
    cases = cases_of(user, team)
    placed = cases.values_list("standing__place", "standing__group").annotate(n=Count("pk"))
    groups: dict[str, int] = {}
    places: dict[str, int] = {}
    unplaced = 0
    for place, group, count in placed.order_by():
        if place is None:
            unplaced = count
            continue
        places[place] = places.get(place, 0) + count
        if place == Place.GROUP:
            groups[group] = count
    reached = Case.objects.within_reach(user, Action.VIEW_TEAM).supervised()
    reached = reached.filter(team=team) if team else reached
    return Board(
        groups=groups,
        places=places,
        unplaced=unplaced,
        kept=reached.masked_to(user).count(),
        checks=overdue_by_officer(cases, today),
        flags=_by(
            shown_to(
                user,
                Flag.objects.raised().beside_complaints().filter(case__in=cases),
                kind="deadline__kind",
            ),
            "told",
        ),
        to_countersign=Assessment.objects.filter(
            state=AssessmentState.WAITING, case__in=cases.ours()
        ).count(),
        overrides=_by(Override.objects.open().filter(case__in=cases), "state"),
        routes=Deadline.objects.unmet().filter(kind=OWES, case__in=cases).count(),
    )


def _officer(known):
    """As far as a row of the board shows them; None for nobody."""
    return User(**dict(zip(OF_AN_OFFICER, known, strict=True))) if known[0] else None


def _by(rows, column):
    """{what stands in the column: how many rows}, in one statement."""
    return dict(rows.values_list(column).annotate(n=Count("pk")).order_by())


def waiting_for_the_senior(user, team, today):
    """What only a senior probation officer can do on these cases, the longest due first, as due rows."""
    owed = (
        Deadline.objects.unmet()
        .beside_complaints()
        .filter(owner_role=Role.SPO, case__in=cases_of(user, team))
    )
    owed = owed.select_related(*FACTS).order_by("due_on", "pk")
    return listed_rows(list(owed[:MOST_WAITING]), user, today)


def overdue_by_officer(cases, today):
    """Overdue enquiries on these cases, the officer with most first; those with no officer last."""
    counted = (
        Enquiry.objects.overdue(today)
        .filter(case__in=cases)
        .values_list(*(f"case__officer__{column}" for column in OF_AN_OFFICER), "kind")
        .annotate(n=Count("pk"))
        .order_by()
    )
    found: dict[tuple, dict[str, int]] = {}
    for *officer, kind, count in counted:
        found.setdefault(tuple(officer), {})[CheckKind(kind)] = count
    rows = [OfficerChecks(_officer(known), by_kind) for known, by_kind in found.items()]
    return sorted(
        rows,
        key=lambda row: (
            row.officer is None,
            -row.total,
            row.officer.last_name if row.officer else "",
        ),
    )
