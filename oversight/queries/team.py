"""The team board: who is where on the GRID, and which checks are overdue by whose officer.

Source: HMIP Thames Valley CRC 2018, Annex 3 (the GRID workbook of senior probation officers).
Every count is live and begins at the same queryset as the list it opens.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import BigIntegerField, Count, Q, Value

from cases.models import Assessment, Case, Deadline, Enquiry, Flag, Override, Standing
from cases.models.made_once import AMONG, counted_at_once
from cases.models.worded_once import worded_once
from cases.queries.beginning import on_cases
from cases.queries.due import ABOUT, ONE_OF, kept_apart, readable
from cases.queries.listed import listed_rows
from cases.queries.routes import OWES
from cases.queries.undecided import undecided
from cases.reference.checks import CheckKind
from cases.reference.codes import Place
from cases.reference.deadlines import TOLD_APART
from cases.reference.harm import AssessmentState
from oversight.queries import loop
from staff.kit import DueRow
from staff.models import Team, User
from staff.permissions import Action, Role

MOST_WAITING = 20  # rows shown on the board
EACH = Count("*")
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
    SELECT officer.id, username, first_name, last_name, kind, n FROM (
        SELECT officer_id, kind, count(*) AS n FROM ({}) AS one (of, kind) JOIN among ON among.id = one.of GROUP BY 1, 2
    ) AS counted LEFT JOIN staff_user AS officer ON officer.id = officer_id
"""


@counted_at_once
def _counted(user, team, today):
    """Everything that the board counts, as it is worded for a reader of this role. `team`: its key."""
    reached = Case.objects.within_reach(user, Action.VIEW_TEAM).supervised()
    reached = reached.filter(team=team) if team else reached
    among = on_cases(AMONG, few=True) if team else Q()  # BY_PLACE and BY_OFFICER ask it as well
    overdue = Enquiry.objects.overdue(today).filter(among)
    waiting = Assessment.objects.filter(state=AssessmentState.WAITING, case__in=AMONG)
    routes = Deadline.objects.unmet().filter(kind=OWES, case__in=AMONG)
    return cases_of(user, team).values_list("pk", "officer"), {
        "placed": (BY_PLACE, Standing.objects.filter(among).values_list("case", "place", "group")),
        "kept": _by(reached.masked_to(user), "state"),
        "checks": (BY_OFFICER, overdue.values_list("case", "kind")),
        "flags": _raised(Flag.objects.raised().filter(on_cases(AMONG, few=bool(team)))),
        "to_countersign": _by(waiting.filter(case__in=Case.objects.ours()), "state"),
        "overrides": _by(Override.objects.open().filter(case__in=AMONG), "state"),
        "routes": _by(routes, "kind"),
    }


def _raised(flags):
    """(told, kind, case, how many): of all of these flags, and then, as less than none, of those kept to fewer readers.

    Those are few and have an index, so that of all others nobody looks up what is late.
    """
    nobody = Value(None, output_field=BigIntegerField())
    every = flags.annotate(kept_kind=Value(""), kept_case=nobody)
    apart = kept_apart(flags.filter(deadline__kind__in=TOLD_APART), kind="deadline__kind")
    columns = ("told", "kept_kind", "kept_case")
    return _by(every, *columns).union(_by(apart, *columns, n=Value(0) - Count("*")), all=True)


def _flags(user, counted):
    """{told: how many}, without those of complaints, and of a kind that this reader may not read of on that case."""
    found: Counter[str] = Counter()
    for told, *_, count in counted:
        found[told] += count
    for told, count in readable(user, [one for one in counted if one[1]]):
        found[told] -= count
    return {told: count for told, count in found.items() if count}


def _officer(known):
    """As far as a row of the board shows them; None for nobody."""
    return User(**dict(zip(OF_AN_OFFICER, known, strict=True))) if known[0] else None


def _by(rows, *columns, n=EACH):
    """What stands in the columns, and how many rows of each."""
    return rows.values_list(*columns).annotate(n=n).order_by()


@dataclass(frozen=True)
class Beside:
    """What the page of a board shows beside its counts."""

    loop: loop.Figures
    waiting: list[DueRow]  # what only a senior can do on these cases, the longest due first


@worded_once
def teams_held(user):
    """The teams that hold cases of which this reader may read the figures, by name."""
    held = Case.objects.open_to(user, Action.VIEW_TEAM).values("team")
    return Team.objects.filter(pk__in=held).order_by("name")


def beside_the_board(user, team, today):
    """Of a team one statement, of the provider four; one more for what waits, and those of its rows."""
    found = _beside(user, team.pk if team else None, today)
    return Beside(loop.figures_of(found, today, team), _waiting(user, found["owed"], today))


@counted_at_once
def _beside(user, team, today):
    among = on_cases(AMONG, few=bool(team))
    owed = Deadline.objects.unmet().beside_complaints().filter(among, owner_role=Role.SPO)
    owed = owed.order_by("due_on", "pk").values_list("pk", *(f"{one}_id" for one in ONE_OF))
    return cases_of(user, team).values_list("pk", "officer"), {
        "owed": owed[:MOST_WAITING],
        **loop.counted(among, today),
    }


def _waiting(user, owed, today):
    """As due rows. `owed`: of each its key, and those of what of a case it is about.

    What none of them is about is not joined: to plan for a dozen tables more took longer than all else.
    """
    if not owed:
        return []
    keys, *about = zip(*owed, strict=True)
    joined = [path for path, found in zip(ABOUT, about, strict=True) if any(found)]
    rows = Deadline.objects.unmet().filter(pk__in=keys).order_by("due_on", "pk")
    rows = rows.select_related("case__officer", "flag", *joined)
    rows = rows.annotate(undecided=undecided())
    return listed_rows(list(rows), user, today)


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
