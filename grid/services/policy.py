"""The GRID's policy in force, and setting a new version of it.

Source: local policy, dated and versioned; product rules, GRID.
"""

from cases.services.policy import newest_policy, policy, set_policy
from grid.rules.policy import read_policy

NAME = "grid"


def policy_in_force(today):
    """The version in force as it is kept: body, version, date and source."""
    return policy(NAME, today)


def grid_policy(today):
    """The policy in force on this day, read and checked."""
    in_force = policy_in_force(today)
    return read_policy(in_force.body, in_force.version)


def newest_grid_policy():
    """The version set last, in force or not yet."""
    return newest_policy(NAME)


def set_grid_policy(*, body, changing, from_on, reason, by, today):
    """A new version. Everybody is placed under it in the first night's run from that day."""
    read_policy(body, changing)
    return set_policy(
        name=NAME, body=body, changing=changing, from_on=from_on, reason=reason, by=by, today=today
    )
