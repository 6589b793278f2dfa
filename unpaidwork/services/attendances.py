"""Attendances that are not to be kept: called off in the case, and out of the sheet and register of their sessions.

Source: product rules, failures (what is called off stays in the log, and is never a failure).
"""

from django.db import transaction
from django.db.models import F

from cases.services.appointment_sets import call_off_many
from unpaidwork.models import Attendance, WorkSession

LONGEST = 300  # letters that an appointment keeps of why


@transaction.atomic
def call_off_attendances(*, attendances, because, by, now):
    """Call off those of these that are still to come; their sessions are as changed. Returns how many.

    The cases are held.
    """
    ones = {one.appointment_id: one for one in attendances}
    if not ones:
        return 0
    gone = call_off_many(keys=list(ones), because=because[:LONGEST], by=by, now=now)
    off = [ones[one.pk] for one in gone]
    # Of no place any more: should that stand again, its day may be given again
    Attendance.objects.filter(pk__in=[one.pk for one in off]).update(allocation=None)
    sessions = {one.session_id for one in off}
    WorkSession.objects.filter(pk__in=sessions).update(version=F("version") + 1)
    return len(gone)
