"""The three numbers of one case as its page shows them, and the list behind each.

Source: `cases.rules.contact_figures`; features, idea 18 (three numbers a case, and a reason where the plan is below).
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localtime

from cases.queries.contact_figures import (
    figures_of,
    log_of_figures,
    window_from,
)
from cases.queries.contacts import happening
from cases.reference.codes import ContactLevel
from cases.rules.contact_figures import VERSION, Window, days_of, due_days, window_of
from cases.rules.words import counted, within_a_sentence
from staff.kit import Happening, Input, Line, Link, Working, on
from staff.permissions import Action
from staff.rules.dates import say_date

GIST = 140  # letters of the notes that the list behind a number repeats
NUMBERS = {  # of the three, in the order in which they are read
    "delivered": "Delivered",
    "planned": "Planned",
    "standard": "Standard",
}
BESIDE = {
    "offered": "Days on which a face-to-face appointment was offered",
    "kept": "Offered, and they came",
    "missed": "Offered, and not kept",
    "unsaid": "Offered, and nobody has said what came of it",
    "unplanned": "Seen without an appointment",
    "telephone": "Spoken to by telephone",
    "home_visits": "Seen at home",
}
RULE = (
    "Each level asks for whole contacts, due on the last day of each week, fortnight or calendar month since "
    "supervision in the community began with us; a month counts where all of it was supervised, and none of a period in which they could not be seen at all. Delivered: days on which "
    "they were seen face to face, by video too, each day once. The level and the plan of today are taken for the "
    "whole period, whatever they were before."
)
SOURCE = "local policy, contact levels of the GRID; the contract, one face to face offered a calendar month"


@dataclass(frozen=True)
class Behind:
    """The list behind one number: days on which contact fell due, or what is in the log."""

    title: str
    anchor: str
    days: list[str]
    items: list[Happening]


@dataclass(frozen=True)
class ContactPage:
    period: str
    not_counted: str  # why, in a sentence; blank where they are counted
    numbers: list[Link]  # delivered, planned, standard
    short: str  # what the three come to, in a sentence
    because: str  # why the plan is below the standard, as it says
    below: bool
    beside: list[Link]
    behind: list[Behind]
    working: Working | None
    plan: Link | None


def contact_page(case, names, may, now, weeks):
    today = localtime(now).date()
    found = figures_of([case.pk], today, weeks).get(case.pk)
    if found is None:
        return _nothing("This case is not supervised by us now, so no contact is counted.", "")
    window = window_of(today, weeks)
    period = _period(window_from(found.supervised, window))
    if found.not_counted:
        return _nothing(f"Not counted: {within_a_sentence(found.not_counted.title)}.", period)
    held, lines = _behind(case, found, window, names, now)
    return ContactPage(
        period=period,
        not_counted="",
        numbers=_links(found.figures, NUMBERS),
        short=in_words(found),
        because=names.text(found.because),
        below=found.supervised.below,
        beside=_links(found.figures, BESIDE),
        behind=held,
        working=_working(found, window, lines),
        plan=_plan(case, found, may),
    )


def _nothing(why, period):
    return ContactPage(period, why, [], "", "", False, [], [], None, None)


def in_words(found):
    """What the three numbers come to: what was not offered is told apart from what was not kept."""
    figures = found.figures
    planned = (
        "no plan says how often" if figures.planned is None else f"planned {figures.planned:,}"
    )
    words = f"Delivered {figures.delivered:,}, {planned}, standard {figures.standard:,}."
    if figures.delivered >= figures.standard:
        return words
    return f"{words} Offered on {counted(figures.offered, 'day')}, of which {figures.missed:,} not kept."


def _period(window):
    if window.first > window.last:
        return "Nothing is counted yet: supervision began today."
    return f"From {say_date(window.first)} to {say_date(window.last)}, {counted(_days(window), 'day')}."


def _days(window: Window):
    return (window.last - window.first).days + 1


def _links(figures, titles):
    links = []
    for name, title in titles.items():
        value = getattr(figures, name)
        text = "No plan" if value is None else f"{value:,}"
        links.append(Link(text, f"#{name}" if value else "", hidden=title))
    return links


def _behind(case, found, window, names, now):
    """The list behind each number that is not nought, and the lines of the log."""
    log = log_of_figures(case, found.supervised, window)
    lines = [line for _, line in log]
    days = days_of(lines)
    who = found.supervised
    due = {
        "standard": due_days(who.level, who.began_on, window, who.away),
        "planned": due_days(who.planned, who.began_on, window, who.away) if who.planned else [],
    }
    behind = []
    for name, title in {**NUMBERS, **BESIDE}.items():
        fell_due = [f"{day:%A} {on(day)}" for day in reversed(due.get(name, ()))]
        items = [
            happening(contact, names, now, dated=True, longest=GIST)
            for contact, line in log
            if line.day in days.get(name, ()) and _is_of(name, line)
        ]
        if fell_due or items:
            behind.append(Behind(_titled(name, title), name, fell_due, items))
    return behind, lines


def _titled(name, title):
    return f"{title}: days by which contact was due" if name in ("planned", "standard") else title


def _is_of(name, line):
    """Whether this line of a day that is counted under the figure is one by which it is."""
    match name:
        case "delivered" | "unplanned":
            return line.face_to_face and line.attended
        case "telephone":
            return line.telephone and line.attended
        case "home_visits":
            return line.home_visit and line.attended
        case "kept":
            return line.face_to_face and line.appointment and line.stands and line.attended
    return line.face_to_face and line.appointment and line.stands


def _working(found, window, lines):
    who = found.supervised
    planned = ContactLevel(who.planned).title if who.planned else "No plan says"
    return Working(
        title="How this is counted",
        inputs=[
            Input("Standard", ContactLevel(who.level).title, source="the GRID, today"),
            Input("Planned", planned, source="the plan in force"),
            Input("Supervision began with us", on(who.began_on), source="the sentence, or the day the case arrived"),
            Input("Could not be seen", _away(who), source="Standing still, on the case"),
            Input("Lines of the log", f"{len(lines):,}", _period(window_from(who, window))),
        ],
        rule=RULE,
        source=SOURCE,
        version=VERSION,
        answer=in_words(found),
    )  # fmt: skip


def _away(who):
    """The days of which a whole week or month asks for no contact."""
    said = [
        f"{on(one.first)} to {on(one.last)}" if one.last else f"since {on(one.first)}"
        for one in sorted(who.away, key=lambda one: one.first)
    ]
    return "; ".join(said) or "Nothing recorded"


def _plan(case, found, may):
    """Where the level of the plan is said or set, where it is below or there is none."""
    if found.supervised.planned and not found.supervised.below:
        return None
    if Action.WRITE_PLAN in may:
        return Link("The plan says how often", reverse("plan", args=[case.crn]))
    return None


def contact_lines(case, today, weeks):
    """The three numbers as a line for the overview; nothing where the case is not supervised by us."""
    found = figures_of([case.pk], today, weeks).get(case.pk)
    if found is None:
        return []
    period = f"over {counted(weeks, 'week')} to yesterday"
    if found.not_counted:
        return [Line("Contact had", f"Not counted: {within_a_sentence(found.not_counted.title)}")]
    return [Line("Contact had", in_words(found), detail=period)]
