"""The team board: who is where on the GRID, and which checks are overdue by whose officer.

Source: HMIP Thames Valley CRC 2018, Annex 3 (the GRID workbook of senior probation officers).
Every count is live and begins at the same queryset as the list it opens.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from cases.models import Assessment, Case, Deadline, Enquiry, Flag, Override, Standing
from cases.models.made_once import AMONG, counted_at_once
from cases.queries.beginning import on_cases
from cases.queries.due import kept_apart, readable
from cases.queries.routes import OWES
from cases.queries.work import FACTS, listed_rows
from cases.reference.checks import CheckKind
from cases.reference.codes import Place
from cases.reference.harm import AssessmentState
from staff.models import User
from staff.permissions import Action, Role

MOST_WAITING = 20  # rows shown on the board
OF_AN_OFFICER = ("id", "username", "first_name", "last_name")  # which come with the counts


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
    """The board of one team, or of the provider when `team` is None.

    Of a team one statement, of the provider seven; one more for each kind of flag that is up and kept to fewer readers.
    """
    found = _counted(user, team.pk if team else None, today)
    groups: dict[str, int] = {}
    places: dict[str, int] = {}
    unplaced = 0
    for place, group, count in found["placed"]:
        if place is None:
            unplaced = count
            continue
        places[place] = places.get(place, 0) + count
        if place == Place.GROUP:
            groups[group] = count
    return Board(
        groups=groups,
        places=places,
        unplaced=unplaced,
        kept=_sum(found["kept"]),
        checks=_by_officer(found["checks"]),
        flags=_flags(user, found["flags"]),
        to_countersign=_sum(found["to_countersign"]),
        overrides=dict(found["overrides"]),
        routes=_sum(found["routes"]),
    )


def _sum(rows):
    return sum(count for *_, count in rows)


# Of rows of a case's key, its place and its group; of one that was never placed as well
BY_PLACE = """
    SELECT place, "group", count(*) AS n
    FROM among LEFT JOIN ({}) AS one (of, place, "group") ON one.of = among.id GROUP BY 1, 2
"""
# Of rows of a case's key and a kind, by the officer who holds the case
BY_OFFICER = """
    SELECT officer.id, username, first_name, last_name, kind, count(*) AS n
    FROM ({}) AS one (of, kind) JOIN among ON among.id = one.of LEFT JOIN staff_user AS officer ON officer.id = officer_id
    GROUP BY 1, 2, 3, 4, 5
"""


@counted_at_once
def _counted(user, team, today):
    """Everything that the board counts, as it is worded for a reader of this role. `team`: its key."""
    reached = Case.objects.within_reach(user, Action.VIEW_TEAM).supervised()
    reached = reached.filter(team=team) if team else reached
    flags = Flag.objects.raised().beside_complaints().filter(case__in=AMONG)
    waiting = Assessment.objects.filter(state=AssessmentState.WAITING, case__in=AMONG)
    routes = Deadline.objects.unmet().filter(kind=OWES, case__in=AMONG)
    return cases_of(user, team).values_list("pk", "officer"), {
        "placed": (BY_PLACE, Standing.objects.values_list("case", "place", "group")),
        "kept": _by(reached.masked_to(user), "state"),
        "checks": (BY_OFFICER, Enquiry.objects.overdue(today).values_list("case", "kind")),
        "flags": _by(kept_apart(flags, kind="deadline__kind"), "told", "kept_kind", "kept_case"),
        "to_countersign": _by(waiting.filter(case__in=Case.objects.ours()), "state"),
        "overrides": _by(Override.objects.open().filter(case__in=AMONG), "state"),
        "routes": _by(routes, "kind"),
    }


def _flags(user, counted):
    """{told: how many}, without those of a kind that this reader may not read of on that case."""
    found: Counter[str] = Counter()
    for told, count in readable(user, counted):
        found[told] += count
    return dict(found)


def _officer(known):
    """As far as a row of the board shows them; None for nobody."""
    return User(**dict(zip(OF_AN_OFFICER, known, strict=True))) if known[0] else None


def _by(rows, *columns):
    """What stands in the columns, and how many rows of each."""
    return rows.values_list(*columns).annotate(n=Count("*")).order_by()


def waiting_for_the_senior(user, team, today):
    """What only a senior probation officer can do on these cases, the longest due first, as due rows."""
    owed = Deadline.objects.unmet().beside_complaints().filter(owner_role=Role.SPO)
    owed = owed.filter(on_cases(cases_of(user, team), few=team is not None))
    owed = owed.select_related(*FACTS).order_by("due_on", "pk")
    return listed_rows(list(owed[:MOST_WAITING]), user, today)


def _by_officer(counted):
    """Overdue enquiries by officer, in the order of their names; those with no officer last."""
    found: dict[tuple, dict[str, int]] = {}
    for *officer, kind, count in counted:
        found.setdefault(tuple(officer), {})[CheckKind(kind)] = count
    rows = [OfficerChecks(_officer(known), by_kind) for known, by_kind in found.items()]
    return sorted(rows, key=_place_of)


def _place_of(row):
    """Nobody is ranked: by name, and no officer last."""
    one = row.officer
    return (False, one.last_name, one.first_name, one.pk) if one else (True, "", "", 0)
