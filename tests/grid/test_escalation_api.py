"""A risk put to the NPS through the API: read, and each step by whoever may take it."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from cases.reference.codes import Rosh
from grid.reference.escalation import EscalationState as State
from grid.services.placement import place_person
from staff.permissions import Role
from tests.factories import TODAY, RelatedPersonFactory, UserFactory, placeable
from tests.grid.an_escalation import MEANWHILE, OFFICE, senior_of, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    case = placeable(harm=Rosh.HIGH)
    place_person(case=case, by=None, today=TODAY)
    return case


def send(user, name, case, **data):
    client = APIClient()
    client.force_authenticate(user)
    return client.post(reverse(name, args=[case.crn]), data, format="json")


def read(user, case):
    client = APIClient()
    client.force_authenticate(user)
    return client.get(reverse("api-escalations", args=[case.crn]))


def test_it_goes_from_the_discussion_to_a_named_officer_of_the_nps(case):
    officer, senior, hub = case.officer, senior_of(case), UserFactory(role=Role.HUB)
    decision = {"refer": True, "decided": "Refer it.", "meanwhile": MEANWHILE}
    answer = {"outside": "Jo Hall", "said": "We have read it."}
    steps = [
        (senior, "decide", decision),
        (officer, "meanwhile", {"meanwhile": "She has moved."}),
        (officer, "refer", {"outside": OFFICE, "referral": "The form."}),
        (hub, "answer", answer | {"says": "asked"}),
        (officer, "send", {"sent": "The log."}),
        (hub, "answer", answer | {"says": "rejected"}),
        (officer, "challenge", {"grounds": "The log was not read."}),
        (hub, "answer", answer | {"says": "accepted"}),
        (hub, "hand-over", {"outside": OFFICE, "outside_officer": "Jo Hall", "note": "Mondays."}),
    ]

    for user, name, data in steps:
        done = send(user, f"api-escalation-{name}", case, **data)
        assert done.status_code == 200, (name, done.data)

    found = done.data
    assert found["state"] == "handed_over"
    assert found["outcome"] == f"Handed over: Jo Hall, {OFFICE}"
    assert [one["state"] for one in found["steps"]] == [
        "opened", "discussed", "discussed", "referred", "asked", "referred", "rejected", "challenged",
        "accepted", "handed_over",
    ]  # fmt: skip
    assert found["steps"][0]["by"] is None
    case.refresh_from_db()
    assert case.retained_by


def test_a_step_out_of_turn_is_refused_in_words_and_changes_nothing(case):
    early = send(case.officer, "api-escalation-send", case, sent="The log.")
    second = send(case.officer, "api-escalations", case, because="He threatened her again.")

    assert early.status_code == second.status_code == 422
    assert "To be discussed with a senior" in str(early.data)
    assert case.escalations.get().state == State.OPENED


def test_nobody_takes_a_step_that_is_not_theirs(case):
    hub = UserFactory(role=Role.HUB)
    decision = {"refer": True, "decided": "Refer it.", "meanwhile": MEANWHILE}

    assert send(case.officer, "api-escalation-decide", case, **decision).status_code == 403
    assert send(hub, "api-escalations", case, because="It rose.").status_code == 403
    assert send(UserFactory(), "api-escalation-send", case, sent="The log.").status_code == 404


def test_kept_here_withdrawn_and_opened_again(case):
    senior = senior_of(case)
    one = taken(case, State.REJECTED, senior=senior)

    kept = send(
        case.officer, "api-escalation-keep", case, changed="Seen twice a week.", meanwhile=MEANWHILE
    )
    again = send(case.officer, "api-escalations", case, because="He was outside her house.")
    taken(case, State.DISCUSSED, senior=senior)
    withdrawn = send(senior, "api-escalation-withdraw", case, withdrawn="He was recalled.")

    assert (kept.data["state"], kept.data["closed_on"]) == ("plan_changed", None)
    assert (again.status_code, again.data["id"]) == (201, one.pk)
    assert withdrawn.data["state"] == "withdrawn"


def test_words_are_read_without_a_protected_name(case):
    RelatedPersonFactory(case=case, name="Maya Lindqvist", protected=True)
    one = taken(case, State.DISCUSSED)
    one.steps.update(words="Maya Lindqvist was followed", outside="Maya Lindqvist")
    case.escalations.update(because="Maya Lindqvist was hurt", meanwhile="Maya Lindqvist has moved")

    assert "Lindqvist" not in str(read(UserFactory(role=Role.HUB), case).data)
    assert "Maya Lindqvist" in str(read(case.officer, case).data)
