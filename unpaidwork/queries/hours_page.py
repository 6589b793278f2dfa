"""The ledger of hours and the courses of somebody, as their page shows them.

Source: unpaid work reference 2 and 9 (expected time, a fifth over it, earlier courses shown before one is credited).
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Circumstance
from cases.queries.sentences import requirement_name
from staff.kit import Line, Link, Tag, on
from staff.permissions import Action
from staff.rules.dates import say_date
from unpaidwork.models import Adjustment, Attendance, Course
from unpaidwork.queries.courses import duplicates_of
from unpaidwork.queries.hours import hours_of
from unpaidwork.queries.policy import work_policy
from unpaidwork.queries.works import works_of
from unpaidwork.reference.sessions import ATTENDED
from unpaidwork.reference.work import (
    CHANGES_ORDERED,
    TRAVEL_ALLOWED,
    Adjusts,
    CourseState,
    WorkState,
)
from unpaidwork.rules.hours import course_credit, course_limits, say_minutes

STATES = {
    CourseState.WAITING: Tag("Waiting for a decision", "orange"),
    CourseState.CREDITED: Tag("Credited", "green"),
    CourseState.REFUSED: Tag("Not credited", "grey"),
}


@dataclass(frozen=True)
class EntryRow:
    when: str
    reason: str
    minutes: str
    counts: str  # on what is ordered, or on what is credited
    note: str
    by: str


@dataclass(frozen=True)
class CourseRow:
    title: str
    provider: str
    finished: str
    took: str
    credited: str
    because: str
    recorded_by: str
    decided_by: str  # blank: not decided
    tag: Tag
    decide: str  # where it is decided; blank: nothing to decide, or not by this reader


@dataclass(frozen=True)
class LedgerShown:
    key: int
    title: str
    lines: list[Line]
    entries: list[EntryRow]
    courses: list[CourseRow]
    links: list[Link] = field(default_factory=list)


def ledgers(case, header, today):
    """A `LedgerShown` of each requirement. A fixed number of statements."""
    works = works_of(case)
    found = hours_of(works, today)
    entries, courses = _entries(works, header.names), _courses(works, case, header)
    return [
        LedgerShown(
            key=one.pk,
            title=f"{requirement_name(one.requirement)}, sentenced {on(one.sentenced_on)}",
            lines=_lines(found[one.pk]),
            entries=entries[one.pk],
            courses=courses[one.pk],
            links=_links(one, case, header.may),
        )
        for one in works
    ]


def _lines(found):
    return [
        Line("Ordered", say_minutes(found.ordered) if found.known else "Not recorded"),
        Line("Credited", say_minutes(found.credited)),
        Line("Left", say_minutes(found.left) if found.known else "Not known"),
        Line(
            "Courses may still count for",
            say_minutes(min(found.cap_left, found.left)),
            detail=f"{say_minutes(found.courses)} counted of {say_minutes(found.cap)} at most.",
        ),
    ]


def _entries(works, names):
    found = defaultdict(list)
    rows = Adjustment.objects.filter(work__in=works).select_related("by")
    for one in rows.order_by("-on", "-pk"):
        ordered = one.reason in CHANGES_ORDERED
        sign = "+" if one.minutes > 0 else ""
        found[one.work_id].append(
            EntryRow(
                when=on(one.on),
                reason=Adjusts(one.reason).title,
                minutes=f"{sign}{say_minutes(one.minutes)}",
                counts="Ordered" if ordered else "Credited",
                note=names.text(one.note),
                by=one.by.name if one.by else "The record",
            )
        )
    return found


def _courses(works, case, header):
    found = defaultdict(list)
    rows = Course.objects.filter(work__in=works).select_related("recorded_by", "decided_by")
    for one in rows.order_by("-finished_on", "-pk"):
        state = CourseState(one.state)
        waits = state == CourseState.WAITING and Action.CREDIT_HOURS in header.may
        found[one.work_id].append(
            CourseRow(
                title=header.names.text(one.title),
                provider=header.names.text(one.provider),
                finished=on(one.finished_on),
                took=f"{say_minutes(one.taken_minutes)} of {say_minutes(one.expected_minutes)} expected",
                credited=say_minutes(one.credited_minutes) if one.credited_minutes else "",
                because=header.names.text(one.because),
                recorded_by=one.recorded_by.name,
                decided_by=one.decided_by.name if one.decided_by else "",
                tag=STATES[state],
                decide=reverse("decide-course", args=[case.crn, one.pk]) if waits else "",
            )
        )
    return found


def _links(work, case, may):
    if Action.CREDIT_HOURS not in may or work.state == WorkState.ENDED:
        return []
    names = [("Record a course", "record-course"), ("Change the hours", "adjust-hours"), ("Credit travel", "credit-travel")]  # fmt: skip
    names.append(("Decide how many hours a week", "decide-intensive"))
    names.append(("Say why courses count", "allow-courses"))
    names.append(("Say how it runs", "say-how-work-runs"))
    if work.state == WorkState.SUSPENDED:
        names.append(("Resume it", "resume-work"))
    elif work.state == WorkState.OPEN:
        names.append(("Suspend it", "suspend-work"))
    return [
        Link(text, reverse(name, args=[case.crn, work.pk]), post=name == "resume-work")
        for text, name in names
    ]


def find_course(case, key):
    rows = Course.objects.filter(work__case=case).select_related("work__requirement__sentence")
    return rows.filter(pk=key).first()


def course_lines(course, names):
    return [
        Line("Course", names.text(course.title)),
        Line("Whose", names.text(course.provider), detail=names.text(course.reference)),
        Line("Finished", on(course.finished_on)),
        Line("Expected", say_minutes(course.expected_minutes)),
        Line("Took", say_minutes(course.taken_minutes)),
        Line("Recorded", on(localtime(course.recorded_at).date()), detail=course.recorded_by.name),
    ]


@dataclass(frozen=True)
class Would:
    """What crediting a course would come to, before it is decided."""

    words: str
    limits: list[Line]
    alike: list[str]
    allowed: str  # why courses count for them; blank: nobody has said


def would_credit(course, names, today):
    work, policy = course.work, work_policy(course.finished_on)
    found = hours_of([work], today)[work.pk]
    cap_left = max(0, found.ordered * policy.ete_percent // 100 - found.courses)
    rules = {"overrun_percent": policy.overrun_percent, "cap_left": cap_left, "left": found.left}
    minutes = course_credit(course.taken_minutes, course.expected_minutes, **rules)
    return Would(
        words=f"It would count for {say_minutes(minutes)}: the least of what it took and each of these.",
        limits=[
            Line(words[0].upper() + words[1:], say_minutes(most))
            for most, words in course_limits(course.expected_minutes, **rules)
        ],
        alike=[
            f"{names.text(one.title)}, {names.text(one.provider)}, finished {say_date(one.finished_on)}: {why}"
            for one, why in duplicates_of(course)
        ],
        allowed=names.text(work.ete_because),
    )


def travel_waiting(work):
    """Sessions they came to on days for which travel is allowed, and that are not credited with it yet."""
    kind, subkind = TRAVEL_ALLOWED
    allowed = list(
        Circumstance.objects.filter(case=work.case_id, type_code=kind, subtype_code=subkind)
    )
    rows = Attendance.objects.filter(work=work, came__in=ATTENDED)
    rows = rows.exclude(adjustments__reason=Adjusts.TRAVEL).select_related("session__project")
    return [one for one in rows.order_by("-session__on", "-pk") if _stands(allowed, one.session.on)]


def _stands(allowed, day):
    return any(
        (one.started_on is None or one.started_on <= day)
        and (one.ended_on is None or day <= one.ended_on)
        for one in allowed
    )
