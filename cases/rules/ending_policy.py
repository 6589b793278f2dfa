"""The provider's policy on ending cases: when the end is prepared, how long a record is kept, when an early end is proposed.

Source: local policy, seeded from cases/policy/ending.json; 42 days from product rules, clocks (ending).
"""

from dataclasses import dataclass, fields

from staff.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class EndingPolicy:
    version: int
    opens_days: int  # calendar days before the last day of supervision
    kept_years: int  # from the day a case ended
    early_end_months: int  # without a failure or a rise in risk


def read_ending_policy(body, version):
    """Raises RuleBroken for what is missing, is no number, or is below one."""
    names = [field.name for field in fields(EndingPolicy) if field.name != "version"]
    try:
        numbers = {name: int(body[name]) for name in names}
    except (KeyError, TypeError, ValueError) as problem:
        raise RuleBroken(f"The policy on endings cannot be read: {problem}.") from problem
    if any(number < 1 for number in numbers.values()):
        raise RuleBroken("Each number must be 1 or more.")
    return EndingPolicy(version=version, **numbers)
