"""The policy on interventions in force, and setting a new version of it.

Source: local policy, dated and versioned: grid/policy/interventions.json.
"""

from cases.services.policy import policy, set_policy
from grid.queries.policy import interventions_on
from grid.rules.intervention_policy import NAME, read_intervention_policy
from grid.rules.policy_since import completed


def intervention_policy_in_force(today):
    """The version in force as it is kept: body, version, date and source."""
    return policy(NAME, today)


def intervention_policy(today):
    """The policy in force on this day, read and checked."""
    return interventions_on(today)


def set_intervention_policy(*, body, changing, from_on, reason, by, today):
    """A new version. What is proposed from that day on is proposed under it.

    It is kept whole, also where it was made from one that was set before some of it existed.
    """
    body = completed(body)
    read_intervention_policy(body, changing)
    return set_policy(
        name=NAME, body=body, changing=changing, from_on=from_on, reason=reason, by=by, today=today
    )
