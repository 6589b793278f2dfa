"""The policy on workload: reading it, and setting a new version.

Source: architecture, "policy that a provider sets"; a version is dated and never changed, only superseded. Weeks that were
kept stay as they were counted.
"""

from cases.services.policy import set_policy
from oversight.queries.policy import workload_policy
from oversight.rules.policy import NAME, read_workload_policy

__all__ = ["set_workload_policy", "workload_policy"]


def set_workload_policy(*, body, changing, from_on, reason, by, today):
    """A new version, from a day on. Refused where it cannot be read."""
    read_workload_policy(body, changing)
    return set_policy(
        name=NAME, body=body, changing=changing, from_on=from_on, reason=reason, by=by, today=today
    )
