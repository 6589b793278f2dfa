"""Whether the way to a session and back counts: where the person's circumstances allow it, each session asks.

As it was counted the last time for the same project it is counted by itself; the first time a coordinator decides.
Source: unpaid work reference 2 (travel only where the circumstance allows it; each attended appointment raises a task
to credit it or mark it not eligible).
"""

from django.db import transaction

from cases.services.checks import lock_case
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date
from unpaidwork.models import Adjustment, Attendance
from unpaidwork.queries.policy import work_policy
from unpaidwork.reference.sessions import ATTENDED, Travel
from unpaidwork.reference.work import Adjusts
from unpaidwork.services.work import (
    adjust_hours,
    credit_travel,
    travel_allowed,
    travel_credited,
)

TAKEN_BACK = "The register was put right: they did not come to that session"


def settle_travel(held, *, by, today, now):
    """Ask, count or take back the travel of one attendance, its case held, as the register now says of it."""
    if held.came not in ATTENDED:
        _take_back(held, by=by, today=today, now=now)
        return
    if held.travel or not travel_allowed(held.case, held.session.on):
        return
    before = _last_time(held)
    if before is None or not _credit_as(held, before, by=by, today=today, now=now):
        _mark(held, Travel.WAITING)


@transaction.atomic
def decide_travel(*, attendance, there, back, by, today, now):
    """Credit what each way took, in minutes; or neither, where it is not eligible. Returns the attendance."""
    case = lock_case(attendance.case)
    held = Attendance.objects.select_related("session", "work").get(pk=attendance.pk)
    held.case = case
    if held.travel != Travel.WAITING:
        raise RuleBroken("The travel of that session is decided already.")
    if there or back:
        credit_travel(attendance=held, there=there, back=back, note="", by=by, today=today, now=now)
        held.travel = Travel.CREDITED
    else:
        _mark(held, Travel.REFUSED)
        record(by=by, action="refused_travel", crn=case.crn, attendance=held.pk)
    return held


def _last_time(held):
    """The entry of the last session of this work on the same project whose travel counted."""
    found = Adjustment.objects.filter(
        work=held.work_id,
        reason=Adjusts.TRAVEL,
        attendance__travel=Travel.CREDITED,
        attendance__session__project=held.session.project_id,
    )
    return found.exclude(attendance=held).order_by("-on", "-pk").first()


def _credit_as(held, before, *, by, today, now):
    """Whether it was counted as it was then; not, where nothing is left to be worked."""
    beyond = work_policy(held.session.on).travel_beyond_minutes
    try:
        credit_travel(
            attendance=held,
            there=before.minutes + beyond,
            back=0,
            note=f"As for the session of {say_date(before.on)} on the same project",
            by=by,
            today=today,
            now=now,
        )
    except RuleBroken:
        return False
    held.travel = Travel.CREDITED
    return True


def _take_back(held, *, by, today, now):
    if not held.travel:
        return
    if credited := travel_credited(held):
        adjust_hours(
            work=held.work,
            reason=Adjusts.ERROR,
            minutes=-credited,
            on=held.session.on,
            note=TAKEN_BACK,
            attendance=held,
            by=by,
            today=today,
            now=now,
        )
    _mark(held, "")


def _mark(held, travel):
    held.travel = travel
    held.save(update_fields=["travel"])
