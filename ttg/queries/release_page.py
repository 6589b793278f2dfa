"""The page of a release: the stay in prison, how long is left, and what must be there by the gate.

Source: product rules, gates (release); Through the Gate reference 7.
"""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from cases.queries.due import due_rows
from cases.queries.people import officer_of
from cases.services.policy import clocks
from staff.kit import DueRow, Happening, Line, Link, Tag, on
from staff.permissions import Action
from ttg.queries.gate_on_case import links_of, may_be_planned, meetings_on, told_of
from ttg.queries.readiness import readiness_of
from ttg.reference.custody import CustodyKind, ReleaseKind
from ttg.reference.readiness import Must, Stands
from ttg.rules.days_left import say_leaves, say_left
from ttg.rules.owed import DONE
from ttg.rules.readiness import is_in_short
from ttg.rules.release_dates import falls_badly

TAGS = {
    Stands.THERE: Tag("There", "green"),
    Stands.AT_RISK: Tag("At risk", "yellow"),
    Stands.MISSING: Tag("Missing", "red"),
    Stands.NOT_NEEDED: Tag("Not needed", "grey"),
}
NEEDS = {  # what a reader must be able to do for a page to be offered; any other asks for VIEW_RELEASE
    "book-appointment": Action.BOOK_APPOINTMENT,
    "record-contact": Action.RECORD_CONTACT,
    "plan-gate-meeting": Action.WRITE_RESETTLEMENT,
    "receive-into-custody": Action.RECORD_CUSTODY,
}
MEETING = "#gate-meeting"  # on this page
PAGES = (  # beside this one
    ("Custody and dates", "custody"),
    ("Resettlement plan", "resettlement-plan"),
    ("Risk in the plan", "risk-items"),
    ("Needs and referrals", "release-needs"),
    ("Home", "release-home"),
    ("In hand at the gate", "release-in-hand"),
    ("First days", "first-days"),
    ("Gate sheet", "gate-sheet"),
    ("Hand-over", "hand-over"),
)


@dataclass(frozen=True)
class MustShown:
    title: str
    words: str
    tag: Tag
    whose: str
    link: Link | None


@dataclass(frozen=True)
class ReleasePage:
    leaves: str  # blank: they were never in prison, as far as we know
    tag: Tag | None
    lines: list[Line]
    gate: list[MustShown]
    beside: list[MustShown]
    gate_story: list[
        Happening
    ]  # of the meeting at the gate: what was said of it, and that it was planned
    meeting: list[Link]  # what may be done about it
    pages: list[Link]
    owed: list[DueRow]
    earlier: list[Happening]
    receive: (
        str  # where it is recorded that they are in prison; blank: not by this reader, or they are
    )


def stay_of(case):
    """The stay in prison now, or else the last from which somebody was released; None where there is none."""
    stays = case.custodies.filter(ended_on=None).select_related("prison", "worker", "mentor")
    found = stays.order_by("-received_on", "-pk").first()
    if found:
        found.case = case
    return found


def release_page(case, header, today):
    """All that the page shows, in a fixed number of statements."""
    stay, may = stay_of(case), header.may
    earlier = _earlier(case, stay, header.names)
    receive = _at("receive-into-custody", case, may) if not stay or stay.released_on else ""
    if stay is None:
        return ReleasePage("", None, [], [], [], [], [], [], [], earlier, receive)
    found, meetings = readiness_of([stay], today)[stay.pk], meetings_on(stay)
    musts = [(one, _must(one, _where(one, case, may, stay, meetings))) for one in found]
    return ReleasePage(
        leaves=_leaves(stay, today),
        tag=short_tag(found),
        lines=_lines(stay, case, header.names),
        gate=[shown for one, shown in musts if one.by_the_gate],
        beside=[shown for one, shown in musts if not one.by_the_gate],
        gate_story=told_of(meetings, header.names),
        meeting=links_of(meetings, stay, case.crn, may, today),
        pages=[Link(text, href) for text, name in PAGES if (href := _at(name, case, may))],
        owed=due_rows(case, header.names, may, today, list(DONE)),
        earlier=earlier,
        receive=receive,
    )


def short_tag(found):
    """Readiness in one word."""
    words = {Stands.THERE: Tag("Ready", "green"), Stands.AT_RISK: Tag("At risk", "yellow")}
    return words.get(is_in_short(found), Tag("Not ready", "red"))


def _leaves(stay, today):
    if stay.released_on:
        return say_left(stay.released_on)
    words = say_leaves(stay.release_on, today)
    badly = (
        falls_badly(stay.release_on, clocks(today).extra_bank_holidays) if stay.release_on else ""
    )
    return f"{words}. {badly}" if badly else words


def _lines(stay, case, names):
    prison = stay.prison.name if stay.prison else "Not recorded"
    kind = ReleaseKind(stay.release_kind).title if stay.release_kind else ""
    return [
        Line("Prison", prison, detail=names.text(stay.prison_officer)),
        Line("Since", on(stay.received_on), detail=CustodyKind(stay.kind).title),
        Line("Leaves", on(stay.released_on or stay.release_on), detail=kind),
        Line("Responsible officer", officer_of(case)),
        Line("Through the Gate", stay.worker.name if stay.worker else "Nobody is named"),
        Line("Mentor", stay.mentor.name if stay.mentor else "Nobody is named"),
    ]


def _where(one, case, may, stay, meetings):
    """Where it is put right. A meeting that is planned, or over, stands further down on the same page."""
    if one.code != Must.GATE or may_be_planned(meetings, stay):
        return _at(one.page, case, may)
    return MEETING if meetings else ""


def _must(one, href):
    link = Link("Look at it", href, hidden=f": {one.code.title}") if href else None
    return MustShown(one.code.title, one.words, TAGS[one.stands], one.whose.title, link)


def _earlier(case, stay, names):
    rows = case.custodies.select_related("prison").order_by("-received_on", "-pk")
    return [_stay(one, names) for one in rows if stay is None or one.pk != stay.pk]


def _stay(one, names):
    until = one.released_on or one.ended_on
    prison = one.prison.name if one.prison else "Prison not recorded"
    text = f"Ended without a release: {names.text(one.ended_because)}" if one.ended_on else ""
    return Happening(
        title=f"{prison}: {CustodyKind(one.kind).title.lower()}",
        when=f"From {on(one.received_on)} to {on(until)}",
        text=text,
        on=one.received_on.isoformat(),
    )


def _at(name, case, may):
    """Where that page of this case is; blank where the reader may not open it, or it is not there."""
    if NEEDS.get(name, Action.VIEW_RELEASE) not in may:
        return ""
    try:
        return reverse(name, args=[case.crn])
    except NoReverseMatch:
        return ""
