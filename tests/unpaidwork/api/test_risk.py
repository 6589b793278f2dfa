from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Override
from staff.permissions import Role
from tests.factories import CaseFactory, OverrideFactory, UserFactory, WorkFactory
from tests.unpaidwork.a_risk import answers_for
from unpaidwork.models import WorkRisk
from unpaidwork.services.risk import begin_risk

pytestmark = pytest.mark.django_db
NO = {"said": "no", "source": "Alan, at the office", "on": "2018-09-28"}
SAYS = {
    "unknown": "Whether there were call-outs.",
    "read_and_asked": "The record; rang the police desk today.",
    "why_safer": "The charity closes on Friday and he has nothing else to do.",
    "who_is_protected": "The other volunteers: two supervisors that day.",
    "who_was_told": "The supervisor, today.",
    "what_closes_it": "The reply of the police.",
}


@pytest.fixture
def case():
    return WorkFactory(case_of=CaseFactory(sex="M")).case


@pytest.fixture
def draft(case):
    return begin_risk(case=case, by=case.officer, today=localdate())


def read(client, name, case, user=None):
    client.force_login(user or case.officer)
    answer = client.get(reverse(name, args=[case.crn]))
    assert answer.status_code == 200
    return answer.json()


def send(client, name, case, body=None, user=None, *beside):
    client.force_login(user or case.officer)
    address = reverse(name, args=[case.crn, *beside])
    return client.post(address, body or {}, content_type="application/json")


def test_what_stands_before_an_allocation_is_read_in_the_words_of_the_refusal(client, case):
    rows = read(client, "api-work-gate", case)

    assert [(one["key"], one["may_override"]) for one in rows] == [
        ("risk", True),
        ("check:police", True),
    ]
    assert rows[0]["sentence"] == "No risk assessment for unpaid work is signed."


def test_one_is_begun_and_what_is_still_to_do_is_listed(client, case):
    begun = send(client, "api-work-risks", case)

    listed = read(client, "api-work-risk-to-do", case)

    assert (begun.status_code, begun.json()["state"]) == (201, "draft")
    assert {one["key"] for one in listed} >= {"blank:harm.violence", "blank:motivation.willing"}


def test_nothing_is_still_to_do_where_none_is_being_written(client, case):
    assert read(client, "api-work-risk-to-do", case) == []
    assert send(client, "api-sign-work-risk", case).status_code == 422


def test_it_is_answered_with_the_marks_that_were_read(client, case, draft):
    (shown,) = read(client, "api-work-risks", case)
    body = {"part": "harm", "given": {"harm.hate": NO}, "seen": shown["seen"]}

    answer = send(client, "api-answer-work-risk", case, body)

    draft.refresh_from_db()
    assert (answer.status_code, answer.json()["written"]) == (200, ["harm.hate"])
    assert draft.answers == {"harm.hate": NO}


def test_what_somebody_else_answered_is_given_back_with_409_and_not_overwritten(
    client, case, draft
):
    body = {"part": "harm", "given": {"harm.hate": NO}}
    send(client, "api-answer-work-risk", case, body)
    other = {"part": "harm", "given": {"harm.hate": NO | {"said": "yes", "words": "Shouted."}}}

    answer = send(client, "api-answer-work-risk", case, other)

    assert answer.status_code == 409
    assert answer.json()["stands"] == {"harm.hate": NO}


def test_an_answer_that_cannot_be_is_refused(client, case, draft):
    body = {"part": "harm", "given": {"harm.hate": {"said": "perhaps"}}}

    assert send(client, "api-answer-work-risk", case, body).status_code == 422


def test_it_is_signed_once_everything_is_answered(client, case, draft):
    refused = send(client, "api-sign-work-risk", case)
    draft.answers = answers_for(case, localdate())
    draft.save()

    signed = send(client, "api-sign-work-risk", case)

    assert refused.status_code == 422
    assert "Not answered" in refused.json()["detail"]
    assert (signed.status_code, signed.json()["state"]) == (200, "signed")


def test_it_is_given_up(client, case, draft):
    assert send(client, "api-drop-work-risk", case).status_code == 204
    assert not WorkRisk.objects.exists()


def test_a_coordinator_reads_it_and_does_not_sign_it(client, case, draft):
    coordinator = UserFactory(role=Role.COORDINATOR)

    assert read(client, "api-work-risks", case, coordinator)[0]["id"] == draft.pk
    answer = send(client, "api-sign-work-risk", case, None, coordinator)
    assert answer.status_code == 422
    assert "responsible officer assesses" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.signed_at is None


def test_going_ahead_is_asked_for_and_decided_by_somebody_else(client, case):
    until = (localdate() + timedelta(days=5)).isoformat()
    asked = send(
        client, "api-ask-work-override", case, SAYS | {"keys": ["risk"], "expires_on": until}
    )
    senior = UserFactory(role=Role.SPO, team=case.team)
    body = {"approve": True, "note": "Two supervisors that day, both told."}

    decided = send(client, "api-decide-work-override", case, body, senior, asked.json()["id"])

    assert (asked.status_code, asked.json()["act"]) == (201, "allocation")
    assert (decided.status_code, decided.json()["state"]) == (200, "approved")
    assert Override.objects.get().decided_by == senior


def test_the_endpoint_of_the_others_takes_none_of_an_allocation(client, case):
    senior = UserFactory(role=Role.SPO, team=case.team)
    override = OverrideFactory(case=case, assessment=None, act="allocation")
    body = {"approve": True, "note": "Two supervisors that day, both told."}
    asked = SAYS | {"act": "allocation", "keys": ["risk"], "expires_on": "2030-01-01"}

    decided = send(client, "api-decide-override", case, body, senior, override.pk)

    assert decided.status_code == 422
    assert send(client, "api-overrides", case, asked).status_code == 422
    assert send(client, "api-close-override", case, {"how": "The order ended."}, senior, override.pk).status_code == 422  # fmt: skip
