"""Who is met at the gate in the demonstration: one to come, one whose day has moved, one who was met and one who was not.

Source: Through the Gate reference 6, 7 (mentor at the gate, a failed meeting told the same day).
"""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone

from cases.models import Assignment
from cases.reference.codes import Capacity
from staff.models import User
from staff.permissions import Role
from ttg.reference.hand_over import MetState

TO_COME, MOVED, MET, NOT_MET = "to_come", "moved", "met", "not_met"
PLANNED_BEFORE = timedelta(days=3)  # of what is to come; of the others, before the day itself
AT, SAID_AT, PLANNED_AT = time(9), time(9, 20), time(15)
WORDS = {
    MET: "Met at the visitors’ centre. Went with them to the office; the phone works.",
    NOT_MET: "Waited until eleven. The lodge said that they had left before nine by the other gate.",
}


def choose_meetings(held, released, today, shown, moved):
    """Say of each who is met how it goes. `shown`: the CRN of the one to come; `moved`: of the one whose day has moved."""
    for stay in held:
        if stay.crn == shown and stay.release_on > today:
            stay.gate, stay.gate_on = TO_COME, stay.release_on
        if stay.planted == moved:
            stay.gate, stay.gate_on = MOVED, stay.moved_from
    ours = [
        one for one in released if one.officer and not (one.waits or one.retained or one.released_on >= today)
    ]  # fmt: skip
    latest = sorted(ours, key=lambda one: (one.released_on, one.crn), reverse=True)
    for stay, gate in zip(latest, (MET, NOT_MET), strict=False):
        stay.gate, stay.gate_on = gate, stay.released_on


def mentor_of_the_demonstration():
    return User.objects.get(username=Role.MENTOR).pk


def write_meeting(book, stay, custody, *, by, mentor, today):
    if not stay.gate:
        return
    said = {}
    if stay.gate in WORDS:
        said = {
            "words": WORDS[stay.gate],
            "said_at": _at(stay.gate_on, SAID_AT),
            "said_by_id": mentor,
        }
    book.GateMeeting.add(
        custody_id=custody,
        meets_id=mentor,
        at=_at(stay.gate_on, AT),
        where="By the visitors’ centre",
        state=MetState(stay.gate) if said else MetState.PLANNED,
        planned_at=_at(_planned_on(stay, today), PLANNED_AT),
        planned_by_id=by,
        **said,
    )


def let_the_mentor_in(stays, mentor, today):
    """Whoever meets them is their mentor, and reaches them before and after."""
    cases = {one.case: one for one in stays if one.gate}
    of_mentor = Assignment.objects.filter(user=mentor, capacity=Capacity.MENTOR, case__in=cases)
    there = set(of_mentor.values_list("case", flat=True))
    Assignment.objects.bulk_create(
        Assignment(case_id=pk, user_id=mentor, capacity=Capacity.MENTOR, from_on=_planned_on(one, today))
        for pk, one in sorted(cases.items())
        if pk not in there
    )  # fmt: skip


def truth_of_meetings(held, released):
    """{how it goes: [CRN, the day of the meeting]}"""
    return {one.gate: [one.crn, one.gate_on.isoformat()] for one in [*held, *released] if one.gate}


def _planned_on(stay, today):
    """Never before they came in."""
    return max(stay.received_on, min(stay.gate_on, today) - PLANNED_BEFORE)


def _at(on, hour):
    return datetime.combine(on, hour, get_current_timezone())
