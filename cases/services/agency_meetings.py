"""Meetings of several agencies about somebody: asked to, moved, called off, and our report to them.

How we took part and what follows is in `cases.services.agency_meetings_held`. Every step settles the clocks in the
same transaction. Source: supervision reference 3.3; product rules, clocks.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import AgencyMeeting
from cases.queries.recipients import owner_and_cover
from cases.reference.agency_meetings import AgencyMeetingKind
from cases.rules.agency_meetings import (
    HELD,
    Owed,
    check_called_off,
    check_day,
    check_invitation,
    check_place,
    check_report,
    first_owed,
)
from cases.rules.leaving import check_still_here
from cases.services.checks import lock_case
from cases.services.deadlines import due_under
from cases.services.one_of_several import settle_first_owed
from cases.services.policy import clocks
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date

REPORT, SAY, MINUTES = "send_meeting_report", "say_of_meeting", "get_minutes"
NOT_THEIRS = "Choose one of the people recorded around this person."
MOVED = "Somebody has written on this meeting since you opened it. Nothing of yours was saved: look at it again first."


@transaction.atomic
def record_meeting(*, case, kind, held_at, where, invited_on, by, now, chair="", about=None, report_by_on=None):  # fmt: skip
    """We are asked to a meeting, or hear that there is one. `about`: the child or adult, where it is somebody else. Returns it."""
    case, today = lock_case(case), localtime(now).date()
    check_still_here(case.left_as)
    held_at = held_at.replace(second=0, microsecond=0)
    check_invitation(
        kind=kind,
        held_at=held_at,
        where=where,
        invited_on=invited_on,
        report_by_on=report_by_on,
        held_on=localtime(held_at).date(),
        today=today,
    )
    if about is not None and about.case_id != case.pk:
        raise RuleBroken(NOT_THEIRS)
    _check_is_new(case, kind, held_at, about)
    made = AgencyMeeting.objects.create(
        case=case,
        kind=kind,
        about=about,
        held_at=held_at,
        where=where.strip(),
        chair=chair.strip(),
        invited_on=invited_on,
        report_by_on=report_by_on,
        recorded_at=now,
        recorded_by=by,
    )
    record(by=by, action="recorded_agency_meeting", crn=case.crn, meeting=made.pk, kind=str(kind))
    settle_meetings(case=case, by=by, today=today)
    tell_owner(made, "A meeting of agencies is to be held", by=by, now=now)
    return made


@transaction.atomic
def move_meeting(*, meeting, held_at, where, chair, report_by_on, version, by, now):
    """It is held at another time or place, or its report is asked for by another day. `version`: of what the writer saw."""
    meeting, today = lock_meeting(meeting), localtime(now).date()
    if meeting.version != version:
        raise RuleBroken(MOVED)
    if meeting.took_part:
        raise RuleBroken("It is said already how we took part, so it cannot be moved.")
    held_at = held_at.replace(second=0, microsecond=0)
    check_place(where)
    check_day(localtime(held_at).date(), report_by_on, today)
    if held_at != meeting.held_at:
        _check_is_new(meeting.case, meeting.kind, held_at, meeting.about)
    meeting.held_at, meeting.where, meeting.chair = held_at, where.strip(), chair.strip()
    meeting.report_by_on = report_by_on
    return keep(meeting, "moved_agency_meeting", by=by, now=now, says="A meeting of agencies has another time, place or day for our report")  # fmt: skip


@transaction.atomic
def call_off_meeting(*, meeting, because, by, now):
    """It will not be held. Nothing is owed on it any more."""
    meeting, today = lock_meeting(meeting), localtime(now).date()
    meeting.called_off_because = check_called_off(meeting.took_part, because)
    meeting.called_off_on = today
    return keep(meeting, "called_off_agency_meeting", by=by, now=now, says="A meeting of agencies was called off")  # fmt: skip


@transaction.atomic
def send_report(*, meeting, on, words, by, now):
    """Our report went to the meeting. `words`: what it said, in short."""
    meeting, today = lock_meeting(meeting), localtime(now).date()
    meeting.report_words = check_report(
        on=on, words=words, sent_on=meeting.report_sent_on, took_part=meeting.took_part, today=today
    )
    meeting.report_sent_on = on
    return keep(meeting, "sent_meeting_report", by=by, now=now, done=REPORT)


def settle_meetings(*, case, by, today, done=""):
    """The three clocks of the meetings of this case, each to the first that is owed. The caller holds its row.

    `done`: the kind of which something has just been done, so that what ran for it is met and not void.
    """
    standing = list(case.agency_meetings.standing().order_by("held_at", "pk"))
    for kind, owes in ((REPORT, _report), (SAY, _say), (MINUTES, _minutes)):
        owed = first_owed(one for one in (owes(each, today) for each in standing) if one)
        settle_first_owed(case=case, kind=kind, owed=owed, by=by, today=today, done=done == kind)


def lock_meeting(meeting):
    """As it stands now, its case locked first; refused once it was called off."""
    case = lock_case(meeting.case)
    found = AgencyMeeting.objects.select_related("about").get(pk=meeting.pk, case=case)
    found.case = case
    if found.called_off_on:
        raise RuleBroken(f"This meeting was called off on {say_date(found.called_off_on)}.")
    return found


def keep(meeting, action, *, by, now, done="", says="", **detail):
    """Write what has changed of it, settle what is owed, and tell whoever holds the case where somebody else did it."""
    meeting.version += 1
    meeting.save()
    record(by=by, action=action, crn=meeting.case.crn, meeting=meeting.pk, **detail)
    settle_meetings(case=meeting.case, by=by, today=localtime(now).date(), done=done)
    if says:
        tell_owner(meeting, says, by=by, now=now)
    return meeting


def tell_owner(meeting, words, *, by, now):
    """Whoever holds the case, unless they did it themselves. What kind of meeting it is stands in no notice or e-mail."""
    case = meeting.case
    if case.officer_id == by.pk:
        return
    others = [one for one in owner_and_cover(case, localtime(now).date()) if one.pk != by.pk]
    href = reverse("agency-meetings", args=[case.crn])
    tell(case=case, users=others, text=f"{words}: {case.crn}.", href=href, now=now)


def _check_is_new(case, kind, held_at, about):
    """The same invitation twice, by the hub and by the officer, is one meeting."""
    same = case.agency_meetings.standing().filter(kind=kind, held_at=held_at, about=about)
    if same.exists():
        raise RuleBroken(f"This is recorded already: {AgencyMeetingKind(kind).title} at that time.")


def _report(one, today):
    """By the day the meeting named, until it is sent or the meeting is over."""
    if not one.report_by_on or one.report_sent_on or one.took_part:
        return None
    what = AgencyMeetingKind(one.kind).title
    asked = f"asked for by {say_date(one.report_by_on)}"
    return Owed(min(one.invited_on, one.report_by_on), one.report_by_on, f"{what} of {_day(one)}: our report is {asked}")  # fmt: skip


def _say(one, today):
    if one.took_part:
        return None
    held_on = localtime(one.held_at).date()
    what = f"{AgencyMeetingKind(one.kind).title} of {_day(one)}: nobody has said how we took part"
    return Owed(held_on, due_under(clocks(today), SAY, held_on), what)


def _minutes(one, today):
    if one.took_part not in HELD or one.minutes_came_on:
        return None
    held_on = localtime(one.held_at).date()
    what = f"{AgencyMeetingKind(one.kind).title} of {_day(one)}: its minutes have not come"
    return Owed(held_on, due_under(clocks(today), MINUTES, held_on), what)


def _day(one):
    return say_date(localtime(one.held_at).date())
