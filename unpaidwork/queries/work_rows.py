"""The rows of the tab of unpaid work: where they work, sessions, what they practised, and looking back with them.

Source: report 4.1 (what people did was unclear).
"""

from dataclasses import dataclass

from django.urls import reverse

from cases.rules.words import counted
from staff.kit import Link, Tag, on
from staff.permissions import Action
from staff.rules.dates import say_date, say_time
from unpaidwork.reference.risk import AllocationState
from unpaidwork.reference.sessions import Grade
from unpaidwork.reference.sites import Every, ProjectKind
from unpaidwork.reference.work import ReviewPoint
from unpaidwork.rules.hours import say_minutes
from unpaidwork.rules.progress import skills_of

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class AllocationRow:
    project: str
    when: str
    since: str
    tag: Tag | None
    because: str


@dataclass(frozen=True)
class SessionRow:
    when: str
    project: str
    task: str
    skills: str
    credited: str
    how: str


@dataclass(frozen=True)
class SkillRow:
    what: str
    times: str
    over: str
    since: str


@dataclass(frozen=True)
class Review:
    title: str
    when: str
    by: str
    words: str
    no_words: str
    strengths: str
    next: str


def allocation_row(one, names):
    every = "" if one.every == Every.WEEK else f", {Every(one.every).title.lower()}"
    suspended = one.state == AllocationState.SUSPENDED
    return AllocationRow(
        project=one.project.name,
        when=f"{WEEKDAYS[one.weekday]}, {say_time(one.from_at)} to {say_time(one.to_at)}{every}",
        since=say_held(one),
        tag=Tag("Suspended", "orange") if suspended else Tag("Active", "blue"),
        because=names.text(one.state_because) if suspended else "",
    )


def say_held(one):
    """Since when a place is theirs, and the first day on which they come, where one is booked (`FIRST_DAY`)."""
    held = f"Place held from {on(one.from_on)}{f' to {on(one.to_on)}' if one.to_on else ''}"
    return f"First day {on(one.first_on)}. {held}" if one.first_on else held


def coming_row(one, names, crn, may):
    """A day that is booked, leading to its appointment, where it is said how they were told."""
    project, starts = one.session.project, one.session.from_at
    what = "Induction, " if project.kind == ProjectKind.INDUCTION else ""
    sees = Action.VIEW_CASE in may
    return Link(
        f"{what}{say_date(one.session.on)}, {say_time(starts)}: {names.text(project.name)}",
        reverse("appointment", args=[crn, one.appointment_id]) if sees else "",
    )


def session_row(one, names):
    how = [
        f"{word} {Grade(code).title.lower()}"
        for word, code in (("work", one.quality), ("behaviour", one.behaviour))
        if code and code != Grade.NOT_APPLICABLE
    ]
    return SessionRow(
        when=on(one.on),
        project=one.project,
        task=names.text(one.task) or "Not recorded",
        skills=", ".join(each.what for each in skills_of([one])) or "Not recorded",
        credited=say_minutes(one.minutes),
        how=", ".join(how).capitalize() or "Not recorded",
    )


def skill_row(one):
    return SkillRow(
        what=one.what,
        times=counted(one.times, "session"),
        over=say_minutes(one.minutes),
        since=on(one.first) if one.times == 1 else f"{on(one.first)} to {on(one.last)}",
    )


def review_shown(one, names):
    return Review(
        title=ReviewPoint(one.point).title,
        when=on(one.held_on),
        by=one.by.name,
        words=names.text(one.their_words),
        no_words=names.text(one.their_words_absent),
        strengths=names.text(one.strengths),
        next=names.text(one.next),
    )
