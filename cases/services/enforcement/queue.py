"""Claiming items of the hub's queue, putting them back, and what becomes of a claim when nobody works on it.

No claimer waits for another; one who presses twice waits for themselves, so that nobody holds more than is allowed. A
claim lives in the database, so none is lost when a worker dies: what nobody works on is put back by the sweep, and a claim
on what is owed no more is closed by it as done. Source: features 88 and 89.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case, Claim, Deadline, HubQuestion
from cases.queries.enforcement.queue import ORDER, free, is_to_come, queue_of
from cases.reference.deadlines import KINDS
from cases.reference.enforcement import ClaimEnd
from cases.rules.enforcement.queue import how_many
from cases.services.checks import lock_case
from cases.services.policy import enforcement_policy
from cases.services.telling import tell
from staff.audit import record, record_each
from staff.errors import RuleBroken
from staff.models import Entry, User
from staff.permissions import Action

CLAIMED = "claimed_from_queue"
AT_ONCE = 200  # claims that one sweep ends
NOTHING = "Nothing is free to be claimed here: it is worked on, waits for an answer or for a day in court, rests until the NPS is asked again, or is done. Look at the queue again."
NOT_YOURS = "You are not working on this any more: it was returned, put back or given to somebody else. See who has it now."
TWICE = "You have claimed since this page was drawn. What you work on is under “With you”."
DONE_ALREADY = "It is done, or not owed any more. Look at the queue again."


@transaction.atomic
def claim(*, by, now, many=1, kinds=(), deadline=None, held=None):
    """Claim the next so many, of these kinds alone where any are given, or the one named. Returns the `Claim`s.

    A day in court that has not come is passed over: nothing can be said of it yet; and so is an answer that the NPS was asked for and
    has not given, until it is asked again. Named, either is theirs all the same, as a day may be called off and an answer come before.

    `held`: how many they worked on when they pressed, so that pressing twice claims once; of the one named, it is theirs already.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    live = Claim.objects.live().filter(by=by, deadline__met_on=None)
    if deadline and (already := list(live.filter(deadline=deadline))):
        return already
    holds = live.count()
    if held is not None and held != holds:
        raise RuleBroken(TWICE)
    wanted = how_many(many, holds, enforcement_policy(localtime(now).date()).letters_at_once)
    waiting = free(queue_of(by)).select_related("case", "letter__warning")
    waiting = waiting.filter(kind__in=kinds) if kinds else waiting
    waiting = waiting.filter(pk=deadline.pk) if deadline else waiting.exclude(is_to_come(now))
    got = _taken_from(waiting, wanted)
    if not got:
        raise RuleBroken(NOTHING)
    made = Claim.objects.bulk_create(
        [Claim(deadline=one, by=by, at=now, worked_at=now) for one in got]
    )
    record_each(
        by=by,
        action=CLAIMED,
        rows=[(one.case.crn, {"deadline": one.pk}) for one in got],
    )
    return made


def _taken_from(waiting, wanted):
    """So many of what waits, locked and theirs from now on, in its order.

    A row is locked before it is looked at once more, because what somebody else claimed a moment ago does not change it.
    """
    got: dict[int, Deadline] = {}
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
    return list(got.values())


@transaction.atomic
def give_to(*, deadline, to, by, now):
    """Somebody else of the hub works on it from now on, whoever did before. Returns their `Claim`."""
    case = lock_case(deadline.case)
    User.objects.select_for_update(no_key=True).get(pk=to.pk)
    deadline = Deadline.objects.of_the_hub().select_for_update(of=("self",), no_key=True).filter(pk=deadline.pk).first()  # fmt: skip
    if deadline is None:
        raise RuleBroken(DONE_ALREADY)
    if HubQuestion.objects.open().filter(deadline=deadline).exists():
        raise RuleBroken(
            "The officer is asked about it, so it waits. It can be given once they have answered."
        )
    _check_may_take(to, case, now)
    before = Claim.objects.live().select_for_update(of=("self",)).filter(deadline=deadline).select_related("by").first()  # fmt: skip
    if before and before.by_id == to.pk:
        raise RuleBroken(f"{to.name} works on it already.")
    if before:
        end_claim(before, ClaimEnd.TAKEN, now)
    made = Claim.objects.create(deadline=deadline, by=to, at=now, worked_at=now)
    told = {one.pk: one for one in (to, before.by if before else to) if one.pk != by.pk}
    _tell_of_giving(case, deadline, to, told.values(), by=by, now=now)
    record(by=by, action="gave_from_queue", crn=case.crn, deadline=deadline.pk, to=to.pk)
    return made


def _check_may_take(to, case, now):
    if not to.is_active or not Case.objects.open_to(to, Action.WORK_QUEUE).filter(pk=case.pk).exists():  # fmt: skip
        raise RuleBroken(f"{to.name} may not work on this case. Choose somebody else of the hub.")
    holds = Claim.objects.live().filter(by=to, deadline__met_on=None).count()
    most = enforcement_policy(localtime(now).date()).letters_at_once
    if holds >= most:
        raise RuleBroken(f"{to.name} works on {holds} already, and {most} is the most at once.")


def _tell_of_giving(case, deadline, to, users, *, by, now):
    tell(
        case=case,
        users=list(users),
        text=f"{by.name} gave {to.name} an item of the queue: {KINDS[deadline.kind].title}, {case.crn}.",
        href=reverse("hub-item", args=[case.crn, deadline.pk]),
        now=now,
    )


@transaction.atomic
def keep_working(*, deadline, by, now):
    """Say that they still work on it, so that neither it nor the rest of what they took is put back."""
    theirs(deadline, by)
    still_working(by=by, now=now)


@transaction.atomic
def still_working(*, by, now):
    """They did something on what they hold, of which ten letters are one piece of work: none of it is idle."""
    held = Claim.objects.live().filter(by=by, worked_at__lt=now)
    locked = held.order_by("pk").select_for_update(skip_locked=True).values_list("pk", flat=True)
    Claim.objects.filter(pk__in=list(locked)).update(worked_at=now)


@transaction.atomic
def let_go(*, deadline, by, now):
    """Put it back for anybody to take."""
    found = theirs(deadline, by)
    end_claim(found, ClaimEnd.LET_GO, now)
    still_working(by=by, now=now)
    record(by=by, action="put_back_in_queue", crn=deadline.case.crn, deadline=deadline.pk)


@transaction.atomic
def release_idle(*, now, size=AT_ONCE):
    """Put back what nobody has worked on for as long as the policy allows; how many. May run beside itself.

    A claim that is being worked on at this moment is passed over.
    """
    since = now - timedelta(minutes=enforcement_policy(localtime(now).date()).idle_minutes)
    live = Claim.objects.live().filter(worked_at__lte=since, deadline__met_on=None)
    return _end_each(live.exclude(by__in=_at_work(live, since, now)), ClaimEnd.IDLE, now, size)


def _at_work(live, since, now):
    """Of those who hold these, whoever has seen or changed a case of what they hold since then, on whatever page: the audit
    trail says so. Ten letters are one piece of work, so none of them is idle while one is written."""
    held = Claim.objects.live().filter(by=OuterRef("by"), deadline__case__crn=OuterRef("crn"))
    seen = Entry.objects.filter(by__in=live.values("by"), at__gt=since, at__lte=now, refused=False)
    return seen.exclude(action=CLAIMED).filter(Exists(held)).values("by")


@transaction.atomic
def close_done(*, now, size=AT_ONCE):
    """End as done the claims on what has been met, by whatever service met it; how many."""
    live = Claim.objects.live().filter(deadline__met_on__isnull=False)
    return _end_each(live, ClaimEnd.DONE, now, size)


def _end_each(live, how, now, size):
    locked = live.select_for_update(of=("self",), skip_locked=True).select_related("deadline__case")
    found = list(locked.order_by("pk")[:size])
    for one in found:
        end_claim(one, how, now)
    rows = [(one.deadline.case.crn, {"deadline": one.deadline_id, "how": how}) for one in found]
    record_each(by=None, action="ended_claim", rows=rows)
    return len(found)


def theirs(deadline, by):
    """The claim of this member of staff on it, locked."""
    found = Claim.objects.live().select_for_update().filter(deadline=deadline, by=by).first()
    if found is None:
        raise RuleBroken(NOT_YOURS)
    return found


def end_claim(one, how, now, words=""):
    Claim.objects.filter(pk=one.pk).update(ended_at=max(now, one.at), ended=how, words=words)
