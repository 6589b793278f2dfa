"""Rooms as their page shows them: by place, how many each holds, when it is open, when it is shut, what comes next."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import F, Window
from django.db.models.functions import Lower, RowNumber
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Place
from cases.queries.places import said_hours
from cases.rules.cover import Days
from cases.rules.words import within_a_sentence
from grid.models import Room, RoomShut, SeriesSession
from grid.queries.rooms import title_of
from staff.kit import Link, on
from staff.rules.dates import say_time

NEXT = 3  # sessions of each room that are shown


@dataclass(frozen=True)
class NextRow:
    """A session to come. `href`: of its series."""

    what: str
    when: str
    href: str


@dataclass(frozen=True)
class ShutRow:
    """Days on which a room is shut. `open_again`: the address that opens it; blank for those who may not."""

    words: str
    open_again: str
    hidden: str


@dataclass(frozen=True)
class RoomRow:
    key: int
    name: str
    holds: int
    closed: str
    shut: list[ShutRow]
    coming: list[NextRow]
    links: list[Link]


@dataclass(frozen=True)
class PlaceOfRooms:
    key: int
    name: str
    address: str
    closed: str
    step_free: str
    hours: list[str]  # a day each, those kept for women alone said
    rooms: list[RoomRow] = field(default_factory=list)


STEP_FREE = {
    True: "Reached without steps.",
    False: "Not reached without steps.",
    None: "Whether it is reached without steps is not known.",
}


def places_of_rooms(now, may_run):
    """Every place with a room, those in use first, and every place in use that has none yet. Five statements."""
    today = localtime(now).date()
    rooms, shut, coming = _rooms(), _shut(today), _coming(now)
    places = Place.objects.in_use(today) | Place.objects.filter(pk__in=list(rooms))
    ordered = places.order_by(F("closed_on").asc(nulls_first=True), Lower("name"), "pk")
    return [
        PlaceOfRooms(
            key=one.pk,
            name=one.name,
            address=", ".join(filter(None, [one.address, one.postcode])),
            closed=_closed(one),
            step_free=STEP_FREE[one.step_free],
            hours=said_hours(one),
            rooms=[
                _row(room, one, shut[room.pk], coming[room.pk], may_run) for room in rooms[one.pk]
            ],
        )
        for one in ordered.prefetch_related("hours")
    ]


def shut_words(shut):
    return f"{Days(shut.from_on, shut.to_on)}: {within_a_sentence(shut.why)}"


def _rooms():
    """{place: its rooms, those in use first}"""
    found = defaultdict(list)
    ordered = Room.objects.order_by(F("closed_on").asc(nulls_first=True), Lower("name"), "pk")
    for one in ordered:
        found[one.place_id].append(one)
    return found


def _shut(today):
    found = defaultdict(list)
    for one in RoomShut.objects.filter(to_on__gte=today).order_by("from_on", "pk"):
        found[one.room_id].append(one)
    return found


def _coming(now):
    """{room: its next few sessions, in order}"""
    nth = Window(RowNumber(), partition_by=F("room"), order_by=[F("starts_at"), F("pk")])
    sessions = SeriesSession.objects.standing().filter(ends_at__gt=now, room__isnull=False)
    first = sessions.annotate(nth=nth).filter(nth__lte=NEXT).select_related("series")
    found = defaultdict(list)
    for one in first.order_by("starts_at", "pk"):
        found[one.room_id].append(_next(one))
    return found


def _next(one):
    starts, ends = localtime(one.starts_at), localtime(one.ends_at)
    return NextRow(
        what=f"{title_of(one.series.code)}, session {one.number}",
        when=f"{starts:%A} {on(starts.date())}, {say_time(starts)} to {say_time(ends)}",
        href=reverse("series", args=[one.series_id]),
    )


def _row(room, place, shut, coming, may_run):
    return RoomRow(
        key=room.pk,
        name=room.name,
        holds=room.holds,
        closed=_closed(room),
        shut=[
            ShutRow(
                words=shut_words(one),
                open_again=reverse("open-room-again", args=[one.pk]) if may_run else "",
                hidden=f": {room.name}, {place.name}, {Days(one.from_on, one.to_on)}",
            )
            for one in shut
        ],
        coming=coming,
        links=_links(room, place) if may_run else [],
    )


def _closed(one):
    return f"Closed from {on(one.closed_on)}" if one.closed_on else ""


def _links(room, place):
    hidden = f": {room.name}, {place.name}"
    return [
        Link("Change", reverse("change-room", args=[room.pk]), hidden=hidden),
        Link("Shut it for some days", reverse("shut-room", args=[room.pk]), hidden=hidden),
    ]
