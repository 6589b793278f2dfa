"""Victim liaison, welfare and the Home Office over the API: as on the pages, and closed to the same readers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from staff.permissions import Role
from tests.factories import CaseFactory, UserFactory, VictimNoticeFactory

pytestmark = pytest.mark.django_db


def today():
    return localdate().isoformat()


@pytest.fixture
def case():
    return CaseFactory()


def post(client, user, name, case, body, *beside, method="post"):
    client.force_login(user)
    address = reverse(name, args=[case.crn, *beside])
    return getattr(client, method)(address, body, content_type="application/json")


def test_a_victim_liaison_officer_is_named_told_and_ended(client, case):
    who = {"officer": "P. Lee", "unit": "Thames Valley", "reach": "01632 960 301", "since_on": today()}  # fmt: skip
    named = post(client, case.officer, "api-victim-liaison", case, who)
    added = post(client, case.officer, "api-add-victim-notice", case, {"words": "He wrote to the court", "happened_on": today()})  # fmt: skip
    told = {"on": today(), "whom": "P. Lee", "how": "email", "said": "He wrote to the court."}

    first = post(client, case.officer, "api-tell-victim-liaison", case, told, added.json()["id"])
    again = post(client, case.officer, "api-need-not-tell", case, {"because": "No longer"}, added.json()["id"])  # fmt: skip
    ended = post(client, case.officer, "api-end-victim-liaison", case, {"on": today(), "because": "Left the unit"}, named.json()["id"])  # fmt: skip

    assert [named.status_code, added.status_code, first.status_code, ended.status_code] == [201, 201, 200, 200]  # fmt: skip
    assert again.status_code == 422
    read = client.get(reverse("api-victim-liaison", args=[case.crn])).json()
    assert read["notices"][0]["told_how"] == "email"
    assert read["officers"][0]["ended_on"] == today()


def test_the_hub_reads_nothing_of_it(client, case):
    VictimNoticeFactory(case=case)
    client.force_login(UserFactory(role=Role.HUB))

    assert client.get(reverse("api-victim-liaison", args=[case.crn])).status_code == 403


def test_what_they_said_is_written_and_read(client, case):
    body = {"moment": "recall", "asked_at": now().isoformat(), "answer": "thoughts", "words": "It would be easier", "done": "Rang safer custody"}  # fmt: skip
    made = post(client, case.officer, "api-welfare", case, body)
    refused = post(client, case.officer, "api-welfare", case, body | {"done": ""})

    assert made.status_code == 201
    assert "who was told" in refused.json()["detail"]
    read = client.get(reverse("api-welfare", args=[case.crn])).json()
    assert [one["answer"] for one in read] == ["thoughts"]


def test_travel_goes_from_asked_to_back_and_the_home_office_is_not_written_over(client, case):
    senior = UserFactory(role=Role.SPO, team=case.team)
    wrote = post(client, case.officer, "api-home-office", case, {"interest": "asked", "asked_on": today(), "version": 0}, method="put")  # fmt: skip
    stale = post(client, case.officer, "api-home-office", case, {"interest": "asked", "asked_on": today(), "version": 0}, method="put")  # fmt: skip
    last = (localdate() + timedelta(days=3)).isoformat()
    asked = post(client, case.officer, "api-ask-travel", case, {"where": "Gdańsk", "why": "A funeral", "from_on": today(), "to_on": last})  # fmt: skip
    key = asked.json()["id"]

    granted = post(client, senior, "api-decide-travel-abroad", case, {"granted": True, "because": "It is right"}, key)  # fmt: skip
    back = post(client, case.officer, "api-travel-back", case, {"on": today()}, key)

    assert wrote.json()["version"] == 1
    assert "meanwhile" in stale.json()["detail"]
    assert granted.json()["state"] == "granted"
    assert back.json()["back_on"] == today()
    read = client.get(reverse("api-home-office", args=[case.crn])).json()
    assert (read["home_office"]["interest"], len(read["travels"])) == ("asked", 1)
