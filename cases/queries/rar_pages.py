"""Rehabilitation activity requirements as their page shows them: the numbers, the bar, what is planned, the days.

Source: `cases.rules.rar`; report 2.3 (days sat unused and nobody saw it).
"""

from dataclasses import dataclass, field

from django.urls import reverse

from cases.queries.rar import rar_of_case
from cases.queries.rar_days import DayRow, ForecastPart, activities_by_day, day_row, forecast_part
from cases.queries.sentences import requirement_name
from cases.reference.appointments import RAR_DAY, RarTheme
from cases.reference.plans import Route
from cases.rules.addresses import address
from cases.rules.words import counted, ended, within_a_sentence
from staff.kit import Column, Link, Tag, on, tag
from staff.permissions import Action

WIDTH = 1000  # units along which the bar is drawn
HEADS = ("Ordered", "Planned", "Booked", "Credited", "Left")
BAR_HEADS = [Column("Days"), Column("How many", numeric=True)]


@dataclass(frozen=True)
class Bar:
    """Credited, then booked, along as many days as were ordered."""

    words: str
    credited: int  # widths
    booked_from: int
    booked: int
    rows: list[list]


@dataclass(frozen=True)
class ActivityRow:
    what: str
    theme: str
    objective: str
    route: str
    days: int
    credited: str
    booked: str
    ended: str
    links: list[Link]


@dataclass(frozen=True)
class DayList:
    title: str
    anchor: str
    days: list[DayRow]
    empty: str


@dataclass(frozen=True)
class RequirementPage:
    key: int
    title: str
    sentence: str
    words: str
    tag: Tag | None
    stalled: bool
    cells: list[Link]  # each number, leading to the list behind it
    recorded: str  # what nDelius counts, where that is another number
    bar: Bar | None
    forecast: ForecastPart | None
    activities: list[ActivityRow]
    lists: list[DayList]
    notes: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def rar_page(case, names, may, today, weeks):
    """A `RequirementPage` of each requirement, those that run first."""
    found = rar_of_case(case, today, weeks)
    return [_page(one, case, names, may, today, weeks) for one in found]


def _page(one, case, names, may, today, weeks):
    sentence, links = one.requirement.sentence, _links(one, case, may)
    return RequirementPage(
        key=one.requirement.pk,
        title=requirement_name(one.requirement),
        sentence=f"{sentence.description or 'Sentence'}, to {on(one.order.ends_on)}",
        words=one.words(today),
        tag=_tag(one),
        stalled=one.since is not None,
        cells=_cells(one),
        recorded=_recorded(one),
        bar=_bar(one.tally),
        forecast=forecast_part(one, one.forecast(today, weeks), case, names, links),
        activities=[_activity(each, one, case, names, may) for each in one.activities],
        lists=_lists(one, case, names),
        notes=_notes(one, names),
        links=links,
    )


def _tag(one):
    if not one.runs:
        return tag("closed")
    if one.since:
        return tag("still-to-do")
    return tag("met") if one.tally.left == 0 else None


def _cells(one):
    tally, key = one.tally, one.requirement.pk
    ordered = "not recorded" if tally.ordered is None else f"{tally.ordered:,}"
    left = "not known" if tally.left is None else f"{tally.left:,}"
    numbers = (
        (ordered, ""),
        (f"{tally.planned:,}", f"#activities-{key}"),
        (f"{len(tally.booked):,}", f"#booked-{key}"),
        (f"{len(tally.credited):,}", f"#credited-{key}"),
        (left, ""),
    )
    return [
        Link(text, href, hidden=head) for head, (text, href) in zip(HEADS, numbers, strict=True)
    ]


def _recorded(one):
    """nDelius' own count is shown beside ours where it differs, and never added to it."""
    recorded, ours = one.requirement.completed, len(one.tally.credited)
    if recorded is None or recorded == ours:
        return ""
    return (
        f"nDelius counts {recorded.normalize():f} completed. We count {ours:,}: a calendar day once, from the log of "
        "contact. Put the log right where it is wrong; the two are never added."
    )


def _bar(tally):
    if not tally.ordered:
        return None
    done, booked = len(tally.credited), len(tally.booked)
    whole = max(tally.ordered, done + booked)
    return Bar(
        words=f"{done:,} credited, {booked:,} booked and {tally.to_book:,} not booked, of {tally.ordered:,} ordered",
        credited=done * WIDTH // whole,
        booked_from=done * WIDTH // whole,
        booked=booked * WIDTH // whole,
        rows=[
            ["Credited", done],
            ["Booked", booked],
            ["Left and not booked", tally.to_book],
            ["Ordered", tally.ordered],
        ],
    )


def _activity(activity, one, case, names, may):
    return ActivityRow(
        what=names.text(activity.what),
        theme=RarTheme(activity.theme).title,
        objective=names.text(activity.objective.what) if activity.objective else "",
        route=Route(activity.route).title,
        days=activity.days,
        credited=_said(one.tally.by_activity.get(activity.pk, ())),
        booked=_said(one.tally.booked_by_activity.get(activity.pk, ())),
        ended=_ended(activity, names),
        links=_activity_links(activity, one, case, names, may),
    )


def _said(days):
    return f"{len(days):,}: {', '.join(on(day) for day in days)}" if days else "None"


def _ended(activity, names):
    if activity.ended_on is None:
        return ""
    return f"Ended {on(activity.ended_on)}: {ended(names.text(activity.ended_because))}"


def _activity_links(activity, one, case, names, may):
    if activity.ended_on or not one.runs:
        return []
    hidden = f": {names.text(activity.what)}"
    links = []
    if Action.BOOK_APPOINTMENT in may and one.tally.left:
        links.append(Link("Book a day", _book(case, activity), hidden=hidden))
    if Action.WRITE_PLAN in may:
        args = [case.crn, activity.pk]
        links += [
            Link("Change", reverse("change-rar-activity", args=args), hidden=hidden),
            Link("End", reverse("end-rar-activity", args=args), hidden=hidden),
        ]
    return links


def _book(case, activity):
    here = reverse("book-appointment", args=[case.crn])
    return address(here, type=RAR_DAY, rar_activity=activity.pk)


def _lists(one, case, names):
    """The days behind each number, the latest first; those that are still to come, the next first."""
    tally, key = one.tally, one.requirement.pk
    of = activities_by_day(one, names)
    held = (
        ("Credited", "credited", reversed(tally.credited), "Days that are credited would be listed here."),
        ("Booked", "booked", tally.booked, "Days that are booked would be listed here."),
        ("Nobody has said what came of it", "unsaid", reversed(tally.unsaid), ""),
        ("Offered, and not credited", "missed", reversed(tally.missed), ""),
    )  # fmt: skip
    lists = [
        DayList(title, f"{code}-{key}", [day_row(day, of, case) for day in days], empty)
        for title, code, days, empty in held
    ]
    return [each for each in lists if each.days or each.empty]


def _notes(one, names):
    """What else whoever reads it should know, in sentences."""
    tally, notes = one.tally, []
    if one.enough:
        because = within_a_sentence(ended(names.text(one.enough.because)))
        notes.append(
            f"{one.enough.said_by.name} said on {on(one.enough.said_on)} that the days done are enough: {because}"
        )
    if tally.outside:
        notes.append(
            f"{counted(len(tally.outside), 'day')} {'is' if len(tally.outside) == 1 else 'are'} credited under no "
            "activity that was planned. Only work that was planned counts: plan it, or put the log right."
        )
    live = {each.pk for each in one.activities if each.ended_on is None}
    under = sum(len(tally.by_activity.get(pk, ())) for pk in live)
    rest = (tally.left or 0) - max(0, tally.planned - under)
    if one.runs and not one.enough and rest > 0:
        notes.append(
            f"{counted(rest, 'day')} left {'has' if rest == 1 else 'have'} no activity planned."
        )
    return notes


def _links(one, case, may):
    if not one.runs:
        return []
    links = []
    live = [each for each in one.activities if each.ended_on is None]
    if Action.BOOK_APPOINTMENT in may and one.tally.left and live:
        links.append(Link("Book a day", _book(case, live[0])))
    if Action.WRITE_PLAN in may:
        plan = address(
            reverse("plan-rar-activity", args=[case.crn]), requirement=one.requirement.pk
        )
        links.append(Link("Plan an activity", plan))
        if one.tally.left and not one.enough:
            args = [case.crn, one.requirement.pk]
            links.append(
                Link("Say that the days done are enough", reverse("say-rar-enough", args=args))
            )
    return links
