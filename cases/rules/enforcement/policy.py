"""The provider's policy on enforcement: local ladders, days of service, hours of the hub.

Source: local policy, seeded from cases/policy/enforcement.json. What is law is not in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import time

from cases.reference.enforcement import BY_STATUTE, Regime, SentBy, Step
from staff.errors import RuleBroken

LADDERS = frozenset(Regime) - BY_STATUTE


@dataclass(frozen=True, slots=True)
class EnforcementPolicy:
    version: int
    ladders: Mapping[Regime, tuple[Step, ...]]
    ladder_months: int  # for which a warning counts on a local ladder
    served_after: Mapping[SentBy, int]  # working days
    lay_days: int  # working days before the end of the order: the last safe day to lay
    lay_red_days: int  # calendar days before the end of the order
    last_post: time  # a letter is late after it, on the day it is due
    idle_minutes: int  # after which what nobody works on is put back in the queue
    letters_at_once: int  # that one of the hub may claim together
    next_contact_days: int  # working days from a breach to the next contact


NUMBERS = [
    field.name
    for field in fields(EnforcementPolicy)
    if field.type is int and field.name != "version"
]


def read_enforcement_policy(body, version):
    """Raises RuleBroken for what is missing, is of another kind, or could not be worked to."""
    try:
        ladders = {Regime(name): tuple(map(Step, steps)) for name, steps in body["ladders"].items()}
        served = {SentBy(how): int(days) for how, days in body["served_after"].items()}
        last_post = time.fromisoformat(body["last_post"])
        numbers = {name: int(body[name]) for name in NUMBERS}
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise RuleBroken(f"The policy on enforcement cannot be read: {problem}.") from problem
    if ladders.keys() != LADDERS:
        raise RuleBroken(
            "The policy needs a ladder for a licence, for post-sentence supervision and for a supervision default "
            "order, and for no other sentence: for those the law says what follows."
        )
    if any(len(set(steps)) != len(steps) or not steps for steps in ladders.values()):
        raise RuleBroken("A ladder has at least one step, and each step once.")
    if served.keys() != set(SentBy) or any(days < 0 for days in served.values()):
        raise RuleBroken(
            "Say after how many working days each way of sending counts as served: 0 or more."
        )
    if any(number < 1 for number in numbers.values()):
        raise RuleBroken("Each number must be 1 or more.")
    return EnforcementPolicy(
        version=version, ladders=ladders, served_after=served, last_post=last_post, **numbers
    )
