"""The night's look at what was approved: closed when what was missing is there, and else run out to its approver.

Source: product rules, override (it expires to its approver); architecture, nightly runs.
"""

from django.db import transaction

from cases.models import Override
from cases.queries.open_gates import open_gates
from cases.reference.harm import AssessmentState
from cases.reference.overrides import OverrideState
from cases.reference.plans import PlanState
from cases.rules.overrides import BY_ITSELF, GIVEN_UP, has_run_out, is_settled
from cases.services.overrides import end_override, lock_override, tell_approver
from cases.services.policy import assessing_policy
from staff.audit import record

DROPPED = {AssessmentState.DROPPED, PlanState.DROPPED}
AT_ONCE = 50  # cases of one chunk


@transaction.atomic
def expire_overrides(*, today, now, after=0):
    """Look at those that are open on the next cases, by key, as a step of `cases.services.jobs.run_job`."""
    found = Override.objects.open().filter(case__gt=after)
    cases = list(found.order_by("case").values_list("case", flat=True).distinct()[:AT_ONCE])
    counts = {"closed": 0, "run_out": 0}
    for one in found.filter(case__in=cases).order_by("case", "pk"):
        if did := _look_at(one, today=today, now=now):
            counts[did] += 1
    return (cases[-1] if cases else None), counts


def _look_at(override, *, today, now):
    """What became of one of them, decided with its case held; nothing where it goes on."""
    override = lock_override(override)
    if how := _how_it_ends(override, today):
        end_override(override, how=how, by=None, today=today)
        return "closed"
    if override.state == OverrideState.APPROVED and has_run_out(override.expires_on, today):
        _run_out(override, today=today, now=now)
        return "run_out"
    return None


def _how_it_ends(override, today):
    acted_on = override.assessment or override.plan
    if acted_on is None:  # its gates are another's, who settles it: it only runs out here
        return ""
    if acted_on.state in DROPPED:
        return GIVEN_UP
    open_now = open_gates(acted_on, assessing_policy(today), today)
    return BY_ITSELF if is_settled(override.gaps, {one.key for one in open_now}) else ""


def _run_out(override, *, today, now):
    override.state = OverrideState.EXPIRED
    override.save(update_fields=["state"])
    record(by=None, action="expired_override", crn=override.case.crn, override=override.pk)
    tell_approver(
        override, "has run out, and what was missing is not there. Close it", today=today, now=now
    )
