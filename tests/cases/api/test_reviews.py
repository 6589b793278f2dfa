"""Reviews and recommendations by the API: the same services, reach and names as the pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Intervention
from cases.queries.review_facts import known_of
from cases.reference.reviews import RecommendationState, ReviewState
from staff.permissions import Role
from tests.cases import a_review
from tests.cases.views.a_case import contact, see, words
from tests.factories import (
    AppointmentFactory,
    AssignmentFactory,
    CaseFactory,
    RecommendationFactory,
    RelatedPersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return a_review.reviewed_case()


def post(client, user, name, case, *beside, **data):
    client.force_login(user)
    address = reverse(name, args=[case.crn, *beside])
    return client.post(address, data, content_type="application/json")


def get(client, user, name, case, *beside):
    client.force_login(user)
    return client.get(reverse(name, args=[case.crn, *beside])).json()


def test_what_happened_is_listed_before_a_review_is_begun(client, case):
    a_review.three_things(case)

    found = get(client, case.officer, "api-events", case)

    assert {one["kind"] for one in found if one["significant"]} == {
        "call_out",
        "missed",
        "new_address",
    }


def test_a_review_is_written_and_signed_from_end_to_end(client, case):
    a_review.call_out(case)
    begun = post(client, case.officer, "api-reviews", case, because="event")
    assert begun.status_code == 201
    key = begun.json()["id"]
    review = case.reviews.get(pk=key)
    step = a_review.step() | {"by_on": "2030-01-01"}
    answered = post(
        client, case.officer, "api-review-events", case, key, keys=a_review.keys_of(review, "call_out"),
        answer="change", words=a_review.CALL_OUT, step=step,
    )  # fmt: skip
    assert answered.json()["happened"][0]["answer"] == "change"
    a_review.fill_in(review)
    said = {"person_view": "said", "person_words": a_review.WORDS}
    assert (
        post(client, case.officer, "api-review-answers", case, key, given=said).status_code == 200
    )
    to_do = get(client, case.officer, "api-review-to-do", case, key)
    assert to_do["gates"] == []

    signed = post(
        client, case.officer, "api-review-sign", case, key, read=to_do["read"],
        explained=dict.fromkeys(to_do["warnings"], a_review.SENTENCE),
    )  # fmt: skip

    assert signed.status_code == 200
    assert signed.json()["state"] == ReviewState.COMPLETE


def test_what_stands_in_the_way_is_refused_in_the_words_of_the_list(client, case):
    a_review.call_out(case)
    review = a_review.begun(case)
    to_do = get(client, case.officer, "api-review-to-do", case, review.pk)

    refused = post(
        client,
        case.officer,
        "api-review-sign",
        case,
        review.pk,
        read=known_of(review, localdate()).mark,
    )

    assert refused.status_code == 422
    assert all(one in refused.json()["detail"] for one in to_do["gates"])


def test_what_somebody_else_said_meanwhile_answers_409(client, case):
    review = a_review.begun(case)
    a_review.say(review, next__words="Seen on Monday.")

    answer = post(
        client,
        case.officer,
        "api-review-answers",
        case,
        review.pk,
        given={"next.words": "Tuesday."},
        seen={},
    )

    assert (answer.status_code, answer.json()) == (409, {"conflicts": ["next.words"]})


def test_protected_names_are_kept_from_those_who_may_not_see_them(client, case):
    RelatedPersonFactory(case=case, name="Robin Tully", protected=True)
    review = a_review.written(case)
    a_review.say(review, next__words="Robin Tully is rung on Monday.")

    found = get(client, UserFactory(role=Role.QUALITY), "api-reviews", case)

    assert "Tully" not in str(found)


def test_protected_names_are_taken_out_of_what_has_happened(client, case):
    RelatedPersonFactory(case=case, name="Robin Tully", protected=True)
    Intervention.objects.create(
        case=case, source_id="1", type_code="X", type_name="Sessions with Robin Tully", active=False, ended_on=localdate()
    )  # fmt: skip
    reader = UserFactory(role=Role.QUALITY)
    post(client, case.officer, "api-reviews", case, because="event")

    happened = get(client, reader, "api-events", case)
    [review] = get(client, reader, "api-reviews", case)

    for events in (happened, review["happened"]):
        assert any("Sessions with" in one["what"] for one in events)
        assert "Tully" not in str(events)


def test_what_information_told_is_shown_on_no_page_nor_here_to_whoever_may_not_read_it(
    client, case
):
    worker = AssignmentFactory(case=case, user=UserFactory(role=Role.RESETTLEMENT)).user
    contact(case, days_ago=50, appointment=True, attended=True, outcome_code="ATTC")
    a_review.three_things(case)
    review = a_review.begun(case)
    coming = AppointmentFactory(case=case, at=now() + timedelta(days=1))

    happened = get(client, worker, "api-events", case)
    [shown] = get(client, worker, "api-reviews", case)
    to_do = get(client, worker, "api-review-to-do", case, review.pk)
    pages = [
        see(client, worker, name, case, key).content.decode()
        for name, key in (("review", review.pk), ("appointment", coming.pk))
    ]

    for told in (happened, shown["happened"], to_do["gates"], *pages):
        assert "2 appointments missed" in str(told)
        assert "call-out" not in str(told)
    assert "Police call-out" in str(get(client, case.officer, "api-events", case))
    assert "Police call-out" in words(see(client, case.officer, "review", case, review.pk))


def test_a_step_of_a_review_of_another_case_is_not_there(client, case):
    review = a_review.begun(case)
    other = CaseFactory(officer=case.officer, team=case.team)

    for name in ("answers", "events", "sign", "drop", "checks"):
        answer = post(client, case.officer, f"api-review-{name}", other, review.pk)
        assert answer.status_code == 404, name


def test_a_recommendation_from_end_to_end(client):
    case, quality, head = CaseFactory(), UserFactory(role=Role.QUALITY), UserFactory(role=Role.HEAD)
    made = post(
        client,
        quality,
        "api-recommendations",
        case,
        what="Review the risk.",
        why="The plan is as it was in May.",
    )
    assert made.status_code == 201
    key = made.json()["id"]
    assert post(client, quality, "api-recommendation-accept", case, key).status_code == 403

    post(client, case.officer, "api-recommendation-contest", case, key, because=a_review.SENTENCE)
    refused = post(
        client,
        quality,
        "api-recommendation-decide",
        case,
        key,
        uphold=True,
        because=a_review.SENTENCE,
    )
    assert refused.status_code == 422
    decided = post(
        client, head, "api-recommendation-decide", case, key, uphold=True, because=a_review.SENTENCE
    )

    assert decided.json()["state"] == RecommendationState.WITHDRAWN
    assert get(client, case.officer, "api-recommendations", case)[0]["says"]["decision_because"]


def test_one_is_not_closed_without_a_change(client):
    one = RecommendationFactory(state="accepted")

    answer = post(
        client,
        one.case.officer,
        "api-recommendation-done",
        one.case,
        one.pk,
        because=a_review.SENTENCE,
    )

    assert answer.status_code == 422
    one.refresh_from_db()
    assert one.state == RecommendationState.ACCEPTED
