"""The policy on release: reading it, and setting a new version.

Source: architecture, "policy that a provider sets"; a version is dated and never changed, only superseded. The night
after its day moves what is counted back from release.
"""

from cases.services.policy import set_policy
from ttg.queries.policy import release_policy
from ttg.rules.policy import NAME, read_release_policy

__all__ = ["release_policy", "set_release_policy"]


def set_release_policy(*, body, changing, from_on, reason, by, today):
    """A new version, from a day on."""
    read_release_policy(body, changing)
    return set_policy(
        name=NAME, body=body, changing=changing, from_on=from_on, reason=reason, by=by, today=today
    )
