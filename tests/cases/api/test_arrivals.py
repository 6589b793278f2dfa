"""Arrivals and inductions by the API: the same services and refusals as the pages."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from rest_framework.test import APIClient

from staff.permissions import Role
from tests.cases.rules.test_induction import SAID
from tests.factories import (
    ArrivalFactory,
    CaseFactory,
    PersonFactory,
    RelatedPersonFactory,
    SentenceFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
NOTE = "He hit his brother in March and drank that day. The brother lives with him."


@pytest.fixture
def case():
    case = CaseFactory()
    SentenceFactory(case=case)
    return case


@pytest.fixture
def api(case):
    client = APIClient()
    client.force_authenticate(case.officer)
    return client


def at(name, case, *beside):
    return reverse(f"api-{name}", args=[case.crn, *beside])


def test_an_arrival_is_recorded_said_asked_for_and_read(api, case):
    today = localdate().isoformat()
    given = {"came_from": "nps", "arrived_on": today}
    made = api.post(at("case-arrivals", case), given, format="json").json()
    key = made["id"]
    said = {
        "police": {"state": "none", "words": "The NPS asked on Monday, and the answer is here."}
    }

    written = api.post(at("record-brought", case, key), {"given": said}, format="json")
    clash = api.post(
        at("record-brought", case, key),
        {"given": {"police": {"state": "asked", "on": today}}, "seen": {}},
        format="json",
    )
    asked = api.post(at("ask-for-missing", case, key)).json()
    read = api.post(at("read-arrival", case, key), {"note": NOTE}, format="json")

    assert written.json() == {"written": ["police"], "conflicts": []}
    assert clash.status_code == 409
    assert {one["state"] for one in asked["brought"]} == {"asked", "none"}
    assert asked["to_do"] == []
    assert read.json()["note"] == NOTE
    assert api.get(at("arrival", case, key)).json()["read_by"] == case.officer.username


def test_a_note_is_refused_with_what_stands_before_it(api, case):
    arrival = ArrivalFactory(case=case)

    refused = api.post(at("read-arrival", case, arrival.pk), {"note": NOTE}, format="json")

    assert refused.status_code in (400, 409, 422)
    assert "Not looked for yet: pre-sentence report." in str(refused.json())


def test_the_list_begins_with_whoever_nobody_holds_and_masks_what_is_kept(case):
    spo = UserFactory(role=Role.SPO, team=case.team)
    held = ArrivalFactory(case=case, arrived_on=localdate())
    unowned = ArrivalFactory(case=CaseFactory(team=case.team, officer=None))
    kept = ArrivalFactory(case=CaseFactory(team=case.team)).case
    limit(kept, restricted=True, let_in=[UserFactory()])
    client = APIClient()
    client.force_authenticate(spo)

    found = client.get(reverse("api-arrivals")).json()

    assert [one["id"] for one in found["results"]] == [unowned.pk, held.pk]
    assert [one["crn"] for one in found["limited_access"]] == [kept.crn]
    narrowed = client.get(reverse("api-arrivals"), {"stands": "unowned"}).json()
    assert [one["crn"] for one in narrowed["results"]] == [unowned.case.crn]


def test_an_induction_is_begun_answered_signed_and_proved(api, case):
    today = localdate()
    PersonFactory(
        case=case, contact_asked_on=today, welsh_offered_on=today, needs_interpreter=False
    )
    begun = api.post(at("inductions", case)).json()
    early = {"held_on": today.isoformat(), "proof": "paper", "version": 0}
    refused = api.post(at("sign-induction", case), early, format="json")
    given = {one["code"]: SAID_BY[one["answers"][0]] for one in begun["questions"]}

    api.post(at("answer-induction", case), {"given": given}, format="json")
    signed = api.post(at("sign-induction", case), early | {"version": 1}, format="json").json()
    proof = api.get(at("induction-proof", case, begun["id"])).json()

    assert "Not answered" in str(refused.json())
    assert signed["signed_by"] == case.officer.username
    assert signed["to_do"] == []
    assert len(proof["explained"]) == 9
    assert "lad" not in str(proof)


SAID_BY = {answer["said"]: answer for answer in SAID.values()}


def test_a_protected_name_is_kept_from_whoever_may_not_see_it(case):
    RelatedPersonFactory(case=case, name="Robin Quill", protected=True)
    arrival = ArrivalFactory(
        case=case, note="He hurt Robin Quill.", read_on=localdate(), read_by=case.officer
    )
    client = APIClient()
    client.force_authenticate(UserFactory(role=Role.HUB))

    assert "Quill" not in client.get(at("arrival", case, arrival.pk)).content.decode()
