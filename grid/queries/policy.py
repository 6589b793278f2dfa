"""The policy on interventions in force on a day, read and checked: for everything that asks what is planned by it.

Source: local policy, dated and versioned: grid/policy/interventions.json.
"""

from datetime import date

from cases.services.policy import policy
from grid.rules.intervention_policy import NAME, InterventionPolicy, read_intervention_policy


def interventions_on(today: date) -> InterventionPolicy:
    kept = policy(NAME, today)
    return read_intervention_policy(kept.body, kept.version)
