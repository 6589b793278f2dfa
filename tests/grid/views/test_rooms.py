"""Pages about rooms, opened as those who plan groups and as those who only look."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grid.models import Room, RoomShut
from staff.models import Entry
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import OpeningHoursFactory, PlaceFactory, UserFactory
from tests.grid.planned_series import FIRST, NOW, TUESDAYS, facilitator, oxford, planned, room_at

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock():
    with frozen(NOW):
        yield


def sign_in(client, role):
    user = UserFactory(role=role)
    client.force_login(user)
    return user


def see(client, name="rooms", *args):
    return " ".join(client.get(reverse(name, args=args)).content.decode().split())


def send(client, page, /, *args, **said):
    answer = client.post(reverse(page, args=args), said, follow=True)
    return " ".join(answer.content.decode().split())


def shut(room, from_on, to_on, by):
    return RoomShut.objects.create(
        room=room, from_on=from_on, to_on=to_on, why="The floor is laid", recorded_at=NOW, recorded_by=by
    )  # fmt: skip


def test_rooms_are_listed_by_place_with_hours_shut_days_and_what_comes_next(client):
    user = sign_in(client, Role.OFFICER)
    place = oxford()
    OpeningHoursFactory(place=place, weekday=2, from_at=time(10), to_at=time(12), women_only=True)
    room = room_at(place, "Room & 1", 14)
    planned(place=place, room=room)
    shut(room, TUESDAYS[5] + DAY, TUESDAYS[5] + 2 * DAY, user)
    room_at(PlaceFactory(name="Reading office"), "Hall", 40)

    page = see(client)

    assert page.index("Oxford office") < page.index("Reading office")
    assert "2 rooms" in page
    assert "Wednesday: 7am to 10pm; women only 10am to midday" in page
    assert "Nobody has put in when it is open" in page
    assert "Room &amp; 1" in page
    assert "from 7 November 2018 to 8 November 2018: the floor is laid" in page
    assert "Making Amends, session 3</a>: Tuesday 16 October 2018, 6pm to 8pm" in page
    assert "session 4" not in page
    for kept in ("Add a room", "Shut it for some days", "Open it again", "Places without a room"):
        assert kept not in page


def test_whoever_plans_groups_sees_what_can_be_done_and_which_places_have_no_room(client):
    user = sign_in(client, Role.FACILITATOR)
    shut(room_at(oxford()), FIRST, FIRST, user)
    PlaceFactory(name="Bare office")
    PlaceFactory(name="Old office", closed_on=NOW.date())

    page = see(client)

    for words in ("Add a room", "Shut it for some days", "Open it again", "Bare office"):
        assert words in page
    assert "Old office" not in page


def test_without_any_room_the_page_says_what_would_be_there(client):
    sign_in(client, Role.QUALITY)

    assert "Until there are some, no group can be planned" in see(client)


def test_a_room_is_added_changed_shut_and_opened_again(client):
    sign_in(client, Role.HEAD)
    place = oxford()

    page = send(client, "add-room", place=place.pk, name="Room 2", holds="12")
    assert "Room 2, Oxford office, is in the list" in page
    room = Room.objects.get()
    page = send(client, "change-room", room.pk, name="Room 3", holds="10", closed_on="")
    assert "What is planned in it stays planned" in page
    said = {"from_on": "2 October 2018", "to_on": "3 October 2018", "why": "The floor"}
    page = send(client, "shut-room", room.pk, **said)
    assert "Room 3 is shut from 2 October 2018 to 3 October 2018: the floor." in page
    page = send(client, "open-room-again", RoomShut.objects.get().pk)
    assert "Room 3 can be used again from 3 September 2018" in page
    assert not RoomShut.objects.exists()
    room.refresh_from_db()
    assert (room.name, room.holds, room.closed_on) == ("Room 3", 10, None)


def test_a_room_that_is_open_already_is_said_to_be(client):
    user = sign_in(client, Role.HEAD)
    over = shut(room_at(oxford()), NOW.date() - 2 * DAY, NOW.date() - DAY, user)

    assert "It is open already" in send(client, "open-room-again", over.pk)


def test_a_second_press_says_that_it_is_open_already_and_changes_nothing(client):
    user = sign_in(client, Role.HEAD)
    room = room_at(oxford())
    gone, other = shut(room, FIRST, FIRST, user), shut(room, FIRST + DAY, FIRST + DAY, user)
    send(client, "open-room-again", gone.pk)
    before, done = list(RoomShut.objects.values()), Entry.objects.filter(action="opened_room_again")

    page = send(client, "open-room-again", gone.pk)

    assert "It is open already" in page
    assert "can be used again" not in page
    assert list(RoomShut.objects.values()) == before
    assert (len(before), before[0]["id"], done.count()) == (1, other.pk, 1)


def test_what_is_refused_is_said_on_the_form_with_what_was_typed(client):
    sign_in(client, Role.FACILITATOR)
    series = planned(leaders=[facilitator()])
    room = series.place.rooms.get()

    page = send(client, "change-room", room.pk, name="Room 1", holds="14", closed_on="9/10/2018")
    assert "5 sessions stand in Room 1" in page
    assert "9/10/2018" in page
    said = {"from_on": "1 October 2018", "to_on": "2 October 2018", "why": "Paint"}
    page = send(client, "shut-room", room.pk, **said)
    assert "1 session stands in Room 1" in page
    assert "Paint" in page
    page = send(client, "add-room", place="", name="", holds="0")
    assert page.count('class="govuk-error-message"') == 3
    assert not RoomShut.objects.exists()


def test_a_room_that_is_not_there_is_not_found(client):
    sign_in(client, Role.FACILITATOR)

    assert client.get(reverse("change-room", args=[0])).status_code == 404
    assert client.get(reverse("shut-room", args=[0])).status_code == 404
    assert client.post(reverse("open-room-again", args=[0])).status_code == 404


def test_sixty_rooms_of_long_names_take_as_many_statements_as_five(client):
    user = sign_in(client, Role.FACILITATOR)
    counts, place = [], oxford(name="O" * 200)
    planned(place=place)
    see(client)
    for rows in (5, 55):
        for n in range(rows):
            shut(room_at(place, f"{'R' * 90}{rows}.{n}"), FIRST, FIRST, user)
            room_at(PlaceFactory(), "Hall")
        with CaptureQueriesContext(connection) as queries:
            page = see(client)
        counts.append(len(queries))

    assert "121 rooms" in page
    assert counts[0] == counts[1]
