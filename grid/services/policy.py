"""The GRID's policy in force, and setting a new version of it.

Source: local policy, dated and versioned; product rules, GRID.
"""

from cases.services.policy import policy
from grid.rules.policy import read_policy

NAME = "grid"


def grid_policy(today):
    """The policy in force on this day, read and checked."""
    in_force = policy(NAME, today)
    return read_policy(in_force.body, in_force.version)
