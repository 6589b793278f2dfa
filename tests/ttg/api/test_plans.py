"""Resettlement plans over the API: the same services, refusals and readers as the pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from staff.permissions import Role
from tests.factories import CustodyFactory, ResettlementPlanFactory, UserFactory
from tests.ttg.a_plan import make_whole

pytestmark = pytest.mark.django_db
SECRET = {"said": "yes", "words": "Hit by Vanessa at home", "does": "The women’s service sees her"}


@pytest.fixture
def stay():
    today = localdate()
    return CustodyFactory(received_on=today - timedelta(20), release_on=today + timedelta(40))


@pytest.fixture
def officer(client, stay):
    client.force_login(stay.case.officer)
    return stay.case.officer


def post(client, name, stay, body=None, **more):
    address = reverse(name, kwargs={"crn": stay.case.crn} | more)
    return client.post(address, body or {}, content_type="application/json")


def read(client, name, stay):
    return client.get(reverse(name, args=[stay.case.crn])).json()


def test_the_whole_way_over_the_api(client, stay, officer):
    begun = post(client, "api-resettlement-plans", stay)
    assert (begun.status_code, begun.json()["kind"]) == (201, "merged")
    given = {"pathway": "money", "given": {"money.bank": {"said": "no"}}}
    assert post(client, "api-write-resettlement-plan", stay, given).json()["written"] == ["money.bank"]  # fmt: skip
    again = given | {"given": {"money.bank": {"said": "yes"}}}
    assert post(client, "api-write-resettlement-plan", stay, again).status_code == 409
    seen = begun.json()["seen"]
    view = {"own_words": "A room.", "strengths": "Cooks", "agreed": "agreed", "seen": seen}
    assert post(client, "api-write-their-view", stay, view).status_code == 200
    left = [one["key"] for one in read(client, "api-resettlement-plan-to-do", stay)]
    assert "blank:home" in left
    explained = dict.fromkeys(left, "He was moved to another wing and is asked on Friday.")

    signed = post(client, "api-sign-resettlement-plan", stay, {"explained": explained})

    assert (signed.status_code, signed.json()["state"]) == (200, "signed")
    assert "A room." in str(read(client, "api-resettlement-copy", stay))
    assert len(read(client, "api-resettlement-plans", stay)) == 1


def test_a_signature_is_refused_in_the_words_of_the_page(client, stay, officer):
    ResettlementPlanFactory(custody=stay)

    answer = post(client, "api-sign-resettlement-plan", stay)

    assert answer.status_code == 422
    assert "They have not been asked whether they agree" in answer.json()["detail"]


def test_each_risk_is_answered_once(client, stay, officer):
    plan = ResettlementPlanFactory(custody=stay)
    make_whole(plan, localdate(), family__abused=SECRET)
    post(client, "api-sign-resettlement-plan", stay)
    (item,) = read(client, "api-risk-items", stay)

    bare = post(client, "api-answer-risk-item", stay, {"answer": "amended"}, risk_item=item["id"])
    done = post(client, "api-answer-risk-item", stay, {"answer": "accepted"}, risk_item=item["id"])
    again = post(client, "api-answer-risk-item", stay, {"answer": "accepted"}, risk_item=item["id"])

    assert "Vanessa" in item["words"]
    assert "Say what you change" in bare.json()["detail"]
    assert (done.json()["answer"], done.json()["answered_by"]) == ("accepted", officer.username)
    assert "answered already" in again.json()["detail"]


def test_other_readers_are_not_told_what_is_kept_to_those_who_work_on_the_case(client, stay, officer):  # fmt: skip
    plan = ResettlementPlanFactory(custody=stay)
    make_whole(plan, localdate(), family__abused=SECRET)
    post(client, "api-sign-resettlement-plan", stay)
    client.force_login(UserFactory(role=Role.HUB))

    plans, items = read(client, "api-resettlement-plans", stay), read(client, "api-risk-items", stay)  # fmt: skip

    assert "Vanessa" not in str(plans) + str(items)
    assert "family.abused" in plans[0]["kept"]
    assert "family.abused" not in plans[0]["answers"]


def test_one_being_written_is_given_up(client, stay, officer):
    ResettlementPlanFactory(custody=stay)

    assert post(client, "api-give-up-resettlement-plan", stay).status_code == 204

    assert read(client, "api-resettlement-plans", stay) == []
