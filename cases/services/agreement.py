"""Recording whether the person agrees with their plan: asked of them, and never assumed.

Source: supervision reference 4.3 (plan agreement); report 2.2 (plans made without the person).
"""

from django.db import transaction

from cases.models import Plan
from cases.reference.plans import Agreed, PlanState
from cases.rules.interim import says_nothing
from cases.services.checks import lock_case
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date

OPEN_TO_AGREEMENT = frozenset({PlanState.DRAFT, PlanState.SIGNED})


@transaction.atomic
def record_agreement(*, plan, agreed, because, on, by, today):
    """Say whether they agree, do not, or could not answer, and why where it is not a plain yes."""
    case = lock_case(plan.case)
    plan = Plan.objects.get(pk=plan.pk)
    plan.case = case
    if plan.state not in OPEN_TO_AGREEMENT:
        raise RuleBroken("This plan is no longer in force, so nothing is agreed about it now.")
    if on > today:
        raise RuleBroken("The day you went through it with them cannot be in the future.")
    if on < plan.begun_on:
        raise RuleBroken(
            f"The plan was begun on {say_date(plan.begun_on)}, so it cannot have been gone through before."
        )
    if agreed != Agreed.YES and says_nothing(because):
        raise RuleBroken("Say why, in their words where you can.")
    plan.agreed, plan.agreed_on = agreed, on
    plan.agreed_because = because.strip()
    plan.save(update_fields=["agreed", "agreed_on", "agreed_because"])
    record(by=by, action="recorded_agreement", crn=case.crn, plan=plan.pk, agreed=str(agreed))
    return plan


def agreed_no_more(plan):
    """What they would be given of the plan has changed: what they agreed to was another, and they are asked again."""
    Plan.objects.filter(pk=plan.pk).update(agreed="", agreed_because="", agreed_on=None)
