"""What a tablet reports late comes once, whatever its clock says, and about people who were called off meanwhile."""

from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from tests.unpaidwork.a_session import AFTER, a_session, supervisor_of, the_only
from unpaidwork.models import Incident

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def after():
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def session(client):
    found = a_session()
    client.force_login(supervisor_of(found))
    return found


def send(client, session, **said):
    usual = {"kind": "incident", "words": "He shouted at a neighbour.", "harm": False}
    address = reverse("api-session-incidents", args=[session.pk])
    return client.post(address, usual | said, content_type="application/json")


def test_the_same_key_again_answers_with_what_stands(client, session):
    key, at = str(uuid4()), "2018-10-01T10:02:00+01:00"

    first = send(client, session, about=the_only(session).pk, key=key, said_at=at)
    again = send(client, session, about=the_only(session).pk, key=key, said_at=at)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert first.json()["late"] == "Sent by the tablet on 1 October 2018 at 4:05pm."
    assert Incident.objects.count() == 1


def test_a_time_still_to_come_is_noted_and_taken(client, session):
    answer = send(client, session, key=str(uuid4()), said_at="2030-01-01T09:00:00Z")

    assert answer.status_code == 201
    assert "clock was wrong" in answer.json()["late"]


def test_somebody_who_was_called_off_after_the_tablet_loaded_is_reported_on_all_the_same(
    client, session
):
    place = the_only(session)
    off = place.appointment
    off.called_off_at, off.called_off_by, off.asked_by = AFTER, off.booked_by, "them"
    off.called_off_because = "They are in hospital."
    off.save()

    answer = send(client, session, about=place.pk, key=str(uuid4()))

    assert answer.status_code == 201
    assert place.case.name in answer.json()["about"]


def test_what_is_no_key_is_refused(client, session):
    assert send(client, session, key="again").status_code == 400
    assert not Incident.objects.exists()
