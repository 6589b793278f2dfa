"""The policy on workload that is in force on a day, for whatever counts by it."""

from datetime import date

from cases.models import Policy
from cases.services.policy import policy
from oversight.rules.policy import NAME, read_workload_policy


def workload_policy(today):
    """The policy in force on this day, read and checked."""
    found = policy(NAME, today)
    return read_workload_policy(found.body, found.version)


def workload_policy_of(version):
    """A version that was in force once; where none has been set, the first."""
    row = Policy.objects.filter(name=NAME, version=version).first()
    if row:
        return read_workload_policy(row.body, row.version)
    return workload_policy(date.min)
