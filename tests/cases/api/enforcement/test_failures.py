"""Failures over the API: recorded, read with the law, answered, withdrawn, decided again; and by whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now
from rest_framework.test import APIClient

from cases.models import ComplianceDecision, Deadline, Failure, Letter, LicenceCondition
from cases.services.enforcement.breaches.withdrawing import withdraw_breach
from cases.services.outcomes import record_outcome
from staff.permissions import Role
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    ComplianceWarningFactory,
    FailureFactory,
    RelatedPersonFactory,
    RequirementFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def order(case):
    return SentenceFactory(case=case, expected_end_on=localdate() + 200 * DAY)


def ask(user, name, *args, method="get", **data):
    client = APIClient()
    client.force_login(user)
    return getattr(client, method)(reverse(name, args=args), data, format="json")


def record(user, case, part, **given):
    data = {
        "part": part, "happened_on": str(localdate() - DAY), "became_aware_on": str(localdate()), "learnt": "police",
        "what": "Went to the street that the order keeps him from.",
    }  # fmt: skip
    return ask(user, "api-failures", case.crn, method="post", **data | given)


def step(user, name, case, key, **data):
    return ask(user, name, case.crn, key, method="post", **data)


def test_one_is_recorded_of_a_requirement_and_once_however_often_it_is_sent(case, order):
    requirement = RequirementFactory(sentence=order)

    made = record(case.officer, case, f"requirement-{requirement.pk}")
    again = record(case.officer, case, f"requirement-{requirement.pk}")

    assert made.status_code == 201
    said = made.json()
    assert (said["sentence"], said["requirement"], said["regime"]) == (
        order.pk,
        requirement.pk,
        "community",
    )
    assert (said["answer"], said["appointment"], said["decide_again"]) == ("", None, None)
    assert again.json()["id"] == said["id"]
    assert Failure.objects.count() == 1


@pytest.mark.parametrize(
    ("part", "given", "status", "says"),
    [
        ("voluntary", {}, 422, "Name one of those"),
        ("order-999999", {}, 422, "not a requirement or condition"),
        (None, {"what": "n/a"}, 422, "what they failed to do"),
        (None, {"became_aware_on": "2018-01-01"}, 422, "before it happened"),
        (None, {"learnt": "magic"}, 400, "learnt"),
    ],
)
def test_what_cannot_be_is_refused_in_words(case, order, part, given, status, says):
    answer = record(case.officer, case, part or f"order-{order.pk}", **given)

    assert answer.status_code == status
    assert says in answer.content.decode()
    assert not Failure.objects.exists()


def test_it_is_read_with_the_law_and_answered_within_it(case, order):
    ComplianceWarningFactory(sentence=order, given_on=localdate() - 40 * DAY)
    key = record(case.officer, case, f"order-{order.pk}").json()["id"]

    law = ask(case.officer, "api-failure", case.crn, key).json()["law"]
    assert (law["may"], law["must"]) == (["refer"], "refer")
    refused = step(case.officer, "api-answer-failure", case, key, answer="warn", because="No.")
    assert "can no longer be answered by a warning" in refused.content.decode()

    done = step(
        case.officer, "api-answer-failure", case, key, answer="refer", because="He stays away."
    )

    assert (done.json()["answer"], done.json()["breach"]) == (
        "refer",
        Failure.objects.get().breach_id,
    )
    once_more = step(case.officer, "api-answer-failure", case, key, answer="refer", because="No.")
    assert "is answered" in once_more.content.decode()


def test_what_rested_on_one_that_is_withdrawn_is_decided_again(case, order):
    keys = [
        record(case.officer, case, f"order-{order.pk}", what=what).json()["id"]
        for what in ("Was out at two.", "Was out at three.")
    ]
    for key in keys:
        step(case.officer, "api-answer-failure", case, key, answer="refer", because="He stays out.")

    gone = step(case.officer, "api-withdraw-failure", case, keys[0], because="They were wrong.")

    again = gone.json()["decide_again"]
    assert gone.json()["withdrawn_because"] == "They were wrong"
    left = step(case.officer, "api-decide-again", case, again, because="The other is proven.")
    assert [one["id"] for one in left.json()] == [keys[1]]
    assert not Deadline.objects.unmet().filter(kind="decide_again").exists()
    once_more = step(case.officer, "api-decide-again", case, again, because="And again.")
    assert "decided already" in once_more.content.decode()


def test_what_came_to_nothing_is_answered_anew_and_says_how_it_was_answered_before(case, order):
    RelatedPersonFactory(case=case, name="Rosalind Quayle", protected=True)
    key = record(case.officer, case, f"order-{order.pk}").json()["id"]
    said = {"answer": "refer", "because": "Rosalind Quayle saw him."}
    step(case.officer, "api-answer-failure", case, key, **said)
    breach = Failure.objects.get().breach
    withdraw_breach(breach=breach, because="error", words="Wrong day.", authority="The SPO", by=case.officer, now=now())  # fmt: skip

    done = step(case.officer, "api-answer-failure", case, key, answer="warn", because="The first.")

    assert (done.status_code, done.json()["answer"], done.json()["breach"]) == (200, "warn", None)
    shown = ask(UserFactory(role=Role.HUB), "api-failure", case.crn, key).json()
    (before,) = shown["answered_before"]
    assert (before["answer"], before["breach"]) == ("refer", breach.pk)
    assert "Quayle" not in before["because"]


def test_a_warning_that_is_withdrawn_takes_its_letter_with_it(case, order):
    key = record(case.officer, case, f"order-{order.pk}").json()["id"]
    step(case.officer, "api-answer-failure", case, key, answer="warn", because="He gave no reason.")

    step(case.officer, "api-withdraw-failure", case, key, because="They were wrong.")

    assert Letter.objects.get().state == "cancelled"
    listed = ask(case.officer, "api-failures", case.crn).json()
    assert [one["withdrawn_on"] for one in listed] == [str(localdate())]


def test_the_orders_that_an_absence_fails_are_named_with_its_decision(case, order):
    other = SentenceFactory(case=case, order="suspended", event="2")
    booked = AppointmentFactory(case=case, at=now() - 12 * DAY, contact__sentence=order, told_how="in_person")  # fmt: skip
    record_outcome(
        appointment=booked, outcome="AFTA", notes="", sensitive=False, by=case.officer, now=now()
    )
    decided = {"to": "failure", "because": "He had forgotten.", "orders": [other.pk]}

    answer = step(case.officer, "api-appointment-decide", case, booked.pk, **decided)

    assert answer.status_code == 200
    assert set(Failure.objects.values_list("sentence", flat=True)) == {order.pk, other.pk}
    assert ComplianceDecision.objects.get().state == "failure"
    listed = ask(case.officer, "api-failures", case.crn).json()
    assert {one["appointment"] for one in listed} == {booked.pk}


def test_only_whoever_holds_the_case_or_their_senior_answers(case, order):
    key = record(case.officer, case, f"order-{order.pk}").json()["id"]
    said = {"answer": "warn", "because": "He gave no reason."}

    assert step(UserFactory(team=case.team), "api-answer-failure", case, key, **said).status_code == 404  # fmt: skip
    assert step(UserFactory(role=Role.HUB), "api-answer-failure", case, key, **said).status_code == 403  # fmt: skip
    senior = UserFactory(role=Role.SPO, team=case.team)
    assert step(senior, "api-answer-failure", case, key, **said).status_code == 200


def test_what_is_of_another_case_is_not_there(case):
    other = FailureFactory()

    assert ask(case.officer, "api-failure", case.crn, other.pk).status_code == 404
    for name in ("api-answer-failure", "api-withdraw-failure", "api-decide-again"):
        given = {"answer": "warn", "because": "He gave no reason."}
        assert step(case.officer, name, case, other.pk, **given).status_code == 404


def test_protected_names_are_taken_out_for_a_colleague(case, order):
    RelatedPersonFactory(case=case, name="Beryl Quick", protected=True)
    record(case.officer, case, f"order-{order.pk}", what="Rang Beryl Quick.", excuse="Beryl Quick rang.")  # fmt: skip

    assert "Beryl Quick" in ask(case.officer, "api-failures", case.crn).content.decode()
    colleague = ask(UserFactory(team=case.team), "api-failures", case.crn)
    assert colleague.status_code == 200
    assert "Beryl Quick" not in colleague.content.decode()


def test_a_condition_of_a_licence_is_answered_by_the_ladder(case):
    licence = SentenceFactory(
        case=case, order="custody", custody_status="B", released_on=localdate() - 60 * DAY
    )
    condition = LicenceCondition.objects.create(
        sentence=licence, category="Exclusion", text="Not to go to Fern Road", from_on=localdate() - 60 * DAY
    )  # fmt: skip
    key = record(case.officer, case, f"condition-{condition.pk}").json()["id"]

    law = ask(case.officer, "api-failure", case.crn, key).json()["law"]

    assert (law["may"], law["must"]) == (["nothing", "recall", "warn"], None)


def test_the_list_takes_as_many_statements_whatever_its_length():
    counts = []
    for rows in (3, 30):
        order = SentenceFactory()
        for _ in range(rows):
            FailureFactory(sentence=order)
        with CaptureQueriesContext(connection) as captured:
            assert len(ask(order.case.officer, "api-failures", order.case.crn).json()) == rows
        counts.append(len(captured))

    assert counts[0] == counts[1]
