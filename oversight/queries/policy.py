"""The policy on workload that is in force on a day, for whatever counts by it."""

from cases.services.policy import policy
from oversight.rules.policy import NAME, read_workload_policy


def workload_policy(today):
    """The policy in force on this day, read and checked."""
    found = policy(NAME, today)
    return read_workload_policy(found.body, found.version)
