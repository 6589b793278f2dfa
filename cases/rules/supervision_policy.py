"""The provider's policy on supervising officers: how often, how far back a talk looks, and what a senior's list takes.

Source: local policy, seeded from cases/policy/supervision.json.
"""

from dataclasses import dataclass, fields

from staff.errors import RuleBroken

MOST = {"weeks_between": 52, "looks_back_days": 366}
MOST_MINUTES = 240  # of one row of a senior's list


@dataclass(frozen=True, slots=True)
class SupervisionPolicy:
    version: int
    weeks_between: int  # from one supervision of an officer to the next
    looks_back_days: int  # of a first agenda; a later one looks back to the session before it
    minutes_a_day: int  # that a senior's list takes before it ends
    minutes_countersign: int  # of one row of "Yours to decide", by what it asks of a senior
    minutes_decide: int
    minutes_read: int
    minutes_arrange: int
    minutes_answer: int


def read_supervision_policy(body, version):
    """Raises RuleBroken for what is missing, is no number, or cannot be."""
    names = [field.name for field in fields(SupervisionPolicy) if field.name != "version"]
    try:
        numbers = {name: int(body[name]) for name in names}
    except (KeyError, TypeError, ValueError) as problem:
        raise RuleBroken(f"The policy on supervision cannot be read: {problem}.") from problem
    for name, number in numbers.items():
        most = MOST.get(name, MOST_MINUTES)
        if not 1 <= number <= most:
            raise RuleBroken(f"Choose from 1 to {most}: {name.replace('_', ' ')}.")
    return SupervisionPolicy(version=version, **numbers)
