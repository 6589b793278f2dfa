"""Who the victim liaison officer of a case is, what they are still to hear, and what they heard.

Nobody reads here who or where a victim is. Source: `cases.reference.victim_liaison`.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import VictimLiaison, VictimNotice
from cases.reference.codes import Register
from cases.reference.victim_liaison import ToldHow, VictimCause
from cases.rules.words import ended
from staff.kit import Happening, Line, Link, on
from staff.permissions import Action
from staff.rules.dates import say_date

BY = {
    ToldHow.EMAIL: "by secure e-mail",
    ToldHow.TELEPHONE: "by telephone",
    ToldHow.MEETING: "at a meeting",
}


@dataclass(frozen=True)
class ToTell:
    """Something they are still to hear."""

    key: int
    title: str
    words: str
    happened: str
    actions: list[Link]


@dataclass(frozen=True)
class VictimPage:
    lines: list[Line]  # who they are; none: nobody is recorded
    gap: str  # what is missing of that, in a sentence
    owed: list[ToTell]
    answered: list[Happening]
    before: list[Happening]  # who it was before
    actions: list[Link]
    add: str  # where something else is recorded; blank: not by this reader
    registered: bool


def victim_page(case, names, may):
    """For the reader whose page this is, in a fixed number of statements."""
    may_tell = Action.TELL_VICTIM_LIAISON in may
    rows = list(case.victim_liaison.select_related("recorded_by").order_by("-since_on", "-pk"))
    standing = next((one for one in rows if one.ended_on is None), None)
    notices = list(case.victim_notices.select_related("answered_by").order_by("raised_at", "pk"))
    registered = case.registrations.current().filter(type_code=Register.VICTIM_CONTACT).exists()
    return VictimPage(
        lines=_lines(standing, names) if standing else [],
        gap=_gap(standing, registered),
        owed=[_owed(one, case, names, may_tell) for one in notices if not one.answered_at],
        answered=[_answered(one, names) for one in reversed(notices) if one.answered_at],
        before=[_before(one, names) for one in rows if one.ended_on],
        actions=_actions(case, standing) if may_tell else [],
        add=reverse("add-victim-notice", args=[case.crn])
        if may_tell and (registered or standing)
        else "",
        registered=registered,
    )


def find_notice(case, pk):
    """One that is still to be told, or None."""
    found = VictimNotice.objects.owed().filter(case=case, pk=pk).first()
    if found:
        found.case = case
    return found


def find_liaison(case, pk):
    """Whoever it is now, by key, or None."""
    found = VictimLiaison.objects.standing().filter(case=case, pk=pk).first()
    if found:
        found.case = case
    return found


def title_of(notice):
    return f"{VictimCause(notice.cause).title}, {say_date(notice.happened_on)}"


def _lines(one, names):
    return [
        Line("Victim liaison officer", names.text(one.officer)),
        Line("Unit", names.text(one.unit)),
        Line("How to reach them", names.text(one.reach)),
        Line("Since", on(one.since_on), detail=f"Recorded by {one.recorded_by.name}"),
    ]


def _gap(standing, registered):
    if standing:
        return ""
    if registered:
        return "Nobody is recorded, and victim contact is registered. Ring the victim liaison unit of the NPS today and ask who it is."
    return "Nobody is recorded, and victim contact is not registered."


def _owed(one, case, names, may_tell):
    where = [case.crn, one.pk]
    actions = [
        Link("Say that they were told", reverse("tell-victim-liaison", args=where)),
        Link("They need not hear of it", reverse("need-not-tell-victim-liaison", args=where)),
    ]
    return ToTell(
        key=one.pk,
        title=VictimCause(one.cause).title,
        words=names.text(one.words),
        happened=f"{on(one.happened_on)}, known here since {on(localdate(one.raised_at))}",
        actions=actions if may_tell else [],
    )


def _answered(one, names):
    if one.told_on:
        when = f"Told on {on(one.told_on)}"
        title = f"{title_of(one)}: {names.text(one.told_whom)} was told {BY[ToldHow(one.told_how)]}"
    else:
        when, title = on(localdate(one.answered_at)), f"{title_of(one)}: need not be told"
    return Happening(
        title=title,
        when=when,
        by=one.answered_by.name if one.answered_by else "By itself",
        text=f"{ended(names.text(one.words))} {names.text(one.said)}",
        on=(one.told_on or localdate(one.answered_at)).isoformat(),
    )


def _before(one, names):
    return Happening(
        title=f"{names.text(one.officer)}, {names.text(one.unit)}, from {say_date(one.since_on)} to {say_date(one.ended_on)}",
        when=on(one.ended_on),
        by=one.recorded_by.name,
        text=names.text(ended(one.ended_because)),
        on=one.ended_on.isoformat(),
    )


def _actions(case, standing):
    name = reverse("name-victim-liaison", args=[case.crn])
    if not standing:
        return [Link("Say who it is", name)]
    over = reverse("end-victim-liaison", args=[case.crn, standing.pk])
    return [Link("Somebody else is it now", name), Link("Say that it ended", over)]
