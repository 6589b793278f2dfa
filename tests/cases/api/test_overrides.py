"""Overrides by the API: the same services, reach and names as the pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Override
from cases.reference.overrides import OverrideState
from staff.permissions import Role
from tests.factories import (
    AssessmentFactory,
    CaseFactory,
    EnquiryFactory,
    OverrideFactory,
    RelatedPersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    case = CaseFactory()
    EnquiryFactory(case=case)
    AssessmentFactory(case=case)
    return case


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


def body(case, **given):
    return {
        "act": "assessment",
        "keys": [f"enquiry:{case.enquiries.get().pk}"],
        "unknown": "Whether there were call-outs.",
        "read_and_asked": "The record; rang the police desk today.",
        "why_safer": "The hostel takes him only with an assessment.",
        "who_is_protected": "His former partner, rung on Mondays.",
        "who_was_told": "Her support worker, today.",
        "what_closes_it": "The reply of the police.",
        "expires_on": (localdate() + timedelta(days=7)).isoformat(),
    } | given


def post(client, user, name, data, *parts):
    client.force_login(user)
    return client.post(reverse(name, args=parts), data, content_type="application/json")


def asked(case, **columns):
    known = {
        "gaps": body(case)["keys"],
        "expires_on": localdate() + timedelta(days=7),
        "asked_at": now(),
    }
    return OverrideFactory(assessment=case.assessments.get(), **known | columns)


def test_one_is_asked_for_decided_and_closed(client, case, senior):
    made = post(client, case.officer, "api-overrides", body(case), case.crn)
    key = made.json()["id"]
    decided = post(
        client, senior, "api-decide-override", {"approve": True, "note": "Safer."}, case.crn, key
    )
    closed = post(client, senior, "api-close-override", {"how": "The police rang."}, case.crn, key)

    assert (made.status_code, decided.status_code, closed.status_code) == (201, 200, 200)
    assert decided.json()["opened_case"] is False
    assert Override.objects.get().state == OverrideState.CLOSED


def test_the_head_reads_one_of_the_sample(client, case, senior):
    override = asked(case, state="approved", decided_by=senior, decided_at=now(), sampled=True)
    head = UserFactory(role=Role.HEAD)

    answer = post(
        client, head, "api-read-override", {"note": "Waiting was worse."}, case.crn, override.pk
    )

    assert answer.status_code == 200
    assert answer.json()["read_at"]


def test_words_that_say_nothing_are_refused_in_words(client, case):
    answer = post(client, case.officer, "api-overrides", body(case, unknown="n/a"), case.crn)

    assert answer.status_code == 422
    assert "Say what is unknown" in answer.json()["detail"]


def test_with_nothing_being_written_nothing_is_asked(client, case):
    answer = post(client, case.officer, "api-overrides", body(case, act="plan"), case.crn)

    assert answer.status_code == 422


def test_nobody_decides_their_own(client, case, senior):
    override = asked(case, asked_by=senior)

    answer = post(
        client,
        senior,
        "api-decide-override",
        {"approve": True, "note": "Safer."},
        case.crn,
        override.pk,
    )

    assert answer.status_code == 422


def test_an_officer_decides_nothing(client, case):
    override = asked(case)

    answer = post(
        client,
        case.officer,
        "api-decide-override",
        {"approve": True, "note": "Safer."},
        case.crn,
        override.pk,
    )

    assert answer.status_code == 403


def test_the_list_of_a_case_keeps_protected_names(client, case):
    RelatedPersonFactory(case=case, name="Robin Marsh", protected=True)
    asked(case, who_is_protected="Robin Marsh, by a visit.")
    client.force_login(UserFactory(role=Role.AUDITOR))

    answer = client.get(reverse("api-overrides", args=[case.crn]))

    assert len(answer.json()) == 1
    assert "Robin Marsh" not in answer.content.decode()
