"""The rooms of places as the rules know them, and when they are taken."""

from datetime import datetime, time, timedelta

from django.apps import apps
from django.db.models import Prefetch, Q
from django.db.models.functions import Lower
from django.utils.timezone import localtime

from cases.models import OpeningHours
from cases.rules.booking_facts import Hours
from cases.rules.cover import Days
from grid.models import Room as RoomRow
from grid.models import RoomShut, SeriesSession
from grid.reference.interventions import INTERVENTIONS
from grid.rules.rooms import Booked, Room
from grid.rules.sessions import LONDON, Stretch

A_DAY = timedelta(days=1)
HOURS = OpeningHours.objects.order_by("weekday", "from_at")


def rooms_at(place, today):
    """The rooms of a place that are in use today, by name, with its hours and the days they are shut. Three statements."""
    return rooms_of([place], today)


def rooms_of(places, today):
    """The same of several places, by place and name."""
    rows = rooms_with_shut(today).filter(
        Q(closed_on=None) | Q(closed_on__gt=today), place__in=places
    )
    rows = rows.prefetch_related(Prefetch("place__hours", HOURS, to_attr="open_at"))
    return [_room(one, one.place.open_at, one.shut_then) for one in rows]


def find_shut(pk):
    """Days on which a room is shut, by their key, or was to be until it was opened again; None: there never were such."""
    found = RoomShut.objects.filter(pk=pk).first()
    if found:
        return found
    history = apps.get_model("grid", "RoomShutEvent")
    gone = history.objects.filter(id=pk, pgh_label="delete").first()
    return RoomShut(pk=gone.id, room_id=gone.room_id) if gone else None


def rooms_with_shut(today):
    """Every row, also of rooms that are closed, by place and name; `shut_then`: days on which it is shut, not over."""
    shut = RoomShut.objects.filter(to_on__gte=today).order_by("from_on", "pk")
    rows = RoomRow.objects.select_related("place").prefetch_related(
        Prefetch("shut", shut, to_attr="shut_then")
    )
    return rows.order_by(Lower("place__name"), Lower("name"), "pk")


def room_by(row):
    """One room as the rules know it, with all that was ever said of when it is shut; one not kept yet is never shut."""
    hours = HOURS.filter(place=row.place_id)
    shut = RoomShut.objects.filter(room=row.pk).order_by("from_on", "pk")
    return _room(row, hours, shut)


def booked(room_pks, from_on, to_on):
    """When these rooms are taken from one day to another, both included, in order. One statement."""
    start, end = bounds(from_on, to_on)
    return _booked(room_pks, Q(starts_at__lt=end, ends_at__gt=start))


def booked_from(room_pks, from_on):
    """When they are taken from this day on, however far ahead."""
    start, _ = bounds(from_on, from_on)
    return _booked(room_pks, Q(ends_at__gt=start))


def _room(row, hours, shut):
    return Room(
        room=row.pk,
        name=f"{row.name}, {row.place.name}",
        holds=row.holds,
        hours=tuple(Hours(one.weekday, one.from_at, one.to_at, one.women_only) for one in hours),
        shut=tuple(Days(one.from_on, one.to_on) for one in shut),
        closed_on=min(filter(None, [row.closed_on, row.place.closed_on]), default=None),
    )


def _booked(room_pks, when):
    sessions = SeriesSession.objects.standing().filter(when, room__in=room_pks)
    rows = sessions.order_by("starts_at", "pk").values_list(
        "room", "starts_at", "ends_at", "series__code", "series"
    )
    return [
        Booked(room, Stretch(localtime(starts_at), localtime(ends_at), title_of(code)), series)
        for room, starts_at, ends_at, code, series in rows
    ]


def bounds(from_on, to_on):
    """The moments at which the one day begins and the other has ended, by the clock in London."""
    return (
        datetime.combine(from_on, time(), LONDON),
        datetime.combine(to_on + A_DAY, time(), LONDON),
    )


def title_of(code):
    """The name of an intervention; its code where the catalogue has it no longer."""
    return INTERVENTIONS[code].title if code in INTERVENTIONS else code
