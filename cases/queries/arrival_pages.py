"""The arrivals of one case as pages show them: what came, what is missing, what stands before reading, what is next.

Source: product rules, clocks (arrival); docs/screens.md.
"""

from dataclasses import dataclass

from django.urls import reverse

from cases.models import Arrival
from cases.queries.arriving import first_seen, shown_by_record, still_to_read
from cases.queries.due import due_rows
from cases.reference.arriving import BroughtState, CameFrom
from cases.reference.deadlines import KINDS
from cases.rules.arriving import CLOCKS, TEN_DAYS, items_of
from staff.kit import DueRow, Gap, Line, Link, Tag, on, tag
from staff.permissions import Action

MARKS = {  # in the words of this page, each in the colour that the same state has elsewhere
    BroughtState.CAME: Tag("Here", tag("met").colour),
    BroughtState.ASKED: Tag("Asked for", tag("awaiting-reply").colour),
    BroughtState.NONE: Tag("There is none", tag("not-needed").colour),
    BroughtState.NOT_LOOKED: Tag("Not looked for", tag("still-to-do").colour),
}


@dataclass(frozen=True)
class ItemShown:
    title: str
    tag: Tag
    words: str


@dataclass(frozen=True)
class ArrivalPage:
    """One arrival whole."""

    key: int
    title: str
    lines: list[Line]
    items: list[ItemShown]
    gaps: list[Gap]
    due: list[DueRow]
    note: str
    read: str  # when and by whom; blank while it is not
    may_ask: bool  # something has not been looked for, and this reader may ask for it


@dataclass(frozen=True)
class ArrivalLine:
    """One of several."""

    title: str
    href: str
    tag: Tag


def arrivals_of_case(case):
    """Those of one case, the latest first."""
    found = case.arrivals.order_by("-arrived_on", "-pk")
    return [
        ArrivalLine(
            title=_title(one),
            href=reverse("arrival", args=[case.crn, one.pk]),
            tag=tag("met") if one.settled_on else tag("under-way"),
        )
        for one in found
    ]


def owed_of_no_arrival(case):
    """What an arrival owes and no arrival that is recorded asks for, each in a sentence with its day."""
    owed = case.deadlines.unmet().ours().filter(kind=TEN_DAYS)
    return [f"{KINDS[one.kind].title}: by {on(one.due_on)}" for one in owed]


def find_arrival(case, pk):
    found = Arrival.objects.filter(case=case, pk=pk).select_related("sentence", "read_by")
    return found.first()


def arrival_page(one, case, header, today):
    """One arrival, for the reader whose page this is."""
    names, may = header.names, header.may
    items = items_of(one.brought, shown_by_record([one])[one.pk])
    gaps = [] if one.read_on else [_gap(found, case, one, may) for found in still_to_read(case, one, today)]  # fmt: skip
    return ArrivalPage(
        key=one.pk,
        title=_title(one),
        lines=_lines(one),
        items=[_item(each, names) for each in items],
        gaps=gaps,
        due=due_rows(case, names, may, today, kinds=CLOCKS),
        note=names.text(one.note),
        read=f"{on(one.read_on)}, {one.read_by.name}" if one.read_on else "",
        may_ask=Action.RECORD_ARRIVAL in may
        and any(each.state == BroughtState.NOT_LOOKED for each in items),
    )


def _title(one):
    return f"{CameFrom(one.came_from).title}, {on(one.arrived_on)}"


def _lines(one):
    seen = first_seen([one]).get(one.case_id)
    sentence = one.sentence.description if one.sentence else ""
    return [
        Line("Came", on(one.arrived_on), detail=CameFrom(one.came_from).title),
        Line("Sentence", sentence or "Not recorded"),
        Line("First appointment", on(seen) if seen else "None recorded since they came"),
        Line("Settled", on(one.settled_on) if one.settled_on else "Not yet"),
    ]


def _item(one, names):
    said = [on(one.on) if one.on else "", names.text(one.words)]
    words = ". ".join(filter(None, said)) or one.state.title
    return ItemShown(one.what.title, MARKS[one.state], words)


def _gap(found, case, arrival, may):
    """Where it is put right, as far as this reader may."""
    href = ""
    if found.check and Action.RECORD_CHECK in may:
        href = reverse("send-request", args=[case.crn, found.check])
    elif found.question and Action.RECORD_ARRIVAL in may:
        href = f"{reverse('record-brought', args=[case.crn, arrival.pk])}#id_{found.question}"
    elif Action.VIEW_CHECKS in may:
        href = reverse("case-checks", args=[case.crn])
    return Gap(found.sentence, href, found.rule_and_source)


def next_links(case, one, may):
    """What this reader may do next about an arrival that is not settled."""
    if one.read_on is None and Action.READ_INFORMATION in may:
        yield Link("Say that the record is read", reverse("read-arrival", args=[case.crn, one.pk]))
    if Action.RECORD_ARRIVAL in may:
        yield Link("Say what came", reverse("record-brought", args=[case.crn, one.pk]))
    if Action.VIEW_REVIEW in may:
        yield Link("Induction", reverse("case-inductions", args=[case.crn]))
