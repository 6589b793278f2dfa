"""Opening a restricted case in emergency: a reason, 24 hours, and its owner and SPO told at once.

Source: product rules, limited access.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Assignment, Case, Named, Notice
from cases.queries.cover import notices_to
from cases.queries.limits import closed_by_restriction
from cases.reference.codes import Capacity
from staff.audit import record
from staff.errors import RuleBroken
from staff.models import User
from staff.permissions import Action, Role

OPEN_FOR = timedelta(hours=24)


@transaction.atomic
def open_in_emergency(*, case, reason, by, now):
    """Let this user in for 24 hours and tell those who answer for the case. Returns who was told."""
    case = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    limit = closed_by_restriction(by, case.crn)
    if limit is None:
        raise RuleBroken(
            "This case cannot be opened in emergency. Ask the person named on its page."
        )
    if not reason.strip():
        raise RuleBroken("Say why you must see this case now.")
    until = now + OPEN_FOR
    Named.objects.create(limit=limit, user=by, let_in=True, until_at=until, reason=reason.strip())
    _bring_within_reach(case, by, now, until)
    told = _those_to_tell(case, by)
    text = f"{by.name}, {by.get_role_display().lower()}, opened {case.crn} in emergency: {reason.strip()}"
    Notice.objects.bulk_create([Notice(user=one, case=case, text=text, at=now) for one in told])
    record(
        by=by, action="opened_in_emergency", crn=case.crn, until=until.isoformat(), told=len(told)
    )
    return told


@transaction.atomic
def see_notice(*, notice, by, now):
    """Say that one has read a notice of one's own, or of somebody for whom one covers."""
    mine = notices_to(by).filter(pk=notice.pk).values("pk")
    read = Notice.objects.filter(pk__in=mine, seen_at=None).update(seen_at=now)
    if read:
        record(by=by, action="read_notice", crn=notice.case.crn)


@transaction.atomic
def see_notices(*, keys, by, now):
    """Say that one has read those of these notices that only tell something, each in the trail. How many there were.

    What asks for something, or is about somebody's safety, is left unread whatever keys are given.
    """
    mine = notices_to(by).filter(pk__in=keys, for_information=True).values("pk")
    unread = Notice.objects.filter(pk__in=mine, seen_at=None).select_related("case").order_by("pk")
    read = list(unread.select_for_update(of=("self",), no_key=True))
    Notice.objects.filter(pk__in=[one.pk for one in read]).update(seen_at=now)
    for one in read:
        record(by=by, action="read_notice", crn=one.case.crn)
    return len(read)


def _bring_within_reach(case, user, now, until):
    """A case beyond the user's team comes as near as one of their team, to be seen and not decided about
    (`Case.objects.within_reach`); the limit ends it to the hour."""
    today, to_on = localtime(now).date(), localtime(until).date()
    duty = {"case": case, "user": user, "capacity": Capacity.DUTY}
    # What was opened before may end with its own day, and is made longer
    if Assignment.objects.on(today).filter(**duty, to_on__lt=to_on).update(to_on=to_on):
        return
    if not Case.objects.within_reach(user, Action.VIEW_CASE).filter(pk=case.pk).exists():
        Assignment.objects.create(**duty, from_on=today, to_on=to_on)


def _those_to_tell(case, by):
    """Its officer and the SPOs of its team; where there is neither, the heads of service."""
    staff = User.objects.filter(is_active=True).exclude(pk=by.pk)
    seniors = staff.filter(role=Role.SPO, team=case.team_id) if case.team_id else staff.none()
    owner = staff.filter(pk=case.officer_id)
    return list((owner | seniors).order_by("pk")) or list(
        staff.filter(role=Role.HEAD).order_by("pk")
    )
