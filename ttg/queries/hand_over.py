"""The page of a hand-over: what was said, what was asked, and what the reader may do next.

Source: Through the Gate reference 6, 7; report 4.2.3.
"""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime

from cases.rules.addresses import address
from cases.rules.calendar import add_working_days
from cases.services.policy import clocks
from staff.kit import Line, Link, Tag, on
from staff.permissions import Action
from staff.rules.dates import say_date, say_time
from ttg.models import HandOver
from ttg.reference.hand_over import HandOverState
from ttg.reference.readiness import Must, Stands

TAGS = {
    HandOverState.OFFERED: Tag(HandOverState.OFFERED.title, "yellow"),
    HandOverState.QUERIED: Tag(HandOverState.QUERIED.title, "orange"),
    HandOverState.ACCEPTED: Tag(HandOverState.ACCEPTED.title, "green"),
}
AFTERWARDS = (  # what an officer who has taken over begins with
    ("Accept or change what the resettlement plan says of risk", "risk-items", Action.TAKE_OVER_RELEASE),
    ("Assess them, with what the resettlement plan says beside it", "assessment", Action.VIEW_ASSESSMENT),
    ("Plan with them", "plan", Action.VIEW_PLAN),
)  # fmt: skip


@dataclass(frozen=True)
class HandOverPage:
    tag: Tag | None  # None: nothing is handed over yet
    lines: list[Line]
    kept: list[Line]  # what was there and what was missing when it was accepted
    kept_on: str
    actions: list[Link]
    afterwards: list[Link]


def hand_over_of(stay):
    """The hand-over of a stay in prison, or None."""
    rows = HandOver.objects.select_related("offered_by", "accepted_by")
    return rows.filter(custody=stay).first() if stay else None


def hand_over_page(stay, found, header, today):
    """For the reader whose page this is. `found`: the hand-over, None where there is none."""
    facts = found.facts.get("must_haves", []) if found else []
    kept_on = found.facts.get("on", "") if found else ""
    return HandOverPage(
        tag=TAGS[HandOverState(found.state)] if found else None,
        lines=_lines(found, header.names) if found else [],
        kept=[_kept(one) for one in facts],
        kept_on=say_date(date.fromisoformat(kept_on)) if kept_on else "",
        actions=_actions(stay, found, header),
        afterwards=_afterwards(stay, header, today)
        if found and found.state == HandOverState.ACCEPTED
        else [],
    )


def _lines(found, names):
    lines = [
        Line("They spoke", on(found.met_on), detail=names.text(found.how)),
        Line("Who took part", names.text(found.who_came)),
        Line("What was said", names.text(found.minutes)),
        Line("To watch for in the first days", names.text(found.watch_for) or "Not recorded"),
        Line("Handed over by", found.offered_by.name, detail=_moment(found.offered_at)),
    ]
    if found.asked:
        lines.append(Line("The officer asked", names.text(found.asked), detail=_moment(found.asked_at)))  # fmt: skip
        lines.append(Line("The answer", names.text(found.answer) or "Not answered yet"))
    if found.accepted_by:
        detail = " ".join(filter(None, (_moment(found.accepted_at), names.text(found.accepted_note))))  # fmt: skip
        lines.append(Line("Accepted by", found.accepted_by.name, detail=detail))
    return lines


def _kept(row):
    stands = Stands(row["stands"]).title
    return Line(Must(row["code"]).title, stands, detail=row["words"])


def _actions(stay, found, header):
    state = found.state if found else ""
    if stay is None or state == HandOverState.ACCEPTED:
        return []
    may, links = header.may, []

    def add(text, name):
        links.append(Link(text, reverse(name, args=[header.crn])))

    if state == HandOverState.OFFERED and Action.TAKE_OVER_RELEASE in may:
        add("Accept the hand-over", "accept-hand-over")
        add("Ask something first", "ask-about-hand-over")
    if state == HandOverState.QUERIED and Action.WRITE_RESETTLEMENT in may:
        add("Answer what the officer asked", "answer-hand-over")
    if Action.WRITE_RESETTLEMENT in may and not stay.released_on:
        add("Hand over again" if state else "Hand over to the officer", "offer-hand-over")
    return links


def _afterwards(stay, header, today):
    """The first appointment comes first, with its day and what it enforces filled in; then what is read, and where to."""
    links = [
        Link(text, reverse(name, args=[header.crn]))
        for text, name, action in AFTERWARDS
        if action in header.may
    ]
    plan = stay.plans.in_force().order_by("-signed_at", "-pk").first()
    if plan:
        signed = say_date(localtime(plan.signed_at).date())
        text = f"Read the resettlement plan, signed {signed}"
        links.insert(0, Link(text, reverse("see-resettlement-plan", args=[header.crn, plan.pk])))
    if Action.BOOK_APPOINTMENT in header.may:
        links.insert(0, Link(*_first_appointment(stay, header.crn, today)))
    return links


def _first_appointment(stay, crn, today):
    """(text, address): on the next working day after release, where that is known. Source: contract SL002."""
    page, leaves = reverse("book-appointment", args=[crn]), stay.released_on or stay.release_on
    if leaves is None:
        return "Book the first appointment", page
    on = add_working_days(leaves, 1, clocks(today).extra_bank_holidays)
    return f"Book the first appointment, for {on:%A} {say_date(on)}", address(page, after_release=on.isoformat())  # fmt: skip


def _moment(at):
    local = localtime(at)
    return f"{say_date(local.date())}, {say_time(local)}."
