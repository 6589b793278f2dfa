"""The policy on unpaid work: reading it, and setting a new version.

Source: architecture, "policy that a provider sets"; a version is dated and never changed, only superseded.
"""

from cases.services.policy import set_policy
from unpaidwork.queries.policy import work_policy
from unpaidwork.rules.policy import NAME, read_work_policy

__all__ = ["set_work_policy", "work_policy"]


def set_work_policy(*, body, changing, from_on, reason, by, today):
    """A new version. What was credited under an earlier one stays as it is."""
    read_work_policy(body, changing)
    return set_policy(
        name=NAME, body=body, changing=changing, from_on=from_on, reason=reason, by=by, today=today
    )
