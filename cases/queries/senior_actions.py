"""What seniors asked to be done on a case, as its pages show it.

Source: product rules, oversight. Who may read of it: `Action.VIEW_SENIOR_ACTIONS`.
"""

from dataclasses import dataclass

from django.urls import reverse

from cases.queries.due import how_late
from cases.reference.senior_actions import SeniorActionState
from cases.rules.words import shortened
from staff.kit import Happening, Line, Link, Tag, on, tag
from staff.permissions import Action

PEOPLE = ("asked_by", "owner", "settled_by")
MARKS = {
    SeniorActionState.OPEN: "still-to-do",
    SeniorActionState.DONE: "met",
    SeniorActionState.WITHDRAWN: "withdrawn",
}
LONGEST = 100  # letters that a line repeats


@dataclass(frozen=True)
class SeniorActionPage:
    """One of them whole, for the reader whose page this is."""

    tag: Tag
    words: str  # where it stands
    lines: list[Line]
    actions: list[Link]


def find_senior_action(case, pk):
    return case.senior_actions.select_related(*PEOPLE).filter(pk=pk).first()


def senior_actions_of(case, names, today):
    """Each as an entry of a list, the latest first."""
    return [
        Happening(
            title=shortened(names.text(one.what), LONGEST),
            when=on(one.asked_on),
            by=one.asked_by.name,
            text=how_it_stands(one, today),
            href=reverse("senior-action", args=[case.crn, one.pk]),
            tag=mark_of(one, today),
            on=one.asked_on.isoformat(),
        )
        for one in case.senior_actions.select_related(*PEOPLE).order_by("-pk")
    ]


def senior_action_page(case, one, names, may, today):
    return SeniorActionPage(
        tag=mark_of(one, today),
        words=f"{how_it_stands(one, today)}.",
        lines=list(_lines(one, names)),
        actions=list(_links(case, one, may)),
    )


def mark_of(one, today):
    """`one`: of a case or of a session, by its state and the day it is due."""
    late = one.state == SeniorActionState.OPEN and how_late(one.due_on, today)
    return tag("overdue" if late else MARKS[SeniorActionState(one.state)])


def how_it_stands(one, today):
    match SeniorActionState(one.state):
        case SeniorActionState.DONE:
            return f"Done on {on(one.settled_on)}"
        case SeniorActionState.WITHDRAWN:
            return f"No longer asked for since {on(one.settled_on)}"
    late = how_late(one.due_on, today)
    return f"To be done by {on(one.due_on)}" + (f", {late}" if late else "")


def _lines(one, names):
    yield Line("What is to be done", names.text(one.what))
    yield Line("Why it matters", names.text(one.why))
    yield Line("Asked for by", f"{one.asked_by.name}, {on(one.asked_on)}")
    yield Line("Asked of", one.owner.name, detail="Whoever holds the case does it")
    if one.settled_on:
        said = "What was done" if one.state == SeniorActionState.DONE else "Why not any more"
        who = f"{on(one.settled_on)}, {one.settled_by.name}"
        yield Line(said, names.text(one.settled_because), detail=who)


def _links(case, one, may):
    if one.state != SeniorActionState.OPEN:
        return
    if Action.DO_SENIOR_ACTION in may:
        yield Link("Say it is done", reverse("do-senior-action", args=[case.crn, one.pk]))
    if Action.ASK_SENIOR_ACTION in may:
        here = reverse("withdraw-senior-action", args=[case.crn, one.pk])
        yield Link("Ask for it no longer", here)
