"""A series before it is planned: its dates, the days it passes over, and everything that stands in its way.

Source: product rules, groups (sessions, rooms, leaders; nobody and no room is in two places). The page shows it, and the
service refuses by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime

from cases.models import Place
from cases.rules.booking import Weight
from cases.rules.words import counted
from cases.services.policy import clocks
from grid.models import Room
from grid.queries.leaders import leaders_for
from grid.queries.policy import interventions_on
from grid.queries.rooms import booked, rooms_at
from grid.reference.interventions import INTERVENTIONS
from grid.rules import series as planning
from grid.rules.intervention_policy import InterventionPolicy
from grid.rules.rooms import Wants, against_room
from grid.rules.series_leaders import Led, led_by, not_needed, outside_hours
from grid.rules.staffing import Asks, asks_of, cover, shortages
from staff.errors import RuleBroken
from staff.models import User

MOST_SAID = 8  # of one kind: where more stands in the way, the rest is counted


@dataclass(frozen=True, slots=True)
class Asked:
    """A series that somebody would plan. `room`: None only where it is for one person at a time."""

    code: str
    place: Place
    room: Room | None
    first_on: date
    weekly: tuple[planning.Weekly, ...]
    places: int
    leaders: Sequence[User]
    women_only: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """`planned`: None where there are no dates. `refused` and `told`: sentences; `stand_ins`: who could lead instead.

    `led`: each session with whoever of those chosen leads it.
    """

    policy: InterventionPolicy
    planned: planning.Series | None
    asks: Asks
    refused: tuple[str, ...]
    told: tuple[str, ...] = ()
    stand_ins: tuple[str, ...] = ()
    led: tuple[Led, ...] = ()


def look(asked, now):
    """What would come of it. Refuses nothing itself: what stands in the way is said."""
    today = localtime(now).date()
    in_force = interventions_on(today)
    terms = in_force.terms[asked.code]
    asks = asks_of(terms)
    refused = list(_against_terms(asked, terms, today))
    closures = closures_of(asked.room, today)
    try:
        planned = planning.plan(terms.dose, asked.first_on, asked.weekly, closures, now)
    except RuleBroken as refusal:
        return Looked(in_force, None, asks, (*refused, str(refusal)))
    of_room, told = _against_room(asked, asks, planned, today)
    of_leaders, stand_ins, led = _led(asked, asks, planned, today)
    told += _some(outside_hours((one.session, one.leaders) for one in led))
    return Looked(in_force, planned, asks, (*refused, *of_room, *of_leaders), told, stand_ins, led)


def closures_of(room, today):
    """Days on which a series in this room cannot run: while the room is shut, and bank holidays that the provider added."""
    shut = room.shut.filter(to_on__gte=today).order_by("from_on", "pk") if room else ()
    return planning.Closures(
        tuple(
            planning.Shut(one.from_on, one.to_on, f"{room.name} is shut, {one.why}") for one in shut
        ),
        frozenset(clocks(today).extra_bank_holidays),
    )


def room_found(room, wants, today):
    """Everything between this room and what asks for it, as it is booked now. Four statements."""
    found = next((one for one in rooms_at(room.place, today) if one.room == room.pk), None)
    if found is None:
        raise RuleBroken(f"{room.name} is not used any more. Choose another room.")
    first, last = wants.sessions[0].on, wants.sessions[-1].on
    return against_room(found, wants, booked([room.pk], first, last))


def _against_terms(asked, terms, today):
    intervention = INTERVENTIONS[asked.code]
    if not terms.offered:
        yield f"{intervention.title} is not offered now."
    if not terms.least <= asked.places <= terms.most:
        between = (
            f"from {terms.least} to {terms.most}" if terms.least < terms.most else str(terms.most)
        )
        yield f"A series of it has {between} places, and not {asked.places}."
    if asked.place.closed_on and asked.place.closed_on <= today:
        yield f"{asked.place.name} is closed. Choose another place."
    if terms.sites and asked.place.name not in terms.sites:
        yield f"The policy does not hold it at {asked.place.name}. Choose another place."
    if asked.room is None and not intervention.one_to_one:
        yield "Choose a room: only what is done one to one needs none of its own."
    if asked.room is not None and asked.room.place_id != asked.place.pk:
        yield f"{asked.room.name} is not at {asked.place.name}. Choose a room of that place."
    if terms.women_only and not asked.women_only:
        yield "The policy has it for women alone. Say so."


def _against_room(asked, asks, planned, today):
    """(what refuses the room, what is told of it)"""
    if asked.room is None or asked.room.place_id != asked.place.pk:
        return (), ()
    people = asked.places + asks.leaders
    try:
        found = room_found(asked.room, Wants(planned.sessions, people, asked.women_only), today)
    except RuleBroken as refusal:
        return (str(refusal),), ()
    refused = [one.text for one in found if one.weight is Weight.REFUSES]
    return _some(refused), tuple(one.text for one in found if one.weight is not Weight.REFUSES)


def _led(asked, asks, planned, today):
    """(what refuses those chosen, who could lead where they cannot, each session with its leaders)"""
    everybody = leaders_for(planned.sessions, place=asked.place, code=asked.code, today=today)
    by_key = {one.user: one for one in everybody}
    keys = dict.fromkeys(one.pk for one in asked.leaders)
    chosen = [by_key[pk] for pk in keys if pk in by_key]
    led = led_by(chosen, planned.sessions, asks)
    short = [one.words for one in shortages(chosen, planned.sessions, asks)]
    refused = [
        *(f"{one.name} does not lead groups. Choose another." for one in asked.leaders if one.pk not in by_key),
        *_some(short),
        *(f"{one.name} would lead none of these sessions. Take them out." for one in not_needed(chosen, led) if not short),
    ]  # fmt: skip
    covers = cover(chosen, everybody, planned.sessions, asks)
    return refused, _some(map(say_cover, covers)), tuple(led)


def say_cover(one):
    """Who could stand in at a session, by name."""
    names = ", ".join(each.leader.name for each in one.stand_ins)
    return f"{one.words} {names}." if names else one.words


def _some(sentences):
    """As many as are read, and how many more there are."""
    found = list(sentences)
    if len(found) <= MOST_SAID:
        return tuple(found)
    return (*found[:MOST_SAID], f"Besides that: {counted(len(found) - MOST_SAID, 'more thing')}.")
