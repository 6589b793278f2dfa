"""Making the sentencers' booklet. Each making is in the audit trail."""

from django.db import transaction

from cases.agencies.typeset import CannotPrint
from cases.services.policy import request_policy
from grid.agencies.booklet import booklet_paper
from grid.rules.booklet import booklet_of
from grid.rules.intervention_policy import read_intervention_policy
from grid.services.intervention_policy import intervention_policy_in_force
from staff.audit import record
from staff.errors import RuleBroken

NOT_PRINTED = "The policy on interventions holds a character that cannot be printed. Look for symbols or letters of another script."


def booklet_now(today):
    """What the page shows and the paper says."""
    kept = intervention_policy_in_force(today)
    policy = read_intervention_policy(kept.body, kept.version)
    return booklet_of(policy, kept.from_on, request_policy(today).reply_to.organisation, today)


@transaction.atomic
def make_booklet(*, by, today):
    """The bytes of the booklet as a PDF."""
    try:
        content = booklet_paper(booklet_now(today))
    except CannotPrint as problem:
        raise RuleBroken(NOT_PRINTED) from problem
    record(by=by, action="made_sentencers_booklet")
    return content
