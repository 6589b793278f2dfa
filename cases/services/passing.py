"""Passing the gates before a signature: all are open, or an override in force lets somebody pass.

Source: product rules, gates and override. The same for an assessment and for a plan.
"""

from cases.queries.overrides import approved_gaps
from cases.rules.gaps import gates
from cases.rules.overrides import by_others, lets_pass
from cases.rules.signing import refusal
from staff.errors import RuleBroken

YOUR_OWN = (
    "You approved the override that this would be signed on, so somebody else signs it: the officer who "
    "asked, or another senior probation officer."
)


def pass_gates(found, *, today, signer=None, assessment=None, plan=None):
    """Refuse while a gate is shut that nobody may pass; returns those that an override opens.

    `signer`: whose first signature it is, who does not go ahead by an override that they approved.
    """
    approved = approved_gaps(assessment=assessment, plan=plan, today=today)
    shut = gates(found)
    if left := [one for one in shut if not lets_pass(one, approved)]:
        raise RuleBroken(refusal(left))
    if signer and not all(lets_pass(one, by_others(approved, signer.pk)) for one in shut):
        raise RuleBroken(YOUR_OWN)
    return shut
