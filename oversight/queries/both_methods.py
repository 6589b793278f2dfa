"""What an officer holds, counted the other way as well: by national tier where the policy counts by the GRID, or the reverse.

Source: risk flags reference 1 and 3; features 121 ("the national tier and points as second method"). Beside each other so
that whoever doubts a figure can see whether it hangs on the method. Neither is the truth of the other.
"""

from dataclasses import dataclass, replace

from cases.models import Case
from cases.rules.words import counted
from oversight.queries.tiers import tiers_of
from oversight.reference.workload import Basis
from oversight.rules.case_points import points_of
from oversight.rules.figures import Figure
from oversight.rules.tier_record import CaseTier
from oversight.rules.tiers import RULES_VERSION
from oversight.rules.workload import Capacity, capacity
from staff.kit import Input, Working
from staff.permissions import Action

RULE = (
    "The same cases and the same room, each case weighed the other way. It is counted nowhere. Of transition to adulthood "
    "nothing is recorded here, so that nobody is counted by its column."
)
SOURCE = "the national workload and tier services as read"
SAID = {Basis.GRID: "the contact of the GRID group", Basis.TIER: "national tier"}


@dataclass(frozen=True, slots=True)
class Other:
    """By the method that the policy does not count by. `points`: of each case, by its key."""

    basis: Basis
    points: dict[int, Figure]
    tiers: dict[int, CaseTier]
    full: Capacity

    @property
    def unsure(self) -> int:
        """Of how many cases the tier turns on something that nobody has recorded."""
        return sum(bool(one.not_known) for one in self.tiers.values())


def other_basis(policy) -> Basis:
    return Basis.TIER if policy.basis == Basis.GRID else Basis.GRID


def other_method(load, today, policy) -> Other:
    return others_of([load], today, policy)[load.user.pk]


def others_of(loads, today, policy) -> dict[int, Other]:
    """{officer: Other} of these loads. Eight statements, however many officers and cases."""
    tiers = tiers_of([one.case for load in loads for one in load.cases], today, policy)
    return {load.user.pk: _other(load, tiers, policy) for load in loads}


def _other(load, tiers, policy):
    basis = other_basis(policy)
    there = replace(policy, basis=basis)
    points = {
        one.case: points_of(replace(one.facts, tier=tiers[one.case].code), there)
        for one in load.cases
    }
    total = sum(one.number for one in points.values())
    theirs = {one.case: tiers[one.case] for one in load.cases}
    return Other(basis, points, theirs, capacity(total, load.full.available))


def with_kept_cases(loads, reader) -> set[int]:
    """The officers of whom a case is kept from this reader: what the others weigh would tell what that one does."""
    held = Case.objects.filter(officer__in=[load.user.pk for load in loads])
    reached = held.within_reach(reader, Action.LIST_CASES)
    kept = reached.exclude(pk__in=held.open_to(reader, Action.LIST_CASES).values("pk"))
    officers = kept.order_by().values_list("officer", flat=True).distinct()
    return {one for one in officers if one is not None}


def working_of_other(other, policy) -> Working:
    """How full they would be by the other method, beside the figure that counts."""
    cases = len(other.points)
    unsure = (
        f"Of {other.unsure:,} of them something that the tier turns on is not known: see each."
        if other.unsure
        else "All that their tiers turn on is recorded."
    )
    return Working(
        f"By {SAID[other.basis]}, the second method: {other.full.percent}%",
        [
            Input("Cases", f"{counted(cases, 'case')}, {counted(other.full.total, 'point')}"),
            Input("Not known", unsure),
            Input("Of the room", " ".join(other.full.working)),
        ],
        RULE,
        SOURCE,
        RULES_VERSION
        if other.basis == Basis.TIER
        else f"{policy.version} of the policy on workload",
        " ".join(filter(None, [f"{other.full.percent}%.", other.full.mark])),
    )
