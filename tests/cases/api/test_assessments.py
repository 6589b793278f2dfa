import pytest
from django.urls import reverse

from cases.models import Assessment
from cases.reference.harm import AssessmentState
from staff.permissions import Role
from tests.factories import (
    AssessmentFactory,
    CaseFactory,
    PotentialVictimFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    case = CaseFactory()
    SentenceFactory(case=case)
    return AssessmentFactory(case=case, answers={"harm.increase": "Drink."})


def send(client, user, step, assessment, body=None):
    client.force_login(user)
    address = reverse(f"api-assessment-{step}", args=[assessment.case.crn, assessment.pk])
    return client.post(address, body or {}, content_type="application/json")


def read(client, user, case):
    client.force_login(user)
    return client.get(reverse("api-assessments", args=[case.crn])).json()


def test_one_is_begun_read_and_answered_with_the_marks_that_were_read(client, draft):
    officer = draft.case.officer
    seen = read(client, officer, draft.case)[0]["seen"]

    answer = send(
        client, officer, "answers", draft,
        {"part": "harm", "given": {"harm.increase": "Drink and debt."}, "seen": seen},
    )  # fmt: skip

    draft.refresh_from_db()
    assert (answer.status_code, answer.json()["written"]) == (200, ["harm.increase"])
    assert draft.answers == {"harm.increase": "Drink and debt."}


def test_what_somebody_else_changed_is_answered_with_409_and_not_overwritten(client, draft):
    given = {"part": "harm", "given": {"harm.increase": "Debt.", "harm.reduce": "Work."}}

    answer = send(client, draft.case.officer, "answers", draft, given)

    draft.refresh_from_db()
    assert answer.status_code == 409
    assert answer.json()["stands"] == {"harm.increase": "Drink."}
    assert draft.answers == {"harm.increase": "Drink.", "harm.reduce": "Work."}


def test_an_answer_that_cannot_be_is_refused_as_the_page_refuses_it(client, draft):
    given = {"part": "harm", "given": {"harm.public.level": "LOW"}}

    assert send(client, draft.case.officer, "answers", draft, given).status_code == 422


def test_none_is_signed_while_a_gate_is_shut_and_the_refusal_is_the_list_to_do(client, draft):
    officer = draft.case.officer
    answer = send(client, officer, "sign", draft, {"explained": {}})
    listed = client.get(reverse("api-assessment-to-do", args=[draft.case.crn, draft.pk])).json()

    gates = [one["sentence"] for one in listed if one["weight"] == "gate"]
    draft.refresh_from_db()
    assert gates
    assert answer.status_code == 422
    assert all(sentence in answer.json()["detail"] for sentence in gates)
    assert draft.state == AssessmentState.DRAFT


def test_only_a_senior_countersigns_or_gives_back(client, draft):
    for step in ("countersign", "return"):
        assert send(client, draft.case.officer, step, draft).status_code == 403

    assert Assessment.objects.get().state == AssessmentState.DRAFT


def test_protected_names_are_left_out_whoever_reads(client, draft):
    PotentialVictimFactory(
        person__case=draft.case, person__name="Robin Field", how="Robin Field said so."
    )
    senior = UserFactory(role=Role.SPO, team=draft.case.team)
    client.force_login(senior)

    page = client.get(reverse("api-victims", args=[draft.case.crn])).content.decode()

    assert "Robin Field" not in page
