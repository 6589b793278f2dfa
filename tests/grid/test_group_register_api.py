"""The register of a group over the API: the same rules as on the page, and the register as it stands after each."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from cases.models import OutcomeCorrection
from grid.models import SeriesSession
from grid.reference.group_marks import Mark
from staff.models import Entry
from tests.clock import frozen
from tests.factories import limit
from tests.grid.a_group_session import (
    AFTER,
    a_session,
    everybody,
    fresh,
    leader,
    leader_of,
    logged,
    the_only,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_evening():
    with frozen(AFTER):
        yield


@pytest.fixture
def session():
    return a_session(people=2)


@pytest.fixture
def api(session):
    client = APIClient()
    client.force_login(leader_of(session))
    return client


def address(session, end=""):
    return reverse(f"api-group-register{end}", args=[session.pk])


def say(api, session, one, **given):
    known = {"attendance": one.pk, "version": fresh(one).version}
    return api.post(address(session), known | given, format="json")


def test_it_is_read_with_what_must_be_sent_back(api, session):
    found = api.get(address(session)).json()

    one, two = everybody(session)
    assert [card["attendance"] for card in found["cards"]] == [one.pk, two.pk]
    assert all(card["to_say"] and card["said"] is None for card in found["cards"])
    assert (found["version"], found["on"], found["which"]) == (1, "2018-10-02", "Session 1 of 1")
    assert found["cards"][0]["safety"] == [
        {"lead": "Nothing is recorded for the room.", "text": "That is not the same as no risk."}
    ]
    assert Entry.objects.filter(action="read_group_register", crn=one.case.crn).exists()


def test_one_is_said_put_right_and_the_rest_came_and_it_is_sent(api, session):
    one, two = everybody(session)

    said = say(api, session, one, mark="not_come").json()
    assert said["cards"][0]["said"] == {"mark": "not_come", "late_minutes": 0, "excuse": ""}
    say(api, session, one, mark="took_part", late_minutes=5)
    rest = {"people": [{"attendance": two.pk, "version": 1}]}
    found = api.post(address(session, "-rest"), rest, format="json").json()
    sent = api.post(address(session, "-send"), {"version": found["version"]}, format="json").json()

    assert [logged(each).outcome_code for each in (one, two)] == ["ATTC", "ATTC"]
    assert OutcomeCorrection.objects.get().was_code == "AFTA"
    assert sent["sent"] == "Sent by Fran Field, 2 October 2018 at 8:05pm"
    assert sent["open"] is False


def test_once_it_is_sent_a_reason_is_needed(api, session):
    one, two = everybody(session)
    for each in (one, two):
        say(api, session, each, mark="took_part")
    version = SeriesSession.objects.get().version
    api.post(address(session, "-send"), {"version": version}, format="json")

    refused = say(api, session, one, mark="not_come")
    taken = say(api, session, one, mark="not_come", because="Another of that name was here")

    assert refused.status_code == 422
    assert "Say why it is put right" in refused.content.decode()
    assert taken.status_code == 200
    assert fresh(one).mark == Mark.NOT_COME


def test_what_was_said_meanwhile_is_not_written_over(api, session):
    one = everybody(session)[0]
    say(api, session, one, mark="not_come")

    answer = say(api, session, one, version=1, mark="took_part")

    assert answer.status_code == 422
    assert "Somebody else wrote meanwhile" in answer.content.decode()


@pytest.mark.parametrize(
    "given", [{"mark": "fell_asleep"}, {"mark": "took_part", "late_minutes": -1}, {}]
)
def test_what_cannot_be_read_is_refused(api, session, given):
    assert say(api, session, everybody(session)[0], **given).status_code == 400


def test_nobody_else_finds_it_or_anybody_on_it(session):
    client = APIClient()
    client.force_login(leader("Kim Dale"))

    assert client.get(address(session)).status_code == 404
    assert say(client, session, everybody(session)[0], mark="took_part").status_code == 404


def test_nobody_of_a_case_that_is_kept_from_the_reader_is_found(api, session):
    one = everybody(session)[0]
    limit(one.case, kept_out=[leader_of(session)])

    assert say(api, session, one, mark="took_part").status_code == 404
    found = api.get(address(session)).json()
    assert [row["crn"] for row in found["masked"]] == [one.case.crn]
    assert one.case.name not in str(found)


def test_a_leader_s_sessions_are_listed():
    session = a_session()
    client = APIClient()
    client.force_login(leader_of(session))

    found = client.get(reverse("api-my-groups")).json()

    assert [row["session"] for row in found["today"]] == [session.pk]
    assert found["today"][0]["late"] is False
    assert (found["not_sent"], found["to_come"], found["of_team"]) == ([], [], [])
    assert the_only(session).case.name not in str(found)
