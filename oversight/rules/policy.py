"""The provider's policy on workload and allocation: what no source settles, dated and with a version.

Source: local policy, seeded from oversight/policy/workload.json, which says what of it is published. What the national
services compute as written is in `tiers` and `workload`; here stands what was inferred of them, so that it can be changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from cases.reference.groups import Level
from oversight.reference.tiers import RsrGap, SameDay
from oversight.reference.workload import Basis, Inactive
from staff.errors import RuleBroken
from staff.reference import Grade

NAME = "workload"
PERCENT = frozenset({"case_work_percent", "keeps_overdue", "keeps_warrant", "keeps_unpaid_work"})
MAY_BE_NONE = PERCENT - {"case_work_percent"} | {
    "medium_minutes", "complex_minutes", "licence_minutes", "custody_contacts_a_year",
    "unpaid_work_minutes", "curfew_minutes", "away_days",
    "weight_safety", "weight_wish", "weight_support", "weight_continuity", "weight_travel_minute",
}  # fmt: skip
MOST = {
    "full_points": 10_000, "full_hours": 60, "ceiling_percent": 200, "full_percent": 200, "travel_minutes": 600,
    "custody_contacts_a_year": 52, "away_days": 366,
    "weight_safety": 10_000, "weight_wish": 10_000, "weight_support": 10_000, "weight_continuity": 10_000,
    "weight_travel_minute": 100, "weight_uneven_point": 100,
}  # fmt: skip
MOST_MINUTES = 24 * 60  # of anything, a month or a contact


@dataclass(frozen=True, slots=True)
class WorkloadPolicy:
    """Minutes are of a month, but for those of a contact."""

    version: int
    basis: Basis
    rsr_gap: RsrGap
    same_day: SameDay
    full_points: int  # of an officer with `full_hours` a week and nothing taken off
    full_hours: int
    case_work_percent: (
        int  # of contracted hours that go into cases; the rest is leave, training, meetings
    )
    contact_minutes: int  # preparing, holding and recording one contact
    case_minutes: int  # letters, plan, reviews and record of any case
    medium_minutes: int  # besides, of a medium or medium complex group
    complex_minutes: int  # besides, of a complex one: agencies, meetings, home visits
    licence_minutes: int  # besides, on licence: conditions and readiness to recall
    custody_contacts_a_year: int  # before release, in place of the contact of the group
    unpaid_work_minutes: int  # of a case of unpaid work alone, in place of all others
    curfew_minutes: int
    keeps: Mapping[Inactive, int]  # per cent of its points that an inactive case keeps
    full_percent: int  # of capacity, beyond which an allocation warns
    travel_minutes: int  # each way, beyond which an allocation warns
    away_days: (
        int  # from today within which leave is warned of: the first appointment falls in them
    )
    levels: Mapping[Grade, frozenset[Level]]  # of the GRID that a grade holds without a word more
    ceiling_percent: int  # of capacity, beyond which sharing out gives nobody more than it must
    weight_safety: int  # sharing out: what each counts, in points of uneven load
    weight_wish: int
    weight_support: int
    weight_continuity: int
    weight_travel_minute: int
    weight_uneven_point: int


def read_workload_policy(body, version):
    """Raises RuleBroken for what is missing, is no number, or cannot be."""
    numbers_of = [one.name for one in fields(WorkloadPolicy) if one.type in (int, "int")]
    numbers_of.remove("version")
    keeps_of = {inactive: f"keeps_{inactive}" for inactive in Inactive}
    try:
        numbers = {name: int(body[name]) for name in (*numbers_of, *keeps_of.values())}
        policy = WorkloadPolicy(
            version=version,
            basis=Basis(body["basis"]),
            rsr_gap=RsrGap(body["rsr_gap"]),
            same_day=SameDay(body["same_day"]),
            keeps={inactive: numbers[name] for inactive, name in keeps_of.items()},
            levels={grade: frozenset(map(Level, body[f"grade_{grade}"])) for grade in Grade},
            **{name: numbers[name] for name in numbers_of},
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise RuleBroken(f"The policy on workload cannot be read: {problem}.") from problem
    _check_numbers(numbers)
    return policy


def _check_numbers(numbers):
    for name, number in numbers.items():
        said = name.replace("_", " ")
        least = 0 if name in MAY_BE_NONE else 1
        if number < least:
            raise RuleBroken(f"Too little: {said} is {least} at least.")
        most = 100 if name in PERCENT else MOST.get(name, MOST_MINUTES)
        if number > most:
            raise RuleBroken(f"Too much: {said} is {most} at most.")
    if numbers["ceiling_percent"] < numbers["full_percent"]:
        raise RuleBroken(
            "Sharing out may not stop at less than the percentage beyond which an allocation warns."
        )
