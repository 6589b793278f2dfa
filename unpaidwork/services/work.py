"""Adding to and taking from hours, and deciding which courses count.

Source: unpaid work reference 2 and 3: travel only where it is allowed, 180 minutes an entry; courses within the dated
share and a fifth beyond the time expected; nothing beyond what is left. An entry is never changed, only put right.
"""

from django.db import transaction
from django.db.models import Sum

from cases.models import Circumstance
from cases.rules.interim import says_nothing
from cases.services.checks import lock_case
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date
from unpaidwork.models import Adjustment, Attendance, Course, Work
from unpaidwork.queries.courses import duplicates_of
from unpaidwork.queries.hours import hours_of
from unpaidwork.queries.policy import work_policy
from unpaidwork.reference.sessions import ATTENDED, Travel
from unpaidwork.reference.work import TRAVEL_ALLOWED, Adjusts, CourseState, WorkState
from unpaidwork.rules.adjusting import check_adjustment
from unpaidwork.rules.hours import course_credit, travel_credit
from unpaidwork.services.work_owed import settle_work

SAY_WHY = "Say why in a line, so that whoever adds the hours up later can follow."
ENDED = "This unpaid work has ended. Its hours are not changed any more."
OWN_COURSE = "You recorded this course, so another coordinator looks at what shows it and says that it counts."
NOT_ALLOWED = "No travel time is allowed on that day. It must stand among the person’s circumstances (allowed travel time)."


@transaction.atomic
def adjust_hours(*, work, reason, minutes, on, note, by, today, now, attendance=None):
    """Write one entry of the ledger, with its sign. Travel has its own way, `credit_travel`. Returns it.

    `attendance`: whose travel it takes back.
    """
    case, work = _hold(work)
    found = hours_of([work], today)[work.pk]
    reason = Adjusts(reason)
    if says_nothing(note):
        raise RuleBroken(SAY_WHY)
    if not work.sentenced_on <= on <= today:
        raise RuleBroken(
            f"Enter a day from the sentence, {say_date(work.sentenced_on)}, to today. Hours are not entered ahead."
        )
    check_adjustment(reason, minutes, found)
    entry = _entry(work, reason, minutes, on, note, by=by, now=now, attendance=attendance)
    record(by=by, action="adjusted_hours", crn=case.crn, adjustment=entry.pk, reason=str(reason))
    settle_work(case_ids=[case.pk], by=by, today=today)
    return entry


@transaction.atomic
def credit_travel(*, attendance, there, back, note, by, today, now):
    """Credit the travel of one session, where it is allowed. `there` and `back`: minutes each way. Returns the entry.

    What was credited and taken back stays in the ledger as travel: credited again, it puts that right.
    """
    case, work = _hold(attendance.work)
    attendance = Attendance.objects.select_related("session").get(pk=attendance.pk)
    on = attendance.session.on
    if attendance.came not in ATTENDED:
        raise RuleBroken("They did not come to that session, so there is no travel to credit.")
    if travel_credited(attendance):
        raise RuleBroken("The travel of that session is credited already.")
    if not travel_allowed(case, on):
        raise RuleBroken(NOT_ALLOWED)
    beyond = work_policy(on).travel_beyond_minutes
    left = hours_of([work], today)[work.pk].left
    minutes = travel_credit(there, back, beyond=beyond, left=left)
    if not minutes:
        raise RuleBroken(
            "No hours are left to be worked."
            if not left
            else f"Travel counts beyond {beyond} minutes each way. This is not longer."
        )
    words = note.strip() or f"{there} minutes there and {back} back, {beyond} each way not counted"
    reason = Adjusts.ERROR if attendance.adjustments.exists() else Adjusts.TRAVEL
    entry = _entry(work, reason, minutes, on, words, by=by, now=now, attendance=attendance)
    Attendance.objects.filter(pk=attendance.pk).update(travel=Travel.CREDITED)
    record(by=by, action="credited_travel", crn=case.crn, adjustment=entry.pk, minutes=minutes)
    settle_work(case_ids=[case.pk], by=by, today=today)
    return entry


@transaction.atomic
def record_course(*, work, provider, title, reference, expected_minutes, taken_minutes, finished_on, by, today, now):  # fmt: skip
    """Keep that somebody finished a course. Whether it counts is decided apart. Returns it."""
    case, work = _hold(work)
    provider, title, reference = provider.strip(), title.strip(), reference.strip()
    if says_nothing(provider) or says_nothing(title):
        raise RuleBroken("Say whose course it was and what it was called.")
    if finished_on > today or finished_on < work.sentenced_on:
        raise RuleBroken(
            f"Enter the day it was finished, from the sentence, {say_date(work.sentenced_on)}, to today."
        )
    if min(expected_minutes, taken_minutes) < 1:
        raise RuleBroken("Say how long the course is meant to take, and how long it took them.")
    same = work.courses.filter(provider__iexact=provider, reference__iexact=reference)
    if reference and same.exists():
        raise RuleBroken(f"{provider} has sent this course already, by the reference {reference}.")
    course = Course.objects.create(
        work=work,
        provider=provider,
        title=title,
        reference=reference,
        expected_minutes=expected_minutes,
        taken_minutes=taken_minutes,
        finished_on=finished_on,
        recorded_at=now,
        recorded_by=by,
    )
    record(by=by, action="recorded_course", crn=case.crn, course=course.pk)
    settle_work(case_ids=[case.pk], by=by, today=today)
    return course


@transaction.atomic
def decide_course(*, course, credit, because, by, today, now):
    """Credit a course with what it may count for, or say why it does not count. Returns it.

    By the share in force on the day it was finished. One that looks like another is credited only with words that
    say why it is not the same. Nobody credits what they recorded themselves: a course has nothing behind it but the
    word of who typed it, and may stand for a third of what a court ordered.
    """
    case, work = _hold(course.work)
    course = Course.objects.get(pk=course.pk)
    because = because.strip()
    if course.state != CourseState.WAITING:
        raise RuleBroken("Somebody has decided on this course already.")
    if credit:
        if course.recorded_by_id == by.pk:
            raise RuleBroken(OWN_COURSE)
        _check_counts(work, course, because)
        course.credited_minutes = _credit(work, course, today)
        course.state = CourseState.CREDITED
    else:
        if says_nothing(because):
            raise RuleBroken("Say why it does not count. They are told the same.")
        course.state = CourseState.REFUSED
    course.because, course.decided_at, course.decided_by = because, now, by
    course.save()
    record(by=by, action="decided_course", crn=case.crn, course=course.pk, state=str(course.state))
    settle_work(case_ids=[case.pk], by=by, today=today)
    return course


def travel_allowed(case, on):
    """Whether the circumstance that allows travel time stands on that day."""
    kind, subkind = TRAVEL_ALLOWED
    found = Circumstance.objects.filter(case=case, type_code=kind, subtype_code=subkind)
    return any(
        (one.started_on is None or one.started_on <= on)
        and (one.ended_on is None or one.ended_on >= on)
        for one in found
    )


def travel_credited(attendance):
    """Minutes of travel that this session stands credited with: none once they were taken back."""
    return attendance.adjustments.aggregate(minutes=Sum("minutes", default=0))["minutes"]


def _hold(work):
    """The case, locked, and the work as it stands now."""
    case = lock_case(work.case)
    work = Work.objects.get(pk=work.pk)
    work.case = case
    if work.state == WorkState.ENDED:
        raise RuleBroken(ENDED)
    return case, work


def _entry(work, reason, minutes, on, note, *, by, now, attendance=None):
    return Adjustment.objects.create(
        work=work,
        reason=reason,
        minutes=minutes,
        on=on,
        note=note.strip(),
        attendance=attendance,
        at=now,
        by=by,
    )


def _check_counts(work, course, because):
    if not work.ete_because:
        raise RuleBroken(
            "First say why courses count for them: out of work, at risk of it, or offending that follows from it."
        )
    if duplicates_of(course) and says_nothing(because):
        raise RuleBroken("It looks like a course they already have. Say why it is not the same.")


def _credit(work, course, today):
    policy = work_policy(course.finished_on)
    found = hours_of([work], today)[work.pk]
    cap_left = max(0, found.ordered * policy.ete_percent // 100 - found.courses)
    minutes = course_credit(
        course.taken_minutes,
        course.expected_minutes,
        overrun_percent=policy.overrun_percent,
        cap_left=cap_left,
        left=found.left,
    )
    if not minutes:
        raise RuleBroken(
            "No hours are left to be worked."
            if not found.left
            else "Courses already count for as much as they may: the rest is to be worked."
        )
    return minutes
