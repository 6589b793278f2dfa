"""How old what the hub owes is, by kind of work and by team: how many, half of them younger than, the oldest, how many late.

Counted from the same rows as the queue, so that each number is the length of the list it opens. Source: features 88 and 89.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count
from django.utils.timezone import localtime

from cases.queries.enforcement.hub_list import looked_at
from cases.reference.deadlines import HUB_KINDS, KINDS
from cases.rules.enforcement.queue import ages, late_through

NO_TEAM = "No team"


@dataclass(frozen=True)
class AgeRow:
    """Of one kind or one team, or of all: days since each began to be owed. `code`: of its list; blank for all."""

    title: str
    code: str
    count: int
    median: int
    oldest: int
    late: int


@dataclass
class _Sum:
    since: list[date] = field(default_factory=list)
    late: int = 0

    def take(self, since, count, late):
        self.since += [since] * count
        self.late += count if late else 0


def ages_of(user, now, last_post):
    """(all of it, by kind, by team), in one statement. Of a kind or a team with nothing, no row."""
    today, late = localtime(now).date(), late_through(localtime(now), last_post)
    keys = ("kind", "case__team__code", "case__team__name", "triggered_on", "due_on")
    found = looked_at(user).values_list(*keys)
    whole = _Sum()
    kinds: dict[str, _Sum] = defaultdict(_Sum)
    teams: dict[tuple[str, str], _Sum] = defaultdict(_Sum)
    for kind, code, name, since, due_on, count in found.annotate(count=Count("pk")):
        for one in (whole, kinds[kind], teams[name or NO_TEAM, code or ""]):
            one.take(since, count, due_on <= late)
    by_kind = [_row(KINDS[kind].title, kind, kinds[kind], today) for kind in HUB_KINDS if kind in kinds]  # fmt: skip
    by_team = [_row(name, code, teams[name, code], today) for name, code in sorted(teams)]
    return _row("Everything", "", whole, today), by_kind, by_team


def _row(title, code, found, today):
    median, oldest = ages(found.since, today)
    return AgeRow(title, code, len(found.since), median, oldest, found.late)
