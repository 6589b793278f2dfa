"""What somebody needs at the gate over the API: the same service, refusals and readers as the pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from staff.permissions import Role
from tests.factories import CaseFactory, CustodyFactory, UserFactory
from ttg.models import InHand

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def case(client):
    today = localdate()
    custody = CustodyFactory(received_on=today - 30 * DAY, release_on=today + 20 * DAY)
    client.force_login(custody.case.officer)
    return custody.case


def say(client, case, item="bank", **body):
    address = reverse("api-set-in-hand", args=[case.crn, item])
    return client.post(address, body, content_type="application/json")


def listed(client, case):
    return client.get(reverse("api-release-in-hand", args=[case.crn])).json()


def test_what_is_said_is_in_the_list_and_no_longer_to_ask(client, case):
    assert "bank" in listed(client, case)["to_ask"]

    said = say(
        client, case, how_far="ready", ready_on=localdate().isoformat(), with_them=True, version=0
    )

    assert said.status_code == 200
    found = listed(client, case)
    assert found["items"] == [said.json()]
    assert (said.json()["version"], said.json()["with_them"]) == (1, True)
    assert "bank" not in found["to_ask"]


@pytest.mark.parametrize(
    "body",
    [
        {"how_far": "needed", "words": "12345678", "version": 0},
        {"how_far": "needed", "with_them": True, "version": 0},
        {"how_far": "needed", "version": 1},
        {"how_far": "ready", "version": 0},
    ],
)
def test_a_rule_that_is_broken_is_refused_in_words(client, case, body):
    answer = say(client, case, **body)

    assert answer.status_code == 422
    assert not InHand.objects.exists()


def test_what_is_not_there_is_not_found_and_without_a_stay_nothing_is_recorded(client, case):
    assert say(client, case, item="gold", how_far="needed", version=0).status_code == 404
    other = CaseFactory(officer=case.officer)
    assert say(client, other, how_far="needed", version=0).status_code == 422
    assert listed(client, other) == {"items": [], "to_ask": []}


def test_a_reader_who_may_not_write_is_refused(client, case):
    client.force_login(UserFactory(role=Role.AUDITOR))

    assert say(client, case, how_far="needed", version=0).status_code == 403
    assert listed(client, case)["items"] == []
