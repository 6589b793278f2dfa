"""The policy on workload: reading it, and setting a new version.

Source: architecture, "policy that a provider sets"; a version is dated and never changed, only superseded. Weeks that were
kept stay as they were counted.
"""

from cases.services.policy import set_policy
from oversight.queries.policy import workload_policy
from oversight.reference.workload import Basis
from oversight.rules.policy import NAME, read_workload_policy
from staff.errors import RuleBroken

__all__ = ["set_workload_policy", "workload_policy"]


def set_workload_policy(*, body, changing, from_on, reason, by, today):
    """A new version, from a day on. Never by the national tier, of which the record does not tell enough yet: each case would weigh nothing."""
    if read_workload_policy(body, changing).basis == Basis.TIER:
        raise RuleBroken(
            "National tiers are not worked out from the record yet, so each case would weigh nothing. Choose the standard "
            "contact of the GRID group."
        )
    return set_policy(
        name=NAME, body=body, changing=changing, from_on=from_on, reason=reason, by=by, today=today
    )
