"""Whether a room can hold a series: one at a time, as many people as it holds, in the hours of its place.

Sources: product rules, groups (rooms, women-only first-class; overlaps and double bookings refused). Hours are those of
the clock in London; what ends at 3pm leaves the room free at 3pm.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from cases.rules.booking import Beside, Weight
from cases.rules.booking_facts import Hours
from cases.rules.cover import Days
from cases.rules.words import counted, listed, sentence
from grid.rules.sessions import LONDON, Session, Stretch
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time

LEAST_HOLDS, MOST_HOLDS = 2, 100  # people
NAMED = 5  # sessions that a refusal names, before it counts the rest


@dataclass(frozen=True, slots=True)
class Room:
    """`holds`: people, those who lead among them. `hours`: of its place; none where nobody has put them in.

    `closed_on`: from that day on it is no room of ours, or its place no place; None: nobody has said so.
    """

    room: int
    name: str  # with its place: "Room 2, Reading office"
    holds: int
    hours: tuple[Hours, ...] = ()
    shut: tuple[Days, ...] = ()
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Booked:
    """A time at which a room is taken. `series`: whose session it is; None: something else."""

    room: int
    stretch: Stretch
    series: int | None = None


@dataclass(frozen=True, slots=True)
class Wants:
    """What asks for a room. `series`: None where it is not there yet."""

    sessions: tuple[Session, ...]
    people: int  # places and leaders
    women_only: bool = False
    series: int | None = None


def against_room(room: Room, wants: Wants, booked: Iterable[Booked]) -> list[Beside]:
    """Everything that stands between this room and a series, in order of the sessions; nothing where it can be held."""
    taken = [
        one for one in booked if one.room == room.room and not _is_of(one.series, wants.series)
    ]
    found = [*_people(room, wants)]
    if not room.hours:
        found.append(
            Beside("hours_unknown", f"Nobody has put in when {room.name} is open: ask there.")
        )
    for session in wants.sessions:
        found += _of_a_session(room, session, wants.women_only)
        held = session.stretch
        found += [_overlap(room, session, one) for one in taken if held.overlaps(one.stretch)]
    return found


def check_room(room: Room, wants: Wants, booked: Iterable[Booked]) -> None:
    """Refuse a room that cannot hold it, saying the first thing and how many more there are."""
    refused = [one for one in against_room(room, wants, booked) if one.weight is Weight.REFUSES]
    if refused:
        more = f" Besides that: {counted(len(refused) - 1, 'more thing')}." if refused[1:] else ""
        raise RuleBroken(f"{refused[0].text} Choose another room or time.{more}")


def rooms_that_fit(rooms: Iterable[Room], wants: Wants, booked: Iterable[Booked]) -> list[Room]:
    """Those that refuse nothing, the smallest first, so that the large ones stay free."""
    booked = list(booked)
    found = [
        one
        for one in rooms
        if all(each.weight is not Weight.REFUSES for each in against_room(one, wants, booked))
    ]
    return sorted(found, key=lambda one: (one.holds, one.name, one.room))


def check_holds(room: Room, holds: int, most: int) -> None:
    """Refuse a number of people that is none, or fewer than a series to come brings. `most`: people, 0 where none does."""
    if not LEAST_HOLDS <= holds <= MOST_HOLDS:
        raise RuleBroken(f"A room holds from {LEAST_HOLDS} to {MOST_HOLDS} people.")
    if holds < most:
        raise RuleBroken(
            f"A series to come brings {most} people to {room.name} with those who lead. Move it to another room first."
        )


def check_closing(room: Room, closed_on: date, held: Iterable[Booked]) -> None:
    """Refuse to close a room for good while sessions stand in it on that day or after it. `held`: whatever stands there."""
    after = [one for one in held if _day_of(one) >= closed_on]
    if after:
        raise RuleBroken(
            f"{counted(len(after), 'session')} {_stand(after)} in {room.name} from {say_date(closed_on)} on: "
            f"{_which(after)}. Move or call off what is to come, or choose a later day."
        )


def check_shutting(room: Room, days: Days, why: str, held: Iterable[Booked], today: date) -> None:
    """Refuse to shut a room on days that are no days, that it is shut on, or on which sessions stand in it."""
    if days.to_on < days.from_on:
        raise RuleBroken("The last day on which it is shut cannot be before the first.")
    if days.to_on < today:
        raise RuleBroken(f"{say_date(days.to_on)} has been. Enter today or a later day.")
    if not why:
        raise RuleBroken("Say why it is shut, such as: the floor is laid.")
    if already := next((one for one in room.shut if days.overlap(one)), None):
        raise RuleBroken(f"{room.name} is shut {already} already. Open it again first.")
    then = [one for one in held if days.from_on <= _day_of(one) <= days.to_on]
    if then:
        raise RuleBroken(
            f"{counted(len(then), 'session')} {_stand(then)} in {room.name} on those days: {_which(then)}. "
            "Move or call them off first."
        )


def _day_of(booked):
    return booked.stretch.starts_at.astimezone(LONDON).date()


def _stand(held):
    return "stands" if len(held) == 1 else "stand"


def _which(held):
    """The first few of them, each with its day and hour, and how many more there are."""
    first = [_said(one) for one in sorted(held, key=_starts)[:NAMED]]
    return listed([*first, f"{len(held) - NAMED} more"] if len(held) > NAMED else first)


def _said(booked):
    at = say_time(_starts(booked).astimezone(LONDON))
    return f"{booked.stretch.what or 'one'} at {at} on {say_date(_day_of(booked))}"


def _starts(booked):
    return booked.stretch.starts_at


def _is_of(series, asked):
    return asked is not None and series == asked


def _people(room, wants):
    if wants.people > room.holds:
        yield _refuses(
            "too_small",
            f"{room.name} holds {counted(room.holds, 'person', 'people')}, and {wants.people} would be "
            "there with those who lead.",
        )


def _of_a_session(room, session, women_only):
    if room.closed_on and room.closed_on <= session.on:
        yield _refuses("closed", f"{room.name} is not used from {say_date(room.closed_on)} on.")
        return
    shut = next((one for one in room.shut if one.from_on <= session.on <= one.to_on), None)
    if shut:
        yield _refuses("shut", f"{room.name} is shut {shut}.")
        return
    day = [one for one in room.hours if one.weekday == session.on.weekday()]
    from_at, to_at = session.from_at, session.to_at
    when = f"from {say_time(from_at)} to {say_time(to_at)} on {say_date(session.on)}"
    if room.hours and not _covers(day, from_at, to_at):
        yield _refuses("outside_hours", f"{room.name} is not open {when}.")
    kept = [one for one in day if one.women_only and one.from_at < to_at and from_at < one.to_at]
    if kept and not women_only:
        yield _refuses(
            "women_only", f"{room.name} is kept for women alone at some of the time {when}."
        )


def _covers(hours: list[Hours], from_at: time, to_at: time) -> bool:
    """Whether these hours, one after the other, leave no gap from the one time to the other."""
    reached = from_at
    for one in sorted(hours, key=lambda each: each.from_at):
        if one.from_at <= reached < one.to_at:
            reached = one.to_at
    return reached >= to_at


def _overlap(room, session, booked):
    what = f" by {booked.stretch.what}" if booked.stretch.what else ""
    return _refuses(
        "taken",
        f"{sentence(str(session))} overlaps: {room.name} is taken{what}, from "
        f"{say_time(booked.stretch.starts_at.astimezone(LONDON))} to {say_time(booked.stretch.ends_at.astimezone(LONDON))}.",
    )


def _refuses(code, text):
    return Beside(code, text, Weight.REFUSES)
