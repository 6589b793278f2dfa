"""The provider's policy on unpaid work: what reference 2 leaves to it. Law (12 months, 300 hours) is in `hours`.

Source: local policy, seeded from unpaidwork/policy/unpaid_work.json; unpaid work reference 2.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from staff.errors import RuleBroken
from unpaidwork.reference.measures import TARGETS

NAME = "unpaid_work"
MOST = {  # what each number may be at most, where more would make no sense
    "ete_percent": 100,
    "overrun_percent": 100,
    "extension_month": 12,
    "weekly_minutes": 35 * 60,
    "travel_hard_minutes": 180,
}


@dataclass(frozen=True, slots=True)
class WorkPolicy:
    version: int
    ete_percent: int  # of the hours that courses may be
    overrun_percent: int  # beyond the time expected of a course, that may still be credited
    weekly_minutes: int  # offered to everybody, at least
    deduct_break: bool  # whether an unpaid break is taken off what is credited
    travel_beyond_minutes: int  # each way, that nobody is credited for
    travel_soft_minutes: int  # each way; beyond it staff say why
    travel_hard_minutes: int  # each way; beyond it nobody is sent
    risk_good_days: int  # for which a risk assessment for unpaid work holds
    extension_month: int  # of the twelve, from which an application to extend is proposed
    pace_weeks: int  # over which what is worked a week is counted
    amber_days: int  # between the forecast finish and the last day: fewer is close
    watch_minutes: int  # that a lone supervisor may go unheard, as it is proposed to them
    watch_second_minutes: int  # after that time: their senior is told
    watch_third_minutes: int  # and the head of service
    targets: Mapping[str, int] = field(default_factory=dict)  # per cent, by measure; none is law


def read_work_policy(body, version):
    """Raises RuleBroken for what is missing, is no number, or cannot be."""
    names = [one.name for one in fields(WorkPolicy) if one.type in (int, "int")]
    names.remove("version")
    try:
        numbers = {name: int(body[name]) for name in names}
        deduct_break = body["deduct_break"]
        targets = _targets(body)
    except (KeyError, TypeError, ValueError) as problem:
        raise RuleBroken(f"The policy on unpaid work cannot be read: {problem}.") from problem
    if any(number < 1 for number in numbers.values()):
        raise RuleBroken("Each number must be 1 or more.")
    above = [name for name, most in MOST.items() if numbers[name] > most]
    if above:
        raise RuleBroken(f"Too much: {above[0].replace('_', ' ')} is {MOST[above[0]]} at most.")
    if not isinstance(deduct_break, bool):
        raise RuleBroken("Say whether an unpaid break is taken off, yes or no.")
    if numbers["watch_third_minutes"] <= numbers["watch_second_minutes"]:
        raise RuleBroken("The head of service is told after the senior, not before.")
    if numbers["travel_soft_minutes"] > numbers["travel_hard_minutes"]:
        raise RuleBroken("What staff must give a reason for comes before what nobody is sent to.")
    if any(not 1 <= percent <= 100 for percent in targets.values()):
        raise RuleBroken("A target is from 1 to 100 per cent.")
    return WorkPolicy(version=version, deduct_break=deduct_break, targets=targets, **numbers)


def _targets(body):
    """{measure: per cent} of those that have one: a measure needs none."""
    said = {code: body.get(f"target_{code}") for code in TARGETS}
    return {code: int(percent) for code, percent in said.items() if percent is not None}
