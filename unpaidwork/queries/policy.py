"""The policy on unpaid work that is in force on a day, for whatever reads by it."""

from cases.services.policy import policy
from unpaidwork.rules.policy import NAME, read_work_policy


def work_policy(today):
    """The policy in force on this day, read and checked."""
    found = policy(NAME, today)
    return read_work_policy(found.body, found.version)
