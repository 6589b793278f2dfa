"""How full each of these officers is: points of each case, what there is room for, and whether that is too much.

Source: risk flags reference 3; features 121 to 123; the figures are of `oversight.rules`. Six statements and the policy,
however many officers and cases there are.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from cases.models import Case, Pause, Sentence
from cases.queries.contact_figures import supervised_of
from oversight.queries.officers import KnownOfficer, known_of
from oversight.queries.policy import workload_policy
from oversight.queries.tiers import tiers_of
from oversight.reference.allocation import Training
from oversight.reference.workload import Basis
from oversight.rules.case_kinds import to_weigh
from oversight.rules.case_points import ToWeigh, points_of
from oversight.rules.comparing_facts import Officer
from oversight.rules.figures import Figure, say_number
from oversight.rules.policy import WorkloadPolicy
from oversight.rules.reductions import Off, hours_off
from oversight.rules.workload import Capacity, Excess, available_points, capacity, excessive
from staff.models import User
from staff.permissions import Role

COLUMNS = (
    "pk", "crn", "officer", "standing__group", "standing__place", "custody", "paused",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weighed:
    """One case with its points and how they come about."""

    case: int
    crn: str
    officer: int | None
    place: str
    facts: ToWeigh
    points: Figure


@dataclass(frozen=True, slots=True)
class Load:
    """One officer: what they hold, what they have room for, and each figure with its working."""

    known: KnownOfficer
    cases: tuple[Weighed, ...]
    contract: Fraction  # as counted, recorded or not
    off: Off
    room: Figure
    full: Capacity
    excess: Excess | None

    @property
    def user(self) -> User:
        return self.known.user

    @property
    def facts(self) -> Officer:
        """As the rules that compare officers take it. Where they see people, and how far that is, is told elsewhere."""
        known = self.known
        return Officer(
            key=self.user.pk,
            name=self.user.name,
            grade=self.user.grade,
            points=self.full.total,
            available=self.full.available,
            sex=self.user.sex,
            trained=frozenset(one for one in Training if one in known.trained),
            may_hold=self.user.is_active and self.user.role == Role.OFFICER,
            cases=len(self.cases),
            induction_to=known.induction_to,
            supported=known.supporter is not None,
            away=known.away,
            last_on=known.last_on,
            excess=self.excess,
            given_on=known.given_on,
        )


def loads_of(officers, today, policy=None):
    """Load of each of these officers, given as a queryset, in its order."""
    policy = policy or workload_policy(today)
    known = known_of(officers, today)
    held = defaultdict(list)
    for one in weighed(Case.objects.filter(officer__in=[one.user.pk for one in known]), today, policy):  # fmt: skip
        held[one.officer].append(one)
    return [_load(one, tuple(held[one.user.pk]), policy, today) for one in known]


def weighed(cases, today, policy):
    """Weighed, of those of these cases that are ours, in the order of their names. Five statements; by tier, eight more."""
    current = Sentence.objects.current().filter(case=OuterRef("pk")).order_by("pk")
    pauses = Pause.objects.running().filter(case=OuterRef("pk")).order_by("pk")
    rows = cases.ours().annotate(
        custody=ArraySubquery(current.values("custody_status")),
        paused=ArraySubquery(pauses.values("kind")),
    )
    found = list(rows.order_by("sort_name", "pk").values_list(*COLUMNS))
    known = supervised_of([pk for pk, *_ in found])
    tiers = tiers_of(known, today, policy) if policy.basis == Basis.TIER else {}
    return [
        _weighed(row, known[row[0]][0], tiers.get(row[0]), today, policy)
        for row in found
        if row[0] in known
    ]


def _weighed(row, supervised, tier, today, policy):
    pk, crn, officer, group, place, custody, paused = row
    code = tier.code if tier else ""
    facts = to_weigh(supervised, custody, paused, group or "", today, tier=code)
    return Weighed(pk, crn, officer, place or "", facts, points_of(facts, policy))


def _load(known, cases, policy: WorkloadPolicy, today):
    contract = Fraction(policy.full_hours) if known.contract is None else known.contract
    off = hours_off(known.off, contract, today)
    default = Fraction(policy.full_hours if known.user.grade else 0)
    room = available_points(contract, off.hours, default, policy.full_points)
    full = capacity(sum(one.points.number for one in cases), room.number)
    return Load(known, cases, contract, off, room, full, _excess(known.weeks, today))


def _excess(weeks, today):
    """By the last Monday that was kept: this week's, or before the night of a Monday the one before."""
    week = monday_of(today)
    return excessive(weeks, week if week in weeks else week - timedelta(weeks=1))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def said_off(load, *, reasons):
    """What is taken off, in sentences; without `reasons` the sum alone."""
    if reasons:
        return load.off.working
    return (f"{say_number(load.off.hours)} hours off.",) if load.off.hours else ()
