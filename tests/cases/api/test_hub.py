"""The hub's queue over the API does what the pages do, by the same services, and keeps the same from whom it is kept."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now
from rest_framework.test import APIClient

from cases.models import Claim, HubQuestion, Limit
from cases.reference.enforcement import BreachState
from cases.rules.calendar import add_working_days
from cases.services.enforcement.breaches.chasing import chase_nps
from staff.permissions import Role
from tests.cases.a_breach import brought_to
from tests.cases.a_queue import a_day_in_court, a_pack, an_item, asked, of_the_hub, soon_after
from tests.factories import RelatedPersonFactory, UserFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def hub():
    return of_the_hub()


@pytest.fixture
def item():
    return an_item(due_on=localdate())


def as_user(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def step(user, name, item, **data):
    here = reverse(f"api-hub-item-{name}", args=[item.case.crn, item.pk])
    return as_user(user).post(here, data, format="json")


def test_it_is_listed_claimed_asked_about_answered_returned_and_put_back(hub, item):
    api = as_user(hub)
    a_pack(due_on=localdate())
    listed = api.get(reverse("api-hub-queue"), {"kind": "send_letter"}).json()
    assert [one["id"] for one in listed["results"]] == [item.pk]
    assert (listed["counts"]["all"], listed["counts"]["free"]) == (1, 1)
    assert listed["results"][0]["title"] == "Send the letter: warning"
    got = api.post(reverse("api-claim-from-queue"), {"kind": "send_letter", "held": 0}, format="json")  # fmt: skip
    assert got.status_code == 201
    assert got.json()[0]["worked_on_by"] == hub.username
    assert got.json()[0]["title"] == "Send the letter: warning"
    until = soon_after(now()).isoformat()
    said = step(hub, "ask", item, asks="Which address?", until=until).json()
    assert (said["worked_on_by"], said["question"]["asks"]) == (None, "Which address?")

    officer = as_user(item.case.officer)
    open_ = officer.get(reverse("api-hub-asked", args=[item.case.crn])).json()[0]
    here = reverse("api-answer-hub", args=[item.case.crn, open_["id"]])
    assert officer.post(here, {"answer": "1 Fern Road."}, format="json").json()["answered_by"] == item.case.officer.username  # fmt: skip
    assert step(hub, "claim", item).json()["question"] is None
    assert step(hub, "keep", item).status_code == 200
    said = step(hub, "return", item, words="The dates are wrong.").json()
    assert said["question"]["returned"] is True
    back = reverse("api-take-back-question", args=[item.case.crn, said["question"]["id"]])
    assert api.post(back).json()["taken_back_at"]
    step(hub, "claim", item)
    assert step(hub, "let-go", item).json()["worked_on_by"] is None
    ages = api.get(reverse("api-hub-ages")).json()
    assert (ages["whole"]["count"], len(ages["kinds"])) == (2, 2)


def test_a_day_in_court_that_has_not_come_says_from_when_it_can_be_done_and_is_not_the_next(hub, item):  # fmt: skip
    court = a_day_in_court(now() + 30 * HOUR, due_on=localdate())
    api = as_user(hub)

    listed = api.get(reverse("api-hub-queue"), {"show": "later"}).json()
    got = api.post(reverse("api-claim-from-queue"), {"how_many": 2}, format="json").json()

    assert [one["id"] for one in listed["results"]] == [court.pk]
    assert listed["results"][0]["can_be_done_from"]
    assert (listed["counts"]["later"], listed["counts"]["free"]) == (1, 1)
    assert [(one["id"], one["can_be_done_from"]) for one in got] == [(item.pk, None)]


def test_an_answer_that_rests_says_when_it_is_asked_for_again_and_is_not_the_next(hub, item):
    breach = brought_to(BreachState.SUBMITTED)
    again_on = add_working_days(localdate(), 2)
    chase_nps(breach=breach, outside="Jo Hall, NPS", on=localdate(), again_on=again_on, by=hub, now=now())  # fmt: skip
    api = as_user(hub)

    listed = api.get(reverse("api-hub-queue"), {"show": "later"}).json()["results"]
    got = api.post(reverse("api-claim-from-queue"), {"how_many": 9}, format="json").json()

    assert [one["asked_again_on"] for one in listed] == [again_on.isoformat()]
    assert [(one["id"], one["asked_again_on"]) for one in got] == [(item.pk, None)]


def test_it_is_given_to_somebody_of_the_hub_and_to_nobody_else(hub, item):
    other = of_the_hub()

    assert step(hub, "give", item, to=item.case.officer.username).status_code == 400
    assert step(hub, "give", item, to=other.username).json()["worked_on_by"] == other.username


def test_what_the_service_refuses_is_a_problem_in_its_words(hub, item):
    said = step(hub, "ask", item, asks="Which address?", until=soon_after(now()).isoformat())

    assert said.status_code in (400, 409, 422)
    assert "not working on this" in str(said.json())
    assert step(hub, "let-go", item).status_code == said.status_code
    assert not HubQuestion.objects.exists()


def test_what_cannot_be_read_is_named_field_by_field(hub, item):
    assert "until" in str(step(hub, "ask", item, asks="Which?", until="soon").json())
    said = as_user(hub).post(reverse("api-claim-from-queue"), {"how_many": 0, "kind": "x"}, format="json")  # fmt: skip
    assert said.status_code == 400
    assert not Claim.objects.exists()


def test_a_kept_case_is_masked_in_the_list_and_refused_by_its_address(hub, item):
    Limit.objects.create(case=item.case, restricted=True, message="Kept.", ask="Pat Lane")

    listed = as_user(hub).get(reverse("api-hub-queue")).json()

    assert listed["results"] == []
    assert listed["limited_access"][0]["message"] == "Kept."
    assert step(hub, "claim", item).status_code == 403
    assert not Claim.objects.exists()


def test_protected_names_are_left_out_for_the_hub(hub, item):
    RelatedPersonFactory(case=item.case, name="Rosalind Quayle", protected=True)
    asked(hub, item, asks="Is Rosalind Quayle there?", now=now())

    said = as_user(hub).get(reverse("api-hub-item", args=[item.case.crn, item.pk]))

    assert "Quayle" not in said.content.decode()
    assert "there?" in said.content.decode()


def test_a_question_of_another_case_is_not_found(hub, item):
    question, other = asked(hub, now=now()), item.case
    here = reverse("api-answer-hub", args=[other.crn, question.pk])

    assert as_user(other.officer).post(here, {"answer": "No."}, format="json").status_code == 404


def test_who_does_not_work_the_queue_claims_nothing(item):
    senior = UserFactory(role=Role.SPO)

    assert as_user(senior).get(reverse("api-hub-queue")).status_code == 200
    assert step(senior, "claim", item).status_code == 403
