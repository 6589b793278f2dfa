"""Rooms for groups: added, changed, closed for good, shut for some days and opened again.

Source: product rules, groups (nobody and no room is in two places). Nothing is shut over a session that stands: whoever
shuts it moves or calls off the session first, so that everybody who was to come is told.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Max
from django.utils.timezone import localtime

from cases.models import Place
from cases.rules.cover import Days
from grid.models import Room, RoomShut, SeriesSession
from grid.queries.rooms import booked_from, room_by
from grid.rules.rooms import check_closing, check_holds, check_shutting
from staff.audit import record
from staff.errors import RuleBroken

A_DAY = timedelta(days=1)


@transaction.atomic
def add_room(*, place, name, holds, by, today):
    """Add a room to a place that is in use. `holds`: people, those who lead among them. Returns the `Room`."""
    place = _hold_place(place)
    if place.closed_on and place.closed_on <= today:
        raise RuleBroken(f"{place.name} is closed. Choose another place.")
    room = Room(place=place, name=_named(place, name), holds=holds)
    check_holds(room_by(room), holds, most=0)
    room.save()
    record(by=by, action="added_room", room=room.pk)
    return room


@transaction.atomic
def change_room(*, room, name, holds, closed_on, by, now):
    """Change what is said of a room. `closed_on`: from that day it is no room of ours; None: it is in use. Returns it."""
    room = hold_rooms([room.pk])[room.pk]
    known = room_by(room)
    check_holds(known, holds, most=_most(room, now))
    if closed_on and closed_on != room.closed_on:
        check_closing(known, closed_on, booked_from([room.pk], closed_on))
    place = _hold_place(room.place)
    room.name, room.holds, room.closed_on = _named(place, name, room), holds, closed_on
    room.save()
    record(by=by, action="changed_room", room=room.pk)
    return room


@transaction.atomic
def shut_room(*, room, from_on, to_on, why, by, now):
    """Say that a room cannot be used from one day to another, both included. Returns the `RoomShut`."""
    room, today = hold_rooms([room.pk])[room.pk], localtime(now).date()
    days, why = Days(from_on, to_on), why.strip()
    check_shutting(room_by(room), days, why, booked_from([room.pk], from_on), today)
    shut = RoomShut.objects.create(
        room=room, from_on=from_on, to_on=to_on, why=why, recorded_at=now, recorded_by=by
    )
    record(by=by, action="shut_room", room=room.pk, shut=shut.pk)
    return shut


@transaction.atomic
def open_again(*, shut, by, now):
    """Say that a room can be used again from today on; days that were to come are taken away. Returns the `Room`."""
    room, today = hold_rooms([shut.room_id])[shut.room_id], localtime(now).date()
    shut = RoomShut.objects.filter(pk=shut.pk).first()
    if shut is None or shut.to_on < today:
        raise RuleBroken("It is open already. Look at the page again.")
    record(by=by, action="opened_room_again", room=room.pk, shut=shut.pk)
    if shut.from_on >= today:
        shut.delete()
    else:
        shut.to_on = today - A_DAY
        shut.save()
    return room


def hold_rooms(pks):
    """{pk: Room}, locked in one order: whoever plans in a room and whoever shuts it come one after the other."""
    rooms = Room.objects.filter(pk__in=pks).select_related("place").order_by("pk")
    return {one.pk: one for one in rooms.select_for_update(of=("self",), no_key=True)}


def _hold_place(place):
    """It, locked: of two who name a room of one place at once, the second reads what the first has named."""
    return Place.objects.select_for_update(no_key=True).get(pk=place.pk)


def _most(room, now):
    """How many people the largest series to come brings to it, with those who lead; 0 where none does."""
    coming = SeriesSession.objects.standing().filter(room=room, ends_at__gt=now)
    found = coming.aggregate(most=Max(F("series__places") + F("series__leaders")))
    return found["most"] or 0


def _named(place, name, but=None):
    """The name as it is kept; refused where it is blank, or another room of the place has it. The place is held."""
    name = name.strip()
    if not name:
        raise RuleBroken("Enter the name of the room.")
    same = Room.objects.filter(place=place, name__iexact=name)
    if but:
        same = same.exclude(pk=but.pk)
    if same.exists():
        raise RuleBroken(f"{place.name} has a room called {name} already. Change it there.")
    return name
