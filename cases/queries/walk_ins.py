"""Walk-ins: who waits at the desk with what must be known of them, and all of one case.

Source: product rules, roles (duty officer); supervision reference 2.4.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Place, WalkIn
from cases.queries.at_the_door import (
    expected_on,
    in_words,
    instructions_of,
    must_not_meet,
    near_banned,
    warnings_of,
)
from cases.queries.contact_details import not_to_be_rung
from cases.queries.due import due_rows
from cases.queries.names import names_for_each
from cases.queries.people import officer_of
from cases.queries.reach import actions_on_each
from cases.reference.duty import CameFor, WalkInState
from cases.rules.walk_ins import minutes_waited, say_waited, waits_long
from cases.rules.words import ended
from staff.kit import DueRow, Happening, Line, Link, on
from staff.permissions import Action
from staff.rules.dates import say_time

MOST = 100  # who wait at once
SAFE = {True: "Say that they are safe today", False: "Say that they are not safe", None: "Not asked yet if they are safe"}  # fmt: skip
RING = frozenset({"call_same_day"})


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits, as the desk shows them."""

    crn: str
    name: str
    href: str  # the case on one sheet
    waited: str
    long: bool
    came_for: str
    words: str
    safe: str
    worry: bool  # they say that they are not safe
    where: str
    officer: str
    warnings: list[str]  # what must be known before anybody goes out to them, the worst first
    actions: list[Link]


@dataclass(frozen=True)
class WalkInPage:
    """All of one case."""

    key: int | None  # of whoever waits
    lines: list[Line]
    warnings: list[str]
    past: list[Happening]
    due: list[DueRow]
    not_to_ring: list[
        str
    ]  # numbers that are not safe, by their last digits, where somebody is to ring
    may_record: bool
    may_see: bool


def waiting_among(cases):
    """Those who wait, of these cases, whoever came first before the others."""
    found = WalkIn.objects.waiting().filter(case__in=cases).select_related("case__officer", "place")
    return found.order_by("came_at", "pk")


def waiting_rows(cases, user, now):
    """[Waiting] of these cases. In a fixed number of statements."""
    found = list(waiting_among(cases)[:MOST])
    people = {one.case_id: one.case for one in found}
    may = actions_on_each(people.values(), user)
    names = names_for_each(people.values(), may)
    warned = door_warnings(found, user, now)
    return [
        _waiting(one, names[one.case_id], may[one.case_id], warned[one.pk], now) for one in found
    ]


def door_warnings(walk_ins, user, now):
    """{walk-in: [what must be known, the worst first]}. In a fixed number of statements."""
    keys = {one.case_id for one in walk_ins}
    told, warned = instructions_of(keys), warnings_of(keys)
    apart, near = must_not_meet(keys, user, now), near_banned(walk_ins, localtime(now).date())
    return {
        one.pk: [
            ended(words)
            for words in (
                told.get(one.case_id),
                in_words(apart.get(one.case_id)),
                warned.get(one.case_id),
                near.get(one.pk),
            )
            if words
        ]
        for one in walk_ins
    }


def walk_in_page(case, header, user, now):
    """For the reader whose page this is, in a fixed number of statements."""
    found = list(case.walk_ins.select_related("place", "recorded_by", "ended_by", "contact"))
    waiting = next((one for one in found if one.state == WalkInState.WAITING), None)
    past = sorted((one for one in found if one.ended_at), key=lambda one: one.came_at, reverse=True)
    may = Action.SEE_WALK_IN in header.may
    for one in found:
        one.case = case
    due = due_rows(case, header.names, header.may, localtime(now).date(), kinds=RING)
    return WalkInPage(
        key=waiting and waiting.pk,
        lines=list(_lines(waiting, header.names, now)) if waiting else [],
        warnings=door_warnings([waiting], user, now)[waiting.pk] if waiting else [],
        past=[_past(one, header.names) for one in past],
        due=due,
        not_to_ring=not_to_be_rung(case) if due else [],
        may_record=may and not waiting and not case.left_as,
        may_see=may and waiting is not None,
    )


def find_walk_in(case, pk):
    """One of the case, or None."""
    found = case.walk_ins.select_related("place", "recorded_by").filter(pk=pk).first()
    if found:
        found.case = case
    return found


def waiting_of(case):
    """Whoever waits of this case, or None."""
    return case.walk_ins.waiting().select_related("place").first()


def waiting_words(case, names):
    """ "Waiting at Reading since 10:12am. An appointment, ..."; blank where nobody waits."""
    one = waiting_of(case)
    if one is None:
        return ""
    where = f" at {one.place.name}" if one.place else ""
    return f"Waiting{where} since {_time(one.came_at)}. {ended(what_they_say(one, names))} {SAFE[one.safe]}."


def appointments_today(case, today):
    """[(line of the log, "Planned office visit, 2pm")] of the day, that a walk-in may be about."""
    found = expected_on(today).filter(case=case).order_by("started_at", "pk")
    return [(one, f"{one.type_name or one.type_code}, {_time(one.started_at)}") for one in found]


def places_to_choose(user, today):
    """[(key, name)] of the places in use, that of the reader's own team first."""
    found = Place.objects.in_use(today).order_by("name")
    return sorted(found, key=lambda one: one.team_id is None or one.team_id != user.team_id)


def usual_place(user, places):
    """Key of where the reader last recorded somebody, else of their own team's office; blank where neither is known."""
    open_now = {one.pk for one in places}
    last = WalkIn.objects.filter(recorded_by=user, place__in=open_now).order_by("-came_at", "-pk")
    found = last.values_list("place", flat=True).first()
    own = next((one.pk for one in places if one.team_id and one.team_id == user.team_id), None)
    return str(found or own or "")


def what_they_say(one, names):
    """Why they came, and their words."""
    came_for, words = CameFor(one.came_for).title, names.text(one.words)
    return f"{came_for}: {words}" if words else came_for


def _waiting(one, names, may, warnings, now):
    case, minutes = one.case, minutes_waited(one.came_at, now)
    return Waiting(
        crn=case.crn,
        name=case.list_name,
        href=reverse("case-summary", args=[case.crn]),
        waited=say_waited(minutes),
        long=waits_long(minutes),
        came_for=CameFor(one.came_for).title,
        words=names.text(one.words),
        safe=SAFE[one.safe],
        worry=one.safe is False,
        where=one.place.name if one.place else "",
        officer=officer_of(case),
        warnings=warnings,
        actions=_actions(one, case) if Action.SEE_WALK_IN in may else [],
    )


def _actions(one, case):
    where = [case.crn, one.pk]
    return [
        Link("Say what it came to", reverse("see-walk-in", args=where), hidden=f"for {case.name}"),
        Link("They left", reverse("walk-in-left", args=where), hidden=f": {case.name}"),
    ]


def _lines(one, names, now):
    yield Line("Came", _when(one.came_at), detail=f"Waiting for {say_waited(minutes_waited(one.came_at, now))}")  # fmt: skip
    yield Line("Why", what_they_say(one, names))
    yield Line("Safe today?", SAFE[one.safe])
    yield Line("Where", one.place.name if one.place else "")
    yield Line("Recorded by", one.recorded_by.name)


def _past(one, names):
    said = [what_they_say(one, names), SAFE[one.safe], names.text(one.came_to)]
    return Happening(
        title=WalkInState(one.state).title,
        when=_when(one.came_at),
        by=one.ended_by.name if one.ended_by else "",
        text="\n".join(ended(words) for words in said),
        href=_outcome(one),
        on=localtime(one.came_at).date().isoformat(),
    )


def _outcome(one):
    """The appointment it was about, where it was."""
    if one.contact_id and one.contact.appointment:
        return reverse("appointment", args=[one.case.crn, one.contact_id])
    return ""


def _when(at):
    return f"{on(localtime(at).date())}, {_time(at)}"


def _time(at):
    return say_time(localtime(at).time())
