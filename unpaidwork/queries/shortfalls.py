"""Hours that no place fills: of one person in words, whose they are, and days missing by week of everybody.

Source: `unpaidwork.rules.generating`, `unpaidwork.rules.shortfalls`; report 4.1 (regular work was not arranged).
"""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse

from cases.models import Case
from cases.rules.words import counted
from cases.services.appointment_sets import may_be_booked
from staff.kit import Link, on
from staff.permissions import Action
from unpaidwork.models import Project, Work
from unpaidwork.queries.generating import closed_days, places_of, shortfalls
from unpaidwork.queries.hours import hours_of
from unpaidwork.queries.matching import BY_THE_WEEK
from unpaidwork.queries.projects import sites_of
from unpaidwork.reference.work import WorkState
from unpaidwork.rules.generating import WEEK
from unpaidwork.rules.hours import say_minutes
from unpaidwork.rules.shortfalls import (
    Week,
    days_free,
    days_missing,
    minutes_missing,
    mondays_ahead,
)

WHAT_NEXT = (
    "Find them another day, or other work with more of them. Where there is none, tell whoever holds the case: more "
    "time is for the court."
)


@dataclass(frozen=True)
class Short:
    """What no place of theirs fills, and what comes next."""

    words: str
    next: str
    link: Link | None  # for whoever may place them


def short_of(works, hours, allocations, case, may, today):
    """{key of a work: `Short`} of those of these that their places (`allocations`) do not fill."""
    waiting = [one for one in works if _is_to_be_filled(one, hours[one.pk])]
    found = shortfalls(waiting, hours, today, allocations) if waiting else {}
    return {
        one.pk: _short(found[one.pk], hours[one.pk], one, case, may)
        for one in waiting
        if found[one.pk].short or found[one.pk].weekly_short
    }


def _is_to_be_filled(work, hours):
    return work.state == WorkState.OPEN and hours.known and hours.left > 0 and not hours.first


def _short(found, hours, work, case, may):
    link = None
    if Action.ALLOCATE_WORK in may:
        query = {"work": str(work.pk)}
        link = Link("Find work", reverse("allocate-work", args=[case.crn], query=query))
    return Short(_words(found, hours), WHAT_NEXT, link)


def _words(found, hours):
    if not found.offered:
        return f"No place fills any of the {say_minutes(found.left)} left."
    weekly = (
        f"Their places come to {say_minutes(found.weekly)} a week, and {say_minutes(min(found.weekly_due, found.left))} "
        "is the least to be offered."
    )
    if not found.short:
        return weekly
    total = (
        f"Their places come to {say_minutes(found.offered)} by {on(hours.finish_by)}, and {say_minutes(found.left)} are "
        f"left: nothing fills {say_minutes(found.short)}."
    )
    return f"{total} {weekly}" if found.weekly_short else total


def short_cases(keys, today):
    """The cases, of these, with hours left that their places do not fill. A fixed number of statements."""
    works = list(Work.objects.filter(case__in=keys, state=WorkState.OPEN))
    hours = hours_of(works, today)
    waiting = [one for one in works if _is_to_be_filled(one, hours[one.pk])]
    found = shortfalls(waiting, hours, today) if waiting else {}
    return {one.case_id for one in waiting if found[one.pk].short or found[one.pk].weekly_short}


def weeks_ahead(user, today):
    """[Week] of the weeks ahead, of everybody whom this reader may place. A fixed number of statements."""
    cases = may_be_booked(Case.objects.open_to(user, Action.ALLOCATE_WORK).values("pk"))
    works = list(Work.objects.filter(case__in=cases, state=WorkState.OPEN))
    hours, places = hours_of(works, today), places_of(works, today)
    sites = sites_of(Project.objects.running(today).filter(kind__in=BY_THE_WEEK).values_list("pk", flat=True), today)  # fmt: skip
    mondays = mondays_ahead(today)
    closed = closed_days(today, mondays[-1] + timedelta(days=WEEK - 1), today)
    short = [
        minutes_missing(
            places[one.pk], left=hours[one.pk].left, weekly_due=one.weekly_minutes, today=today,
            mondays=mondays, closed=closed,
        )
        for one in works
        if _is_to_be_filled(one, hours[one.pk])
    ]  # fmt: skip
    taken = [place for held in places.values() for place in held]
    return [
        Week(
            first=monday,
            people=sum(one[n] > 0 for one in short),
            missing=sum(days_missing(one[n]) for one in short),
            free=days_free(sites.values(), taken, monday, closed),
        )
        for n, monday in enumerate(mondays)
    ]


@dataclass(frozen=True)
class WeekRow:
    """A week as the page of sessions shows it."""

    when: str
    people: str
    missing: str
    free: str
    next: str


def weeks_shown(user, today):
    return [_week(one) for one in weeks_ahead(user, today)]


def _week(week):
    return WeekRow(
        when=f"Week of {on(week.first)}",
        people=f"{week.people:,}",
        missing=f"{week.missing:,}",
        free=f"{week.free:,}",
        next=_what_next(week),
    )


def _what_next(week):
    if not week.missing:
        return "Nothing is missing."
    if week.free >= week.missing:
        return "Place them: there is room on projects that run."
    more = counted(week.missing - week.free, "day")
    return f"Find {more} more than there is room for: add days to a project, or take on another."
