"""Rooms are added, changed, shut and opened again, never over a session that stands; and what the rules are told of them."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.rules.booking_facts import Hours
from cases.rules.cover import Days
from grid.models import Room, RoomShut
from grid.queries.rooms import booked, booked_from, rooms_at
from grid.reference.groups import SessionState
from grid.services.rooms import add_room, change_room, open_again, shut_room
from staff.models import Entry
from staff.permissions import Role
from tests.factories import OpeningHoursFactory, PlaceFactory, UserFactory
from tests.grid.planned_series import (
    FIRST,
    NOW,
    TUESDAYS,
    at,
    facilitator,
    oxford,
    planned,
    room_at,
    sessions_of,
)
from tests.refusals import refusal

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
DAY = timedelta(days=1)


@pytest.fixture
def by():
    return UserFactory(role=Role.FACILITATOR)


@pytest.fixture
def room():
    return room_at(oxford())


def change(room, by, **changes):
    said = {"name": room.name, "holds": room.holds, "closed_on": room.closed_on} | changes
    return change_room(room=room, by=by, now=NOW, **said)


def shut(room, by, from_on, to_on, why="The floor is laid", now=NOW):
    return shut_room(room=room, from_on=from_on, to_on=to_on, why=why, by=by, now=now)


def refused(call, *asked, **known):
    return refusal(lambda: call(*asked, **known))


def test_a_room_is_added_to_a_place_and_the_trail_says_so(by):
    room = add_room(place=oxford(), name=" Room 2 ", holds=12, by=by, today=TODAY)

    assert (room.name, room.holds, room.closed_on) == ("Room 2", 12, None)
    entry = Entry.objects.get(action="added_room")
    assert (entry.by, entry.detail) == (by, {"room": room.pk})


@pytest.mark.parametrize(
    ("name", "holds", "why"),
    [
        ("  ", 12, "Enter the name"),
        ("room 1", 12, "has a room called room 1 already"),
        ("Room 2", 1, "holds from 2"),
        ("Room 2", 101, "holds from 2"),
    ],
)
def test_no_room_is_added_that_is_none_or_is_there_already(by, room, name, holds, why):
    assert why in refused(add_room, place=room.place, name=name, holds=holds, by=by, today=TODAY)
    assert Room.objects.count() == 1


def test_another_place_may_have_a_room_of_the_same_name_and_a_closed_one_has_none(by, room):
    closed = PlaceFactory(name="Old office", closed_on=TODAY)

    add_room(place=PlaceFactory(name="Reading"), name="Room 1", holds=8, by=by, today=TODAY)

    assert "Old office is closed" in refused(
        add_room, place=closed, name="Room 1", holds=8, by=by, today=TODAY
    )
    assert Room.objects.count() == 2


def test_a_room_is_changed_and_keeps_its_own_name(by, room):
    changed = change(room, by, name="ROOM 1", holds=20)

    assert (changed.pk, changed.name, changed.holds) == (room.pk, "ROOM 1", 20)
    assert Entry.objects.get(action="changed_room").detail == {"room": room.pk}


def test_it_holds_no_fewer_than_the_largest_series_to_come_brings(by):
    """Eight places and one to lead are nine."""
    series = planned()
    (room,) = Room.objects.all()

    assert "brings 9 people" in refused(change, room, by, holds=8)
    assert change(room, by, holds=9).holds == 9
    series.sessions.update(state=SessionState.CALLED_OFF, state_because="No")
    assert change(room, by, holds=2).holds == 2


def test_a_room_is_closed_for_good_once_nothing_stands_in_it_from_that_day(by):
    series = planned()
    (room,) = Room.objects.all()
    last = sessions_of(series)[-1]

    assert refused(change, room, by, closed_on=TUESDAYS[2]).startswith("4 sessions stand in Room 1")
    assert refused(change, room, by, closed_on=TUESDAYS[5]).startswith("1 session stands")
    assert change(room, by, closed_on=TUESDAYS[5] + DAY).closed_on == TUESDAYS[5] + DAY
    last.state, last.state_because = SessionState.CALLED_OFF, "Nobody can lead"
    last.save()
    assert change(room, by, closed_on=TUESDAYS[5]).closed_on == TUESDAYS[5]
    assert change(room, by, closed_on=None).closed_on is None


def test_what_is_said_again_of_a_closed_room_is_not_asked_again(by):
    """Its day has been kept: only another day is looked at anew."""
    planned()
    (room,) = Room.objects.all()
    Room.objects.filter(pk=room.pk).update(closed_on=FIRST)
    room.refresh_from_db()

    assert change(room, by, name="Room 9").name == "Room 9"


def test_a_room_is_shut_on_days_without_sessions_and_another_group_is_not_planned_then(by, room):
    made = shut(room, by, FIRST, FIRST + 6 * DAY, why=" The floor is laid ")

    assert made.why == "The floor is laid"
    assert Entry.objects.get(action="shut_room").detail == {"room": room.pk, "shut": made.pk}
    days = [one.starts_at.date() for one in sessions_of(planned(place=room.place, room=room))]
    assert days[0] == TUESDAYS[1]


def test_whoever_shuts_a_room_over_sessions_is_told_which(by):
    planned()
    (room,) = Room.objects.all()

    said = refused(shut, room, by, TUESDAYS[1], TUESDAYS[2])

    assert said == (
        "2 sessions stand in Room 1, Oxford office on those days: Making Amends at 6pm on 9 October 2018 and "
        "Making Amends at 6pm on 16 October 2018. Move or call them off first."
    )
    assert not RoomShut.objects.exists()
    assert shut(room, by, TUESDAYS[1] + DAY, TUESDAYS[2] - DAY)


def test_days_that_were_to_come_are_taken_away_when_it_is_opened_again(by, room):
    made = shut(room, by, FIRST, FIRST + DAY)

    open_again(shut=made, by=by, now=NOW)

    assert not RoomShut.objects.exists()
    assert Entry.objects.get(action="opened_room_again").detail["shut"] == made.pk
    assert "open already" in refused(open_again, shut=made, by=by, now=NOW)


def test_of_days_that_have_begun_those_that_were_shut_are_kept(by, room):
    made = shut(room, by, TODAY - 3 * DAY, TODAY + 3 * DAY)

    open_again(shut=made, by=by, now=NOW)

    made.refresh_from_db()
    assert (made.from_on, made.to_on) == (TODAY - 3 * DAY, TODAY - DAY)
    assert "open already" in refused(open_again, shut=made, by=by, now=NOW)
    assert shut(room, by, TODAY, TODAY)


def test_one_that_began_today_is_taken_away(by, room):
    made = shut(room, by, TODAY, TODAY + DAY)

    open_again(shut=made, by=by, now=NOW)

    assert not RoomShut.objects.filter(pk=made.pk).exists()


def test_the_rules_are_told_of_the_rooms_of_a_place_that_are_in_use(by):
    place, other = PlaceFactory(name="Reading"), PlaceFactory(name="Slough")
    OpeningHoursFactory(place=place, weekday=1, from_at=time(9), to_at=time(17))
    OpeningHoursFactory(place=place, weekday=1, from_at=time(10), to_at=time(12), women_only=True)
    second, first = room_at(place, "Room b", 8), room_at(place, "room A", 20)
    room_at(other)
    for closed_on in (TODAY, TODAY - DAY):
        Room.objects.create(place=place, name=f"Shed {closed_on}", holds=4, closed_on=closed_on)
    Room.objects.filter(pk=second.pk).update(closed_on=TODAY + DAY)
    for days in ((TODAY - 9 * DAY, TODAY - DAY), (TODAY - 9 * DAY, TODAY), (FIRST, FIRST)):
        RoomShut.objects.create(
            room=first, from_on=days[0], to_on=days[1], why="x", recorded_at=NOW, recorded_by=by
        )

    found = rooms_at(place, TODAY)

    assert [(one.room, one.name, one.holds) for one in found] == [
        (first.pk, "room A, Reading", 20),
        (second.pk, "Room b, Reading", 8),
    ]
    assert found[0].hours == (
        Hours(1, time(9), time(17)),
        Hours(1, time(10), time(12), women_only=True),
    )
    assert found[0].shut == (Days(TODAY - 9 * DAY, TODAY), Days(FIRST, FIRST))
    assert [one.closed_on for one in found] == [None, TODAY + DAY]


def test_rooms_of_a_place_that_closes_are_not_used_from_then_on(room):
    room.place.closed_on = TODAY + 5 * DAY
    room.place.save()
    Room.objects.filter(pk=room.pk).update(closed_on=TODAY + 9 * DAY)

    assert rooms_at(room.place, TODAY)[0].closed_on == TODAY + 5 * DAY


def test_a_room_is_taken_by_the_sessions_that_stand_in_it_by_the_clock_in_london(by):
    """The clocks go back between 23 and 30 October: each is at 6pm all the same."""
    series = planned()
    (room,) = Room.objects.all()
    elsewhere = planned(
        place=series.place, room=room_at(series.place, "Room 2"), leaders=[facilitator("Al Li")]
    )
    called_off = sessions_of(series)[3]
    called_off.state, called_off.state_because = SessionState.CALLED_OFF, "No"
    called_off.save()

    found = booked([room.pk], TUESDAYS[1], TUESDAYS[4])

    assert [one.stretch.starts_at for one in found] == [at(TUESDAYS[n], 18) for n in (1, 2, 4)]
    assert {one.stretch.starts_at.hour for one in found} == {18}
    assert {(one.room, one.series, one.stretch.what, one.stretch.minutes) for one in found} == {
        (room.pk, series.pk, "Making Amends", 120)
    }
    assert len(booked_from([room.pk], TUESDAYS[1])) == 4
    both = booked([room.pk, *elsewhere.place.rooms.values_list("pk", flat=True)], FIRST, FIRST)
    assert len(both) == 2
    assert booked([room.pk], FIRST + DAY, TUESDAYS[1] - DAY) == []


def test_sixty_rooms_take_as_many_statements_as_five(by):
    counts, place = [], oxford()
    for rows in (5, 55):
        for n in range(rows):
            room = room_at(place, f"Room {rows}.{n}")
            shut(room, by, date(2018, 12, 1), date(2018, 12, 2))
        with CaptureQueriesContext(connection) as queries:
            found = rooms_at(place, TODAY)
        counts.append(len(queries))

    assert len(found) == 60
    assert counts == [3, 3]
