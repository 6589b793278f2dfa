"""What the page of finding work shows: what stands in the way, and projects in order; and the induction days.

Source: ui, still to do (the words of the refusal, from the first minute); product rules, gates.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse

from cases.rules.gaps import gates
from cases.rules.travel import minutes
from cases.rules.words import counted
from staff.kit import Link, on
from staff.permissions import Action
from staff.rules.dates import say_time
from unpaidwork.models import Project
from unpaidwork.queries.before_work import before_work
from unpaidwork.queries.generating import closed_days
from unpaidwork.queries.matching import matches_for
from unpaidwork.queries.person_maps import COLUMNS, map_of_matches
from unpaidwork.queries.projects import sites_of
from unpaidwork.reference.sites import ProjectKind
from unpaidwork.rules.availability import days_of
from unpaidwork.rules.day_keys import say_day
from unpaidwork.rules.generating import WEEKS_AHEAD
from unpaidwork.rules.hours import say_minutes
from unpaidwork.rules.matching import Stands, is_mended_next

HEADINGS = {
    Stands.MAY: "They can work here",
    Stands.ASK: "Only if a senior probation officer lets it pass",
    Stands.NEVER: "Not for them",
}


@dataclass(frozen=True)
class Row:
    """One project for this person. `place`: in the order of the list, as the map has it. `days`: none where it is not for them."""

    place: int
    project: str
    what: str
    days: list[str]
    room: str
    why: list[str]
    against: list[str]
    links: list[Link]


@dataclass(frozen=True)
class Group:
    heading: str
    rows: list[Row]


@dataclass(frozen=True)
class InductionDay:
    project: int
    on: str  # as a form sends it
    words: str


def finding(work, header, today, *, user, moving=None):
    """All that the page of finding work shows, in a fixed number of statements."""
    found = matches_for(work, today, but=moving and moving.pk)
    before = before_work(work.case, found.of_case, header, today, user=user)
    hours = found.board.hours[work.pk]
    words = {one.pk: one for one in Project.objects.filter(pk__in=list(found.board.sites))}
    rows = {
        stands: [
            _row(place, one, work, words[one.site.project], header, moving, shut=bool(before.left))
            for place, one in enumerate(found.matches, 1)
            if one.stands == stands
        ]
        for stands in Stands
    }
    return {
        "before": before,
        "ask": _ask(work.case, before.left, header),
        "left": say_minutes(hours.left) if hours.known else "Not recorded",
        "finish_by": on(hours.finish_by),
        "groups": [Group(HEADINGS[one], rows[one]) for one in Stands if rows[one]],
        "map": map_of_matches(found.matches, found.board, work.case_id, header.names),
        "map_columns": COLUMNS,
        "inductions": [] if moving else induction_days(today, found.board.homes.get(work.case_id)),
    }


def _row(place, one, work, project, header, moving, *, shut):
    names = header.names
    site = one.site
    free, open_to_them = max(day.free for day in one.days), one.stands != Stands.NEVER
    return Row(
        place=place,
        project=names.text(site.name),
        what=names.text(project.what_is_done),
        days=[say_day(day.runs) for day in one.days] if open_to_them else [],
        room=f"Room for {counted(free, 'more', 'more')}" if free else "Full",
        why=[names.text(words) for words in one.why],
        against=[names.text(gap.sentence) for gap in one.against if not _said_next(gap)],
        links=[] if shut else list(_links(one, work, header, moving)),
    )


def _said_next(gap):
    """What whoever allocates writes on the next page is not against the place."""
    return is_mended_next(gap) and gap.key == "travel:far"


def _links(one, work, header, moving):
    crn, project = work.case.crn, one.site.project
    query = {"work": str(work.pk), **({"move": str(moving.pk)} if moving else {})}
    if one.stands != Stands.NEVER:
        words = "Choose" if one.stands == Stands.MAY else "Look closer"
        yield Link(
            words, reverse("choose-work", args=[crn, project], query=query), hidden=one.site.name
        )
    asks = [gap for gap in gates(one.against) if gap.may_override]
    if one.stands == Stands.ASK and asks and Action.ASK_OVERRIDE in header.may:
        yield Link(
            "Ask a senior",
            reverse(
                "ask-work-override", args=[crn], query={"gap": asks[0].key, "project": str(project)}
            ),
            hidden=f"about {one.site.name}",
        )


def _ask(case, left, header):
    """Where to ask to go ahead all the same; blank: nothing of it may be passed, or not by this reader."""
    may = any(one.may_override for one in left)
    if not may or Action.ASK_OVERRIDE not in header.may:
        return ""
    return reverse("ask-work-override", args=[case.crn])


def induction_days(today, home):
    """The induction days of the next weeks: the nearest place to their home first, as far as it is known."""
    projects = Project.objects.running(today).filter(kind=ProjectKind.INDUCTION)
    first, last = today + timedelta(days=1), today + timedelta(weeks=WEEKS_AHEAD)
    closed = closed_days(first, last, today)
    days = [
        (day, site)
        for site in sites_of(list(projects.values_list("pk", flat=True)), today).values()
        for day in days_of(site.availability, first, min(last, site.to_on or last), closed)
    ]
    away = {site.project: minutes(home, site) for _, site in days}
    return [
        InductionDay(
            site.project,
            day.on.isoformat(),
            f"{day.on:%A} {on(day.on)}, {say_time(day.from_at)}: {site.name}{_far(away[site.project])}",
        )
        for day, site in sorted(
            days, key=lambda one: (away[one[1].project] or 0, one[0], one[1].project)
        )
    ]


def _far(away):
    """How far that is, in the words of the list of projects."""
    return f", about {counted(away, 'minute')} each way" if away else ""
