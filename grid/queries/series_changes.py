"""A series with sessions called off or moved, before it is done: what it would be, and what stands against it.

Source: product rules, groups (a cancellation re-plans everyone). The page shows it, and the service does it by the same words.
"""

from dataclasses import dataclass, replace

from django.db.models import Prefetch
from django.utils.timezone import localtime

from cases.rules.booking import Weight
from grid.models import Room, SeriesSession, SessionLeader
from grid.queries.leaders import leaders_for
from grid.queries.series import as_session, series_as_planned
from grid.queries.series_look import closures_of, room_found, say_cover
from grid.queries.series_members import members_of
from grid.rules import replanning
from grid.rules.leader_hours import within
from grid.rules.replanning import Replanned
from grid.rules.rooms import Wants
from grid.rules.series_leaders import outside_hours
from grid.rules.sessions import Session
from grid.rules.staffing import Asks, against, cover
from staff.errors import RuleBroken
from staff.models import Entry, User
from staff.rules.dates import say_date, say_time

LEADERS = (
    SessionLeader.objects.standing()
    .select_related("user")
    .order_by("user__last_name", "user__first_name", "user")
)
LOOKED_BACK = 5000  # entries of the trail: what changed while a page was open is among the last
DONE = {  # in the trail, and in words after a name
    "named_leaders": "said who leads it",
    "covered_session": "named somebody to stand in",
    "called_off_sessions": "called off a session",
    "ended_session": "said that a session could not be held",
    "moved_session": "moved a session",
    "called_off_series": "called it off",
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A new session with the room and the leaders that it would have."""

    session: Session
    room: Room | None  # None where it needs none
    users: tuple[User, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What would become of the series. `refused`: sentences; where there is one, nothing is done. `told`: to be read first."""

    replanned: Replanned
    placed: tuple[Placed, ...]
    refused: tuple[str, ...]
    told: tuple[str, ...]


def asks_of_series(series):
    """What it asks of whoever leads it, on the terms it was planned under."""
    return Asks(series.skill, series.led_by_women, series.leaders)


def standing_rows(series):
    """{number: the row of a session that stands}, with its room; `users`: whoever leads it. Two statements."""
    rows = SeriesSession.objects.standing().filter(series=series).select_related("room__place")
    found = rows.order_by("number").prefetch_related(Prefetch("led_by", LEADERS, to_attr="leads"))
    for one in found:
        one.users = [each.user for each in one.leads]
    return {one.number: one for one in found}


def if_called_off(series, numbers, now, *, making_up=(), users=None):
    """Without these sessions. `users`: who would lead what is held instead; None: whoever led what is called off.

    Refuses by itself only what leaves no series to show.
    """
    rows = standing_rows(series)
    wanted = [rows[number] for number in sorted(set(numbers)) if number in rows]
    closures = closures_of(wanted[0].room if wanted else None, localtime(now).date())
    replanned = replanning.call_off(
        series_as_planned(series),
        numbers,
        closures,
        now,
        making_up=making_up,
        members=members_of(series, now),
    )
    return _asked_again(series, replanned, [one.room for one in wanted], wanted, users, now)


def if_moved(series, number, on, from_at, now, *, room=None, users=None):
    """With this session on another day, or at another hour. `room`, `users`: None leaves those that it has."""
    rows = standing_rows(series)
    room = room or (rows[number].room if number in rows else None)
    replanned = replanning.move(
        series_as_planned(series),
        number,
        on,
        from_at,
        closures_of(room, localtime(now).date()),
        now,
        members=members_of(series, now),
    )
    return _asked_again(series, replanned, [room], [rows[number]], users, now)


def if_not_held(series, number, now):
    """Without a session that has begun and cannot be held. What is new is not refused for want of a room or a leader.

    It is then without them, and `told` says why: whoever is in the room cannot wait until somebody has found one.
    """
    today, row = localtime(now).date(), standing_rows(series)[number]
    closures, members = closures_of(row.room, today), members_of(series, now)
    replanned = replanning.not_held(
        series_as_planned(series), number, closures, now, members=members
    )
    (session,) = replanned.new
    placed = Placed(session, row.room, tuple(row.users))
    everybody = leaders_for([session], series=series, today=today)
    no_room = list(_against_rooms(series, [placed], today))
    no_leader = list(_against_leaders(series, [placed], everybody))
    placed = replace(
        placed, room=None if no_room else row.room, users=() if no_leader else placed.users
    )
    when = f"{say_date(session.on)} at {say_time(session.from_at)}"
    told = [
        *([f"On {when} it has no room yet. {' '.join(no_room)}"] if no_room else []),
        *([f"On {when} nobody leads it yet. {' '.join(no_leader)}"] if no_leader else []),
        *_told([placed], everybody),
    ]
    return Change(replanned, (placed,), (), tuple(told))


def _asked_again(series, replanned, rooms, before, users, now):
    """Rooms and leaders for what is new: those of what it takes the place of, where they can."""
    placed = tuple(
        Placed(session, room, tuple(row.users if users is None else users))
        for session, room, row in zip(replanned.new, rooms, before, strict=True)
    )
    today = localtime(now).date()
    everybody = leaders_for([one.session for one in placed], series=series, today=today)
    refused = [*_against_rooms(series, placed, today), *_against_leaders(series, placed, everybody)]
    return Change(replanned, placed, tuple(dict.fromkeys(refused)), _told(placed, everybody))


def _against_rooms(series, placed, today):
    people = series.places + series.leaders
    for one in placed:
        if one.room is None:
            continue
        wants = Wants((one.session,), people, series.women_only, series.pk)
        try:
            found = room_found(one.room, wants, today)
        except RuleBroken as refusal:
            yield str(refusal)
            continue
        yield from (each.text for each in found if each.weight is Weight.REFUSES)


def _told(placed, everybody):
    """Of whoever would lead outside the hours that they said they work."""
    by_key = {one.user: one for one in everybody}
    led = [
        (one.session, [by_key[user.pk] for user in one.users if user.pk in by_key])
        for one in placed
    ]
    return tuple(outside_hours(led))


def _against_leaders(series, placed, everybody):
    """Whoever led must be able to lead then; one that had too few leaders may go on having too few."""
    asks = asks_of_series(series)
    by_key = {one.user: one for one in everybody}
    for one in placed:
        chosen = [by_key[user.pk] for user in one.users if user.pk in by_key]
        for user in one.users:
            if user.pk not in by_key:
                yield f"{user.name} does not lead groups."
        stands = [each.text for leader in chosen for each in against(leader, one.session, asks)]
        if stands:
            yield from stands
            for each in cover(chosen, everybody, [one.session], asks):
                yield say_cover(each)


def outside_of(series, session, today):
    """The keys of users who said when they work, and would not at this session."""
    one = as_session(session)
    everybody = leaders_for([one], series=series, today=today)
    return {leader.user for leader in everybody if not within(leader.hours, one)}


def changed_since(series, version):
    """Who has done what to it since this version of it, a sentence; for whoever comes second."""
    newest = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    found = Entry.objects.filter(
        pk__gt=newest - LOOKED_BACK,
        action__in=DONE,
        detail__series=series.pk,
        detail__version__gt=version,
    )
    said = [
        f"{one.by.name if one.by else 'Somebody'} {DONE[one.action]} at {say_time(localtime(one.at))}"
        for one in found.select_related("by").order_by("pk")
    ]
    if len(said) < series.version - version:
        said.append("who has a place in it is not as it was")
    return (
        f"This series has changed since you opened it: {'; '.join(said)}. "
        "Look at it again, then say it once more."
    )
