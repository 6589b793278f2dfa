"""The NPS was asked for its answer to a breach pack and has not given it: the item rests until it is looked at again.

Its clock goes on, so that what is late stays late. Source: contract SL15.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import BreachStep, Claim, Deadline
from cases.reference.enforcement import BreachState, ClaimEnd
from cases.rules.enforcement.breaches import check_day
from cases.rules.enforcement.chasing import (
    AGAIN_ON,
    ANSWER,
    ITEM,
    NOT_WITH_THEM,
    again_by,
    check_chase,
)
from cases.rules.leaving import check_still_here
from cases.rules.words import shortened
from cases.services.enforcement.breaches.steps import locked
from cases.services.enforcement.queue import end_claim, still_working
from cases.services.policy import clocks
from staff.audit import record
from staff.errors import RuleBroken

LONGEST_OUTSIDE = 200


@transaction.atomic
def chase_nps(*, breach, outside, on, again_on, by, now, words=""):
    """They were asked on this day, and nobody has answered. Returns the step.

    Whoever works on the item has done what can be done: it goes back, and is in the queue from `again_on`.
    """
    breach, today = locked(breach), localtime(now).date()
    check_still_here(breach.case.left_as)
    extra = clocks(today).extra_bank_holidays
    latest = again_by(today, breach.lay_by, extra)
    outside = check_chase(BreachState(breach.state), outside, again_on, today, latest, extra)
    item = Deadline.objects.unmet().filter(kind=ANSWER, breach=breach).first()
    if item is None:
        raise RuleBroken(NOT_WITH_THEM)
    check_day(on, item.triggered_on, today, "the pack was sent")
    step = BreachStep.objects.create(
        breach=breach,
        state=breach.state,
        on=on,
        at=now,
        by=by,
        outside=shortened(outside, LONGEST_OUTSIDE),
        words=words.strip(),
        pack_says={ITEM: item.pk, AGAIN_ON: again_on.isoformat()},
    )
    _put_back(item, by, now)
    record(by=by, action="chased_nps", crn=breach.case.crn, breach=breach.pk, step=step.pk)
    return step


def _put_back(item, by, now):
    """What they hold themselves; whoever else works on it goes on."""
    held = Claim.objects.live().select_for_update().filter(deadline=item, by=by).first()
    if held:
        end_claim(held, ClaimEnd.LET_GO, now)
        still_working(by=by, now=now)
