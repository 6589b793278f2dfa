"""Rooms and leaders over the API: the same services, permissions and refusals as the pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Absence
from grid.models import LeaderHours, LeaderTraining, Room, RoomShut
from staff.models import Entry
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import AbsenceFactory, UserFactory
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


def post(client, address, body=None, /, **kwargs):
    return client.post(reverse(address, kwargs=kwargs), body or {}, content_type="application/json")


def test_a_room_is_added_changed_shut_and_opened_again(client):
    sign_in(client, Role.FACILITATOR)
    place = oxford()

    made = post(client, "api-add-room", {"place": place.pk, "name": "Room 2", "holds": 12})
    assert made.status_code == 201
    key = made.json()["id"]
    said = {"name": "Room 3", "holds": 10, "closed_on": None}
    assert post(client, "api-change-room", said, room=key).json()["name"] == "Room 3"
    days = {"from_on": "2018-10-02", "to_on": "2018-10-03", "why": "The floor"}
    shut = post(client, "api-shut-room", days, room=key)
    assert shut.status_code == 201
    (row,) = shut.json()["shut"]
    assert {name: row[name] for name in days} == days
    assert client.get(reverse("api-rooms")).json() == [shut.json()]
    opened = post(client, "api-open-room-again", shut=row["id"])
    assert (opened.status_code, opened.json()["shut"]) == (200, [])
    again = post(client, "api-open-room-again", shut=row["id"])
    assert (again.status_code, "It is open already" in again.content.decode()) == (422, True)
    assert post(client, "api-open-room-again", shut=row["id"] + 1).status_code == 404
    assert Entry.objects.filter(action="opened_room_again").count() == 1
    assert Entry.objects.filter(action="shut_room").exists()


def test_rooms_refuse_by_the_api_as_on_the_pages(client):
    user = sign_in(client, Role.FACILITATOR)
    planned()
    room = Room.objects.get()

    closed = post(client, "api-change-room", {"name": "Room 1", "holds": 14, "closed_on": "2018-10-09"}, room=room.pk)  # fmt: skip
    assert "5 sessions stand in Room 1" in closed.content.decode()
    days = {"from_on": "2018-10-02", "to_on": "2018-10-02", "why": "Paint"}
    shut = post(client, "api-shut-room", days, room=room.pk)
    assert "1 session stands" in shut.content.decode()
    unknown = post(client, "api-add-room", {"place": 0, "name": "Room 2", "holds": 12})
    over = RoomShut.objects.create(
        room=room, from_on=FIRST - 99 * DAY, to_on=FIRST - 99 * DAY, why="x", recorded_at=NOW, recorded_by=user
    )  # fmt: skip
    again = post(client, "api-open-room-again", shut=over.pk)
    assert [one.status_code for one in (closed, shut, unknown, again)] == [422, 422, 400, 422]
    assert post(client, "api-change-room", {"name": "x", "holds": 9, "closed_on": None}, room=0).status_code == 404  # fmt: skip
    assert Room.objects.get().closed_on is None


def test_leaders_are_listed_with_what_is_to_be_covered(client):
    fran = facilitator(sex="woman")
    planned(leaders=[fran], by=UserFactory(role=Role.HEAD))
    AbsenceFactory(user=fran, cover=None, from_on=TUESDAYS[0], to_on=TUESDAYS[0])
    with frozen(NOW + 7 * DAY):
        sign_in(client, Role.OFFICER)
        (row,) = client.get(reverse("api-leaders")).json()
        sign_in(client, Role.SPO)
        (told,) = client.get(reverse("api-leaders")).json()

    assert row["to_cover"] == [
        {
            "what": "Making Amends, session 1 on 2 October 2018",
            "why": "Fran Field is away on 2 October 2018.",
        }
    ]
    assert row["trained"] == [
        {"skill": "Making Amends", "words": "does not run out", "warn": False}
    ]
    assert (row["name"], row["sessions"], row["away"]) == ("Fran Field", 1, ["on 2 October 2018"])
    assert (row["women"], told["women"]) == ("", "Yes")
    assert "sex" not in told


def test_training_hours_and_leave_are_recorded(client):
    sign_in(client, Role.SPO)
    user = UserFactory(role=Role.MENTOR)
    said = {"username": user.username, "skill": "HEAL", "from_on": "2018-05-01"}

    made = post(client, "api-record-leader-training", said)
    assert made.status_code == 201
    assert made.json() == said | {"id": made.json()["id"], "until": None}
    ended = post(
        client, "api-end-leader-training", {"until": "2019-05-01"},
        leader_training=made.json()["id"],
    )  # fmt: skip
    assert ended.json()["until"] == "2019-05-01"
    hours = {"hours": [{"weekday": 1, "from_at": "17:00", "to_at": "21:00"}]}
    assert post(client, "api-leader-hours", hours, leader=user.pk).status_code == 204
    assert LeaderHours.objects.get().weekday == 1
    days = {"from_on": "2018-10-02", "to_on": "2018-10-09"}
    away = post(client, "api-record-leader-leave", days, leader=user.pk)
    assert (away.status_code, away.json()["to_cover"]) == (201, 0)
    back = post(client, "api-cancel-leader-leave", absence=away.json()["id"])
    assert back.status_code == 204
    assert Absence.objects.get().cancelled_on == NOW.date()


def test_what_is_no_training_hour_or_leave_is_refused(client):
    senior = sign_in(client, Role.SPO)
    fran = facilitator()
    said = {"username": fran.username, "skill": "Juggling", "from_on": "2018-05-01"}
    own = said | {"username": senior.username, "skill": "HEAL"}
    overlap = [
        {"weekday": 1, "from_at": "17:00", "to_at": "21:00"},
        {"weekday": 1, "from_at": "18:00", "to_at": "19:00"},
    ]
    backwards = {"from_on": "2018-10-09", "to_on": "2018-10-02"}

    refused = [
        post(client, "api-record-leader-training", said),
        post(client, "api-record-leader-training", own),
        post(client, "api-leader-hours", {"hours": overlap}, leader=fran.pk),
        post(client, "api-record-leader-leave", backwards, leader=fran.pk),
    ]

    assert [one.status_code for one in refused] == [422, 400, 422, 422]
    assert LeaderTraining.objects.count() == 1
    nobody = UserFactory(role=Role.OFFICER)
    assert post(client, "api-leader-hours", {"hours": []}, leader=nobody.pk).status_code == 404


def test_those_who_only_look_change_nothing(client):
    sign_in(client, Role.OFFICER)
    fran, room = facilitator(), room_at(oxford())

    shut = {"from_on": "2018-10-02", "to_on": "2018-10-02", "why": "Paint"}
    assert post(client, "api-shut-room", shut, room=room.pk).status_code == 403
    assert post(client, "api-leader-hours", {"hours": []}, leader=fran.pk).status_code == 403
    assert not RoomShut.objects.exists()


@pytest.mark.parametrize("address", ["api-rooms", "api-leaders"])
def test_sixty_take_as_many_statements_as_five(client, address):
    sign_in(client, Role.SPO)
    counts, place = [], oxford()
    client.get(reverse(address))
    for rows in (5, 55):
        for n in range(rows):
            room_at(place, f"Room {rows}.{n}")
            facilitator(f"Fran {rows}{n}")
        with CaptureQueriesContext(connection) as queries:
            found = client.get(reverse(address)).json()
        counts.append(len(queries))

    assert len(found) == 60
    assert counts[0] == counts[1]
