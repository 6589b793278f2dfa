"""After a meeting of agencies: how we took part, what was decided, what we are to do, the next one, and the minutes.

Source: supervision reference 3.3; report 2.3 (neither who nor by when) and 3.3 (meetings without minutes).
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.reference.agencies import DocumentKind
from cases.reference.agency_meetings import TookPart
from cases.rules.agency_meetings import check_minutes, check_next, check_said, check_what_follows
from cases.services.actions import add_action
from cases.services.agency_meetings import MINUTES, SAY, keep, lock_meeting, record_meeting
from cases.services.documents import keep_document


@transaction.atomic
def say_of_meeting(
    *, meeting, took_part, came_to, by, now, went=None, actions=(), nothing_for_us=False, next_at=None, next_where=""
):  # fmt: skip
    """How we took part and what it decided; said again, it puts right what was said.

    `actions`: (what, by whom, by which day) of each thing we are to do; `next_at`: when it meets again, which is
    recorded in this step. Returns the meeting.
    """
    meeting, today = lock_meeting(meeting), localtime(now).date()
    stood, held_on = meeting.took_part, localtime(meeting.held_at).date()
    meeting.came_to = check_said(
        stood=stood,
        took_part=took_part,
        somebody_went=went is not None,
        came_to=came_to,
        held_on=held_on,
        today=today,
    )
    check_what_follows(took_part, bool(actions), nothing_for_us, stood)
    next_on = localtime(next_at).date() if next_at else None
    check_next(next_on, held_on, today)
    meeting.took_part = took_part
    meeting.went = went if took_part == TookPart.WENT else None
    meeting.answered_at, meeting.answered_by = now, by
    meeting.next_on = next_on or meeting.next_on
    keep(
        meeting, "said_of_agency_meeting", by=by, now=now, done=SAY, took_part=str(took_part),
        actions=len(actions), says="It is said what a meeting of agencies decided",
    )  # fmt: skip
    _add(meeting, actions, by=by, today=today)
    if next_at:
        _open_next(meeting, next_at, next_where, by=by, now=now)
    return meeting


@transaction.atomic
def add_meeting_action(*, meeting, what, by_whom, by_on, by, now):
    """Something more that we are to do, as the minutes or the chair said later. Returns the action."""
    meeting = lock_meeting(meeting)
    check_what_follows(meeting.took_part, True, False, meeting.took_part)
    return _add(meeting, [(what, by_whom, by_on)], by=by, today=localtime(now).date())[0]


@transaction.atomic
def take_in_minutes(*, meeting, on, by, now, text="", attached=None):
    """The minutes have come: in words, as a file (its bytes), or both. Only whoever may read minutes is shown them."""
    meeting, today = lock_meeting(meeting), localtime(now).date()
    meeting.minutes = check_minutes(
        on=on,
        text=text,
        has_file=attached is not None,
        took_part=meeting.took_part,
        held_on=localtime(meeting.held_at).date(),
        came_on=meeting.minutes_came_on,
        today=today,
    )
    if attached is not None:
        meeting.document = keep_document(
            case=meeting.case, enquiry=None, kind=DocumentKind.INFORMATION, content=attached, by=by, now=now,
        )  # fmt: skip
    meeting.minutes_came_on = on
    return keep(
        meeting,
        "took_in_minutes",
        by=by,
        now=now,
        done=MINUTES,
        says="The minutes of a meeting of agencies have come",
    )


def _add(meeting, actions, *, by, today):
    return [
        add_action(
            case=meeting.case, what=what, by_whom=by_whom, by_on=by_on, by=by, today=today, meeting=meeting
        )
        for what, by_whom, by_on in actions
    ]  # fmt: skip


def _open_next(meeting, next_at, where, *, by, now):
    """The next of the same kind about the same person, unless somebody has recorded it already."""
    case, at = meeting.case, next_at.replace(second=0, microsecond=0)
    day = localtime(at).date()
    same = case.agency_meetings.standing().filter(kind=meeting.kind, about=meeting.about)
    if any(localtime(one.held_at).date() == day for one in same):
        return
    record_meeting(
        case=case,
        kind=meeting.kind,
        about=meeting.about,
        held_at=at,
        where=where.strip() or meeting.where,
        chair=meeting.chair,
        invited_on=localtime(now).date(),
        by=by,
        now=now,
    )
