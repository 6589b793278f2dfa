"""What the pages of a quarter's timetable say: proposals, and one series by series with its people as far as the reader may see.

Source: product rules (a decision shows its working); limited access. What counts people is of the whole proposal.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Case
from cases.queries.among import among
from cases.queries.names import names_for_each
from cases.queries.reach import actions_on_each
from cases.rules.words import counted
from grid.models import Timetable, TimetablePlace
from grid.reference.groups import TimetableState
from grid.reference.interventions import INTERVENTIONS
from grid.reference.parts_of_day import PartOfDay, When
from grid.rules.quarter_words import say_times
from staff.kit import Tag, on
from staff.models import User
from staff.permissions import Action

TAGS = {
    TimetableState.WORKING: Tag("Being worked out", "blue"),
    TimetableState.PROPOSED: Tag("Proposed", "yellow"),
    TimetableState.PUBLISHING: Tag("Being published", "blue"),
    TimetableState.PUBLISHED: Tag("Published", "green"),
    TimetableState.DROPPED: Tag("Given up", "grey"),
}
HINTS = {
    TimetableState.WORKING: "It is being worked out, which takes a minute or two. Nothing is lost if you leave this page.",
    TimetableState.PROPOSED: "Nothing is planned yet. Take out what you do not want, then publish it or give it up.",
    TimetableState.PUBLISHING: "It is being published, series by series. What is done so far is below.",
    TimetableState.PUBLISHED: "Published. Each series is planned, and places are kept for a few days while people are asked.",
    TimetableState.DROPPED: "Given up. Nothing of it was planned.",
}
FIGURES = (  # of the two timetables beside each other
    ("series", "Series"),
    ("started", "People who begin"),
    ("in_time", "Finish before their order or licence ends"),
    ("court_in_time", "Of them by order of a court"),
    ("weeks_waited", "Weeks waited on average, of everybody who waits"),
)


@dataclass(frozen=True)
class TimetableRow:
    href: str
    quarter: str
    asked: str
    tag: Tag


@dataclass(frozen=True)
class FigureRow:
    name: str
    proposed: str
    first_come: str


@dataclass(frozen=True)
class PersonRow:
    name: str
    crn: str
    href: str
    refused: str


@dataclass(frozen=True)
class SeriesRow:
    pk: int
    title: str
    where: str
    when: str
    days: str
    leaders: str
    number: int
    people: list[PersonRow]
    kept_from: int  # of its people, how many the reader is not shown
    why: list[str]
    kept: bool
    refused: list[str]
    made: str  # where the series is that it became; blank: it is none


def rows_of_timetables(found) -> list[TimetableRow]:
    return [
        TimetableRow(
            href=reverse("quarter", args=[one.pk]),
            quarter=say_quarter(one),
            asked=f"{one.asked_by.name}, {on(localdate(one.asked_at))}",
            tag=TAGS[TimetableState(one.state)],
        )
        for one in found.select_related("asked_by").order_by("-asked_at", "-pk")
    ]


def say_quarter(one: Timetable) -> str:
    last = one.first_on + timedelta(weeks=one.weeks, days=-1)
    return f"{on(one.first_on)} to {on(last)}"


def figures_of(one: Timetable) -> list[FigureRow]:
    """As it was worked out, with every series."""
    if not one.figures:
        return []
    proposed, first_come = one.figures["proposed"], one.figures["first_come"]
    return [FigureRow(name, f"{proposed[key]:,}", f"{first_come[key]:,}") for key, name in FIGURES]


def say_gap(one: Timetable) -> str:
    """How good the answer is, as far as is known."""
    if one.counts is None:
        return ""
    if one.best:
        return f"No better timetable is possible by what is weighed. It took {one.took} seconds."
    share = (one.at_most - one.counts) / one.at_most if one.at_most else 0
    stopped = " The clock stopped the search: asked again, it may propose otherwise." if one.by_the_clock else ""  # fmt: skip
    return f"A better one might exist, by {share:.1%} at most. It took {one.took} seconds.{stopped}"


def say_kept(rows: list[SeriesRow]) -> str:
    """What is left of it once series were taken out."""
    kept = [one for one in rows if one.kept]
    return f"{counted(len(kept), 'series', 'series')} with {counted(sum(one.number for one in kept), 'person', 'people')}"


def series_of(one: Timetable, user) -> list[SeriesRow]:
    """By the day on which each begins. The same few statements however many there are."""
    rows = list(one.series.select_related("place").order_by("first_on", "pk"))
    people = defaultdict(list)
    places = TimetablePlace.objects.filter(series__in=rows).select_related("case").order_by("pk")
    for place in places:
        people[place.series_id].append(place)
    ids = {place.case_id for those in people.values() for place in those}
    seen = Case.objects.open_to(user, Action.VIEW_WAITING).filter(pk__in=among(ids))
    seen = set(seen.values_list("pk", flat=True))
    leaders = {key for row in rows for key in row.leaders}
    names = {each.pk: each.name for each in User.objects.filter(pk__in=leaders)}
    told = _told(places, seen, user)
    return [_row(row, people[row.pk], seen, names, told) for row in rows]


def _told(places, seen, user) -> dict[int, str]:
    """{place: why it could not be kept, as the reader may read names}, where something is said: staff may have written it."""
    refused = [one for one in places if one.refused and one.case_id in seen]
    cases = {one.case_id: one.case for one in refused}
    if not cases:
        return {}
    names = names_for_each(list(cases.values()), actions_on_each(list(cases.values()), user))
    return {one.pk: names[one.case_id].text(one.refused) for one in refused}


def _row(row, people, seen, names, told):
    shown = [one for one in people if one.case_id in seen]
    return SeriesRow(
        pk=row.pk,
        title=INTERVENTIONS[row.code].title,
        where=row.place.name,
        when=say_times(tuple(When(day, PartOfDay(part)) for day, part in row.times)),
        days=f"{on(row.first_on)} to {on(row.last_on)}",
        leaders=", ".join(sorted(names[key] for key in row.leaders)),
        number=len(people),
        people=[_person(one, told.get(one.pk, "")) for one in shown],
        kept_from=len(people) - len(shown),
        why=row.why,
        kept=row.kept,
        refused=row.refused,
        made=reverse("series", args=[row.made_id]) if row.made_id else "",
    )


def _person(one, refused):
    case = one.case
    return PersonRow(case.list_name, case.crn, reverse("case-offers", args=[case.crn]), refused)


def without_of(one: Timetable) -> list[tuple[str, int]]:
    """Why those without a place have none, and how many it is said of, most first."""
    found: dict[str, int] = {}
    for _, why in one.facts.get("without", []):
        found[why] = found.get(why, 0) + 1
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
