"""Claiming items of the hub's queue, putting them back, and what becomes of a claim when nobody works on it.

No claimer waits for another. A claim lives in the database, so none is lost when a worker dies: what nobody works on is put
back by the sweep, and a claim on what is owed no more is closed by it as done. Source: features 88 and 89.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Claim, HubQuestion
from cases.queries.enforcement.queue import ORDER, free, queue_of
from cases.reference.enforcement import ClaimEnd
from cases.rules.enforcement.queue import how_many
from cases.services.policy import enforcement_policy
from staff.audit import record, record_each
from staff.errors import RuleBroken

AT_ONCE = 200  # claims that one sweep ends
NOTHING = "Nothing is free to be claimed here: it is worked on, waits for an answer, or is done. Look at the queue again."
NOT_YOURS = "You are not working on this any more: it was put back or given to somebody else. Claim it again first."


@transaction.atomic
def claim(*, by, now, many=1, kinds=(), deadline=None):
    """Claim the next so many, of these kinds alone where any are given, or the one named. Returns the `Claim`s.

    A row is locked before it is looked at once more, because what somebody else claimed a moment ago does not change it.
    """
    policy = enforcement_policy(localtime(now).date())
    held = Claim.objects.live().filter(by=by, deadline__met_on=None).count()
    wanted = how_many(many, held, policy.letters_at_once)
    waiting = free(queue_of(by)).select_related("case")
    waiting = waiting.filter(kind__in=kinds) if kinds else waiting
    waiting = waiting.filter(pk=deadline.pk) if deadline else waiting
    got = {}
    while len(got) < wanted:
        rows = waiting.exclude(pk__in=got).order_by(*ORDER)
        locked = rows.select_for_update(of=("self",), skip_locked=True, no_key=True)
        found = {one.pk: one for one in locked[: wanted - len(got)]}
        if not found:
            break
        taken = {
            *Claim.objects.live().filter(deadline__in=found).values_list("deadline", flat=True),
            *HubQuestion.objects.open()
            .filter(deadline__in=found)
            .values_list("deadline", flat=True),
        }
        got |= {pk: one for pk, one in found.items() if pk not in taken}
    if not got:
        raise RuleBroken(NOTHING)
    made = Claim.objects.bulk_create(
        [Claim(deadline=one, by=by, at=now, worked_at=now) for one in got.values()]
    )
    record_each(
        by=by,
        action="claimed_from_queue",
        rows=[(one.case.crn, {"deadline": one.pk}) for one in got.values()],
    )
    return made


@transaction.atomic
def keep_working(*, deadline, by, now):
    """Say that they still work on it, so that it is not put back."""
    found = _theirs(deadline, by)
    Claim.objects.filter(pk=found.pk).update(worked_at=max(now, found.worked_at))


@transaction.atomic
def let_go(*, deadline, by, now):
    """Put it back for anybody to take."""
    found = _theirs(deadline, by)
    _end(found, ClaimEnd.LET_GO, now)
    record(by=by, action="put_back_in_queue", crn=deadline.case.crn, deadline=deadline.pk)


@transaction.atomic
def release_idle(*, now, size=AT_ONCE):
    """Put back what nobody has worked on for as long as the policy allows; how many. May run beside itself.

    A claim that is being worked on at this moment is passed over.
    """
    allowed = timedelta(minutes=enforcement_policy(localtime(now).date()).idle_minutes)
    live = Claim.objects.live().filter(worked_at__lte=now - allowed, deadline__met_on=None)
    return _end_each(live, ClaimEnd.IDLE, now, size)


@transaction.atomic
def close_done(*, now, size=AT_ONCE):
    """End as done the claims on what has been met, by whatever service met it; how many."""
    live = Claim.objects.live().filter(deadline__met_on__isnull=False)
    return _end_each(live, ClaimEnd.DONE, now, size)


def _end_each(live, how, now, size):
    locked = live.select_for_update(of=("self",), skip_locked=True).select_related("deadline__case")
    found = list(locked.order_by("pk")[:size])
    for one in found:
        _end(one, how, now)
    rows = [(one.deadline.case.crn, {"deadline": one.deadline_id, "how": how}) for one in found]
    record_each(by=None, action="ended_claim", rows=rows)
    return len(found)


def _theirs(deadline, by):
    found = Claim.objects.live().select_for_update().filter(deadline=deadline, by=by).first()
    if found is None:
        raise RuleBroken(NOT_YOURS)
    return found


def _end(one, how, now):
    Claim.objects.filter(pk=one.pk).update(ended_at=max(now, one.at), ended=how)
