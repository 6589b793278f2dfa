"""Sending a breach pack to the NPS: what stands before it is decided inside the lock, and what went is kept as it went.

Source: product rules, gates; contract SL16 (usable with no further information).
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.reference.enforcement import BreachState
from cases.rules.enforcement.breaches import check_step
from cases.rules.interim import says_nothing
from cases.rules.leaving import check_still_here
from cases.services.enforcement.breaches.amendments import settle_amendments
from cases.services.enforcement.breaches.bundles import keep_bundle
from cases.services.enforcement.breaches.steps import locked, take_step
from staff.errors import RuleBroken

SAY_WHAT_IS_NEW = "Say what is in the pack now that was not before: the NPS reads it first."


@transaction.atomic
def submit_pack(*, breach, by, now, explained=None, words=""):
    """Send the pack to the NPS, the first time or again. Returns the step, with the bundle as it went.

    Refused with every reason while a gate is shut. `explained`: {key: sentence} of each warning; `words`: what is new
    in one that goes again.
    """
    breach = locked(breach)
    today = localtime(now).date()
    check_still_here(breach.case.left_as)
    check_step(BreachState(breach.state), BreachState.SUBMITTED)
    if breach.times_submitted and says_nothing(words):
        raise RuleBroken(SAY_WHAT_IS_NEW)
    document, says = keep_bundle(breach, explained or {}, by=by, now=now)
    breach.submitted_at = breach.submitted_at or now
    breach.times_submitted += 1
    went_along = breach.amendments.owed()  # whatever was asked for is in the pack that goes
    changed = f"In the pack that went again: {words.strip()}"
    went_along.update(sent_at=now, sent_by=by, changed=changed)
    step = take_step(
        breach, BreachState.SUBMITTED, on=today, by=by, now=now, words=words.strip(), pack=document, pack_says=says,
    )  # fmt: skip
    settle_amendments(breach, by=by, today=today, done=True)
    return step
