"""Ending a session that turns out to be impossible once it has begun: the room is flooded, the leader is taken ill.

Source: product rules, groups (a cancellation re-plans everyone) and failures (what we could not offer is ours). Whoever
keeps its register says so once, for everybody on it of whom nothing is said yet.
"""

from django.db import transaction
from django.db.models import F

from cases.services.appointment_sets import call_off_many
from grid.models import Series, SeriesSession
from grid.queries.group_register import expected_on, is_unsaid
from grid.queries.series_changes import if_not_held
from grid.queries.session_ended import check_ended
from grid.services.attendances import hold_members
from grid.services.series_changes import (
    carry_out,
    checked_because,
    hold_what_is_wanted,
    settle_and_tell,
)
from staff.audit import record

OURS = "The hour was called off for them by us, and is no failure of theirs."
STANDS = "What the register said of them before that stands."


@transaction.atomic
def end_session(*, session, because, by, now):
    """Say that a session which has begun cannot be held. Returns what was done, `grid.queries.series_changes.Change`.

    The hour of everybody of whom nothing is said yet is called off by us; what is said stands. The series is planned again
    as for any session that is called off, and each of their officers is told what follows. Raises RuleBroken where it is
    not theirs to end, has not begun, was sent or ended already, and once a later one has begun.
    """
    because = checked_because(because)
    found = Series.objects.select_for_update(of=("self",), no_key=True).select_related("place")
    series = found.get(pk=session.series_id)
    hold_what_is_wanted(series, None)
    # All of them before the cases: an absence may be agreed at this moment of one that is numbered again here
    rows = SeriesSession.objects.filter(series=series).order_by("pk")
    held = {one.pk: one for one in rows.select_for_update(no_key=True)}[session.pk]
    held.series = series
    hold_members(series)
    check_ended(held, by, now)
    people = list(expected_on(held))
    unsaid = [one.appointment_id for one in people if is_unsaid(one)]
    change = if_not_held(series, held.number, now)
    call_off_many(keys=unsaid, because=because, by=by, now=now, begun=True)
    SeriesSession.objects.filter(pk=held.pk).update(version=F("version") + 1)
    carry_out(series, change, because, by=by, now=now)
    record(
        by=by,
        action="ended_session",
        series=series.pk,
        session=held.pk,
        number=held.number,
        called_off=len(unsaid),
        version=series.version,
    )
    also = {one.case_id: OURS if one.appointment_id in unsaid else STANDS for one in people}
    settle_and_tell(series, change.replanned, because, by=by, now=now, also=also, clashing=True)
    return change
