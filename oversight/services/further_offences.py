"""Charged with a serious further offence: what was known is kept that moment, access is narrowed, who must know is told.

All of it in one transaction, which holds the case. It may be recorded of somebody who has died, whose case has ended or
whom another provider has. Source: local policy on serious further offences; product rules, limited access and clocks.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import FurtherOffence
from cases.queries.recipients import let_in, told_at_once
from cases.rules.further_offences import (
    check_charge,
    check_notified,
    check_review,
    check_set_aside,
    same_charge,
)
from cases.rules.known_then import seal
from cases.services.checks import lock_case
from cases.services.deadlines import due_under
from cases.services.limited_access import narrow_access, widen_access
from cases.services.one_of_several import settle_first_owed
from cases.services.policy import clocks
from cases.services.telling import tell
from oversight.queries.known_then.whole import known_now
from staff.audit import record
from staff.errors import RuleBroken
from staff.models import User
from staff.permissions import Action, Role, reach
from staff.rules.dates import say_date

NOTIFIES, REVIEWS = "notify_further_offence", "review_further_offence"
NOT_YOURS = "A senior probation officer or the head of service does this."
OVER = "This charge was set aside, so nothing more is recorded of it."
TOLD = "{crn} is charged with a serious further offence. What was known is kept, and access is narrowed. See what is owed."


@dataclass(frozen=True)
class Owed:
    """What of several charges is owed first."""

    since: date
    due_on: date
    why: str


@transaction.atomic
def record_further_offence(*, case, charged_on, offence, told_by, learnt_at, by, now):
    """Keep what is known of the case as it stands, and narrow who may open it. Returns the `FurtherOffence`."""
    case, today = lock_case(case), localtime(now).date()
    offence, told_by = check_charge(
        charged_on=charged_on,
        offence=offence,
        told_by=told_by,
        learnt_at=localtime(learnt_at),
        now=localtime(now),
    )
    _check_is_new(case, charged_on, offence)
    known = known_now(case, now)
    made = FurtherOffence.objects.create(
        case=case,
        charged_on=charged_on,
        offence=offence,
        told_by=told_by,
        learnt_at=learnt_at,
        recorded_at=now,
        recorded_by=by,
        known=known,
        sealed=seal(known),
    )
    made.limited_by_it = narrow_access(case=case, by=by)
    made.save(update_fields=["limited_by_it"])
    record(by=by, action="recorded_further_offence", crn=case.crn, further_offence=made.pk)
    _settle(case, by=by, today=today)
    _tell(made, by=by, now=now)
    return made


@transaction.atomic
def record_notified(*, further_offence, on, whom, by, now):
    """Whoever must be notified of it has been. What is said again stands in its place. Returns the `FurtherOffence`."""
    found, today = _lock(further_offence, by), localtime(now).date()
    found.notified_whom = check_notified(on=on, whom=whom, charged_on=found.charged_on, today=today)
    found.notified_on, found.notified_by = on, by
    found.save(update_fields=["notified_on", "notified_whom", "notified_by"])
    record(by=by, action="notified_further_offence", crn=found.case.crn, further_offence=found.pk)
    _settle(found.case, by=by, today=today, done=NOTIFIES)
    return found


@transaction.atomic
def hand_in_review(*, further_offence, on, learnt, by, now):
    """The review of it is handed in, with what it teaches. Returns the `FurtherOffence`."""
    found, today = _lock(further_offence, by), localtime(now).date()
    found.learnt = check_review(on=on, learnt=learnt, charged_on=found.charged_on, today=today)
    found.reviewed_on, found.reviewed_by = on, by
    found.save(update_fields=["reviewed_on", "learnt", "reviewed_by"])
    record(by=by, action="reviewed_further_offence", crn=found.case.crn, further_offence=found.pk)
    _settle(found.case, by=by, today=today, done=REVIEWS)
    return found


@transaction.atomic
def set_aside(*, further_offence, because, by, now):
    """The charge was a mistake, or was dropped: access is as before, and what was kept stays. Returns the `FurtherOffence`."""
    found, today = _lock(further_offence, by), localtime(now).date()
    found.set_aside_because = check_set_aside(because)
    found.set_aside_at, found.set_aside_by = now, by
    found.save(update_fields=["set_aside_because", "set_aside_at", "set_aside_by"])
    record(by=by, action="set_aside_further_offence", crn=found.case.crn, further_offence=found.pk)
    _widen(found, by=by)
    _settle(found.case, by=by, today=today)
    return found


def _lock(further_offence, by):
    """As it stands now, its case locked first; refused once it was set aside, or to whom it does not fall."""
    case = lock_case(further_offence.case)
    found = FurtherOffence.objects.get(pk=further_offence.pk)
    found.case = case
    if not reach(by.role, Action.NOTIFY_FURTHER_OFFENCE):
        raise RuleBroken(NOT_YOURS)
    if found.set_aside_at:
        raise RuleBroken(OVER)
    return found


def _check_is_new(case, charged_on, offence):
    for other in case.further_offences.standing().filter(charged_on=charged_on):
        if same_charge(offence, other.offence):
            raise RuleBroken("This charge is recorded already. What was known of the case is kept with it.")  # fmt: skip


def _widen(found, *, by):
    """Access as it was, unless another charge stands, which then keeps it narrow."""
    case = found.case
    others = case.further_offences.standing()
    if others.exists():
        if found.limited_by_it:
            others.update(limited_by_it=True)
        return
    # What stood before the first of them: of a later one, access was narrow already
    first = case.further_offences.order_by("recorded_at", "pk").first()
    before = first.known.get("access", {}).get("restricted", True)
    widen_access(case=case, ours=found.limited_by_it, restricted=before, by=by)


def _settle(case, *, by, today, done=""):
    """The clocks of what is to be notified and reviewed: each runs to the first of the charges that stand."""
    standing = case.further_offences.standing()
    for kind, column in ((NOTIFIES, "notified_on"), (REVIEWS, "reviewed_on")):
        owed = _first_owed(kind, standing.filter(**{column: None}), today)
        settle_first_owed(case=case, kind=kind, owed=owed, by=by, today=today, done=kind == done)


def _first_owed(kind, charges, today):
    found = [_owed(kind, one, today) for one in charges.order_by("learnt_at", "pk")]
    return min(found, key=lambda one: (one.due_on, one.since), default=None)


def _owed(kind, one, today):
    since = localtime(one.learnt_at).date()
    why = f"Charged on {say_date(one.charged_on)} with a serious further offence; learnt on {say_date(since)}"
    return Owed(since, due_under(clocks(today), kind, since), why)


def _tell(made, *, by, now):
    case, today = made.case, localtime(now).date()
    heads = User.objects.filter(role=Role.HEAD).exclude(pk=by.pk).values_list("pk", flat=True)
    told = {one.pk: one for one in [*told_at_once(case, today, by), *let_in(case, list(heads))]}
    tell(
        case=case,
        users=[told[pk] for pk in sorted(told)],
        text=TOLD.format(crn=case.crn),
        href=reverse("further-offence", args=[case.crn]),
        now=now,
    )
