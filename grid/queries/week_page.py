"""What the page of when somebody can come says: the week as they said it, what is left of it, places, and who asked before.

Sources: features 76; report 2.3. Words that staff wrote are read as the reader may read names.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import time, timedelta

from django.urls import reverse
from django.utils.timezone import localtime

from cases.queries.days import midnight
from cases.rules.hours import DAYS
from cases.rules.travel import Mode
from cases.rules.words import counted, within_a_sentence
from grid.models import GroupAttendance, SaidWeek
from grid.queries.seekers import homes_at, places_of_groups, seekers_of
from grid.reference.groups import CanGo
from grid.reference.interventions import INTERVENTIONS
from grid.reference.parts_of_day import PartOfDay
from grid.rules.coming import Seeker
from grid.rules.free_slots import HOURS, MIDNIGHT, Week, free_on
from staff.kit import Line, Link, on
from staff.permissions import Action
from staff.rules.dates import say_date, say_time

NOT_FREE = "No"
# From and to, in minutes after midnight: what of a day stands in the column of each part
COLUMNS = {
    PartOfDay.MORNING: (0, HOURS[PartOfDay.AFTERNOON][0]),
    PartOfDay.AFTERNOON: HOURS[PartOfDay.AFTERNOON],
    PartOfDay.EVENING: (HOURS[PartOfDay.EVENING][0], MIDNIGHT),
}
WOMEN_ONLY = {
    True: "She wants groups for women alone",
    False: "She comes to groups with men as well",
    None: "Not asked",
}
NO_HOME = "How far any place is for them is not known: no postcode that we can place is recorded for where they live."


@dataclass(frozen=True)
class DayRow:
    day: str
    cells: list[tuple[str, str]]  # the part of the day, and when in it they can come


@dataclass(frozen=True)
class CommitmentRow:
    words: str
    when: str
    recorded: str
    take_back: str  # blank: this reader may not


@dataclass(frozen=True)
class PlaceSaidRow:
    name: str
    way: str
    said: str
    change: str  # blank: this reader may not


@dataclass(frozen=True)
class EarlierWeek:
    asked: str
    days: list[str]
    note: str


@dataclass(frozen=True)
class CaseWeek:
    """`asked`: when and by whom; blank: nobody has asked. `left`: blank where they are tied to nothing."""

    asked: str
    lines: list[Line]
    said: list[DayRow]
    left: list[DayRow]
    commitments: list[CommitmentRow]
    groups: list[str]
    no_home: str
    places: list[PlaceSaidRow]
    earlier: list[EarlierWeek]
    next: Link | None


def weeks_said(case):
    """What they said, the latest first, each with who recorded it and its times. Two statements."""
    weeks = SaidWeek.objects.filter(case=case).select_related("recorded_by")
    return list(weeks.prefetch_related("times").order_by("-said_at", "-pk"))


def times_of(week):
    """Its rows from Monday on: of a day its parts as they come, then its exact hours."""
    parts = list(PartOfDay)
    return sorted(
        week.times.all(),
        key=lambda one: (
            one.weekday,
            parts.index(PartOfDay(one.part)) if one.part else len(parts),
            one.from_at or time(),
        ),
    )


def commitments_of(case, today):
    """What they are tied to, that was not taken back and is not over."""
    found = case.commitments.standing(today).select_related("recorded_by")
    return list(found.order_by("weekday", "from_at", "pk"))


def groups_of(case, today):
    """The sessions of groups at which they are expected, today's among them."""
    expected = GroupAttendance.objects.expected().filter(
        case=case, starts_at__gte=midnight(today), appointment__called_off_at=None
    )
    return list(expected.select_related("session__series").order_by("starts_at", "pk"))


def places_said(case):
    return {one.place_id: one for one in case.places_said.select_related("place")}


def case_week(case, names, may, today) -> CaseWeek:
    """`may`: what the reader may do on this case, by which links lead only where they may go."""
    seeker, weeks = seekers_of([case.pk], today)[case.pk], weeks_said(case)
    writes = Action.SAY_WEEK in may
    current = weeks[0] if weeks else None
    return CaseWeek(
        asked=asked_words(current) if current else "",
        lines=_lines(current, seeker, names) if current else [],
        said=_rows(Week(seeker.week.said), today) if seeker.week else [],
        left=_left(seeker.week, today) if seeker.week else [],
        commitments=[_commitment(case, one, names, writes) for one in commitments_of(case, today)],
        groups=[group_words(one) for one in groups_of(case, today)],
        no_home="" if homes_at([case.pk]) else NO_HOME,
        places=_places(case, seeker, current, names, may, today),
        earlier=[
            EarlierWeek(asked_words(one), times_by_day(one), names.text(one.note))
            for one in weeks[1:]
        ],
        next=_next(case, may),
    )


def asked_words(week):
    at = localtime(week.said_at)
    return f"Asked on {on(at.date())} at {say_time(at.time())} by {week.recorded_by.name}"


def times_by_day(week):
    """ "Monday: morning, 6pm to 8pm", of each day that holds any."""
    found = defaultdict(list)
    for one in times_of(week):
        found[one.weekday].append(time_words(one))
    return [f"{DAYS[day]}: {', '.join(found[day])}" for day in sorted(found)]


def time_words(one):
    """Of a row: "morning", or "9am to 11am"."""
    if one.part:
        return PartOfDay(one.part).title.lower()
    return f"{say_time(one.from_at)} to {say_time(one.to_at)}"


def when_words(one):
    """Of a commitment: "Every Monday, 9am to 5pm, until 3 May 2018"."""
    hours = f"{say_time(one.from_at)} to {say_time(one.to_at)}"
    if one.to_at < one.from_at:
        hours = f"{hours} the next day"
    if one.first_on and one.first_on == one.last_on:
        return f"{DAYS[one.weekday]} {say_date(one.first_on)}, {hours}"
    first = f", from {say_date(one.first_on)}" if one.first_on else ""
    last = f", until {say_date(one.last_on)}" if one.last_on else ""
    return f"Every {DAYS[one.weekday]}, {hours}{first}{last}"


def group_words(one):
    """Of an attendance: "Resolve: Monday 3 May 2018, 6pm to 8pm"."""
    starts, ends = localtime(one.starts_at), localtime(one.ends_at)
    title = INTERVENTIONS[one.session.series.code].title
    return f"{title}: {starts:%A} {say_date(starts.date())}, {say_time(starts.time())} to {say_time(ends.time())}"


def _lines(week, seeker: Seeker, names):
    lines = [Line("How they get about", Mode(week.by_way_of).title)]
    if seeker.company.woman:
        lines.append(Line("Groups for women alone", WOMEN_ONLY[week.women_only]))
    return [*lines, Line("Note", names.text(week.note) or "None")]


def _left(week, today):
    """What is left in a usual week from today on. What comes on one day alone is left out of account."""
    every_week = tuple(one for one in week.commitments if not one.once)
    return _rows(Week(week.said, every_week), today) if every_week else []


def _rows(week, today):
    """A row for each day from Monday on, each of them as it next comes."""
    found = []
    for weekday, day in enumerate(DAYS):
        next_one = today + timedelta(days=(weekday - today.weekday()) % 7)
        free = free_on(week, next_one)
        cells = [(part.title, _cell(part, free)) for part in PartOfDay]
        found.append(DayRow(day, cells))
    return found


def _cell(part, free):
    opens, closes = COLUMNS[part]
    pieces = [
        (max(start, opens), min(end, closes))
        for start, end in free
        if start < closes and opens < end
    ]
    return ", ".join(_stretch(part, *one) for one in pieces) or NOT_FREE


def _stretch(part, start, end):
    if (start, end) == HOURS[part]:
        return f"All {part.title.lower()}"
    return f"{_minute(start)} to {_minute(end)}"


def _minute(minute):
    return "midnight" if minute in (0, MIDNIGHT) else say_time(time(*divmod(minute, 60)))


def _commitment(case, one, names, writes):
    at = localtime(one.recorded_at).date()
    return CommitmentRow(
        words=names.text(one.words),
        when=when_words(one),
        recorded=f"{on(at)} by {one.recorded_by.name}",
        take_back=reverse("take-back-commitment", args=[case.crn, one.pk]) if writes else "",
    )


def _places(case, seeker: Seeker, week, names, may, today):
    """Where groups may be held and what they spoke of besides, the nearest first."""
    said = places_said(case)
    places = {one.pk: one for one in places_of_groups(today)}
    places |= {pk: one.place for pk, one in said.items()}
    by_way_of = Mode(week.by_way_of) if week else Mode.BUS
    far = max(seeker.minutes.values(), default=0) + 1
    rows = sorted(places.values(), key=lambda one: (seeker.minutes.get(one.pk, far), one.name))
    return [
        PlaceSaidRow(
            name=one.name,
            way=_way(seeker.minutes.get(one.pk), by_way_of),
            said=_said_of(one, said.get(one.pk), seeker, names, may),
            change=reverse("say-of-place", args=[case.crn, one.pk])
            if Action.SAY_WEEK in may
            else "",
        )
        for one in rows
    ]


def _way(minutes, by_way_of):
    if minutes is None:
        return "Not known"
    return f"About {counted(minutes, 'minute')}, {within_a_sentence(by_way_of.title)}"


def _said_of(place, said, seeker, names, may):
    words = []
    if said:
        because = f": {names.text(said.because)}" if said.because else ""
        words.append(f"{CanGo(said.can_go).title}{because}")
    kept_from = place.pk in seeker.barred and not (said and said.can_go == CanGo.CANNOT)
    if kept_from:
        seen = Action.VIEW_RESTRICTIONS in may
        words.append("An order keeps them from there" if seen else CanGo.CANNOT.title)
    return ". ".join(words)


def _next(case, may):
    if Action.VIEW_ASSESSMENT not in may:
        return None
    return Link("Interventions that suit them", reverse("case-interventions", args=[case.crn]))
