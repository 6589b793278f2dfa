"""The policy on release that is in force on a day, for whatever reads by it."""

from cases.services.policy import policy
from ttg.rules.policy import NAME, read_release_policy


def release_policy(today):
    """The policy in force on this day, read and checked."""
    found = policy(NAME, today)
    return read_release_policy(found.body, found.version)
