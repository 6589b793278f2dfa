"""What the provider has decided about each group of the GRID, read from a version of its policy.

Source: local policy, seeded from grid/policy/grid.json; the floor of one face-to-face contact a
calendar month is the CRC contract's.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.reference.codes import ContactLevel
from cases.reference.groups import GROUPS, group_name
from staff.errors import RuleBroken

# Unplaced is not uncontacted, and an escalated case is seen at least weekly. Source: product rules, GRID
AT_LEAST_WEEKLY = (ContactLevel.WEEKLY, ContactLevel.WEEKLY_FRONT_LOADED)


@dataclass(frozen=True, slots=True)
class Step:
    """Something to have done by a day of the sentence or release; day 0 is its start."""

    by_day: int
    do: str


@dataclass(frozen=True, slots=True)
class GroupPolicy:
    contact_level: ContactLevel
    home_visit: str
    targets: tuple[str, ...]
    first_60_days: tuple[Step, ...]  # empty where the policy asks for none


@dataclass(frozen=True, slots=True)
class GridPolicy:
    version: int
    holding_level: ContactLevel  # until somebody can be placed
    escalation_level: ContactLevel  # until the NPS takes over
    judgement_months: int
    groups: Mapping[str, GroupPolicy]


def read_policy(body, version):
    """The policy of all sixteen groups. Raises RuleBroken where one is missing or cannot be read."""
    missing = [group_name(code) for code in GROUPS if code not in body.get("groups", {})]
    if missing:
        raise RuleBroken(f"The policy says nothing about: {'; '.join(missing)}.")
    try:
        return GridPolicy(
            version=version,
            holding_level=_weekly(body["holding_level"]),
            escalation_level=_weekly(body["escalation_level"]),
            judgement_months=_positive(body["judgement_months"]),
            groups={code: _read_group(body["groups"][code]) for code in GROUPS},
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise RuleBroken(f"The policy of the GRID cannot be read: {problem}.") from problem


def _read_group(body):
    return GroupPolicy(
        contact_level=ContactLevel(body["contact_level"]),
        home_visit=body["home_visit"],
        targets=tuple(body["targets"]),
        first_60_days=tuple(
            Step(_positive(step["by_day"]), step["do"]) for step in body["first_60_days"]
        ),
    )


def _positive(number):
    if not isinstance(number, int) or number < 1:
        raise ValueError(f"{number!r} is not a whole number above 0")
    return number


def _weekly(level):
    if level not in AT_LEAST_WEEKLY:
        raise ValueError(f"{level!r} is less than weekly contact")
    return ContactLevel(level)
