"""The provider's policy on assessing, planning and overrides.

Source: local policy, seeded from cases/policy/assessing.json.
"""

from dataclasses import dataclass, fields

from staff.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class AssessingPolicy:
    version: int
    alike_percent: int  # text at least this like what stood before the offence is asked about
    override_longest_days: int  # calendar days
    override_most_a_month: int  # that one senior may approve in a calendar month
    override_sample_one_in: int  # of those approved, that a head of service reads


def read_assessing_policy(body, version):
    """Raises RuleBroken for what is missing, is no number, or cannot be."""
    names = [field.name for field in fields(AssessingPolicy) if field.name != "version"]
    try:
        numbers = {name: int(body[name]) for name in names}
    except (KeyError, TypeError, ValueError) as problem:
        raise RuleBroken(f"The policy on assessing cannot be read: {problem}.") from problem
    if any(number < 1 for number in numbers.values()) or numbers["alike_percent"] > 100:
        raise RuleBroken("Each number must be 1 or more, and a percentage no more than 100.")
    return AssessingPolicy(version=version, **numbers)
