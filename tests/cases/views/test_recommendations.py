import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Recommendation
from cases.reference.reviews import RecommendationState
from staff.permissions import Role
from tests.cases.a_review import SENTENCE
from tests.cases.views.a_case import see, words
from tests.factories import (
    CaseFactory,
    DeadlineFactory,
    PlanActionFactory,
    RecommendationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def quality():
    return UserFactory(role=Role.QUALITY)


def send(client, user, name, case, *beside, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn, *beside]), data, follow=True)


def test_what_is_recommended_says_who_answers_it_and_by_when(client, case, quality):
    page = words(
        send(
            client,
            quality,
            "recommend",
            case,
            what="Review the risk to his partner.",
            why="The plan is as it was in May.",
        )
    )

    assert "accept or contest it within five working days" in page
    assert Recommendation.objects.get().made_by == quality
    owed = "Accept or contest what an audit recommends: Review the risk to his partner<"
    assert owed in words(see(client, case.officer, "case", case))


def test_what_says_nothing_is_refused_at_its_box_and_the_rest_is_kept(client, case, quality):
    page = words(send(client, quality, "recommend", case, what="n/a", why="The plan is as it was."))

    assert "Say what is to be done" in page
    assert "The plan is as it was." in page
    assert not Recommendation.objects.exists()


def test_it_is_accepted_and_stays_open_until_a_change_is_shown(client, case):
    one = RecommendationFactory(case=case)

    page = words(
        send(client, case.officer, "answer-recommendation", case, one.pk, decision="accept")
    )

    assert "It stays open until you show which change answers it." in page
    assert reverse("do-recommendation", args=[case.crn, one.pk]) in page


def test_it_is_contested_with_a_reason_and_decided_by_somebody_else(client, case):
    one = RecommendationFactory(case=case)
    send(
        client,
        case.officer,
        "answer-recommendation",
        case,
        one.pk,
        decision="contest",
        because=SENTENCE,
    )
    assert reverse("decide-contest", args=[case.crn, one.pk]) not in words(
        see(client, case.officer, "recommendation", case, one.pk)
    )

    refused = send(
        client, one.made_by, "decide-contest", case, one.pk, decision="uphold", because=SENTENCE
    )
    assert "You made this recommendation" in words(refused)
    page = send(
        client, UserFactory(role=Role.HEAD), "decide-contest", case, one.pk, decision="not_upheld",
        because="The plan does not speak of her.",
    )  # fmt: skip

    assert "The contest is not upheld. The recommendation is to be done" in words(page)
    assert SENTENCE in words(page)


def test_a_contest_without_a_reason_is_asked_for_it(client, case):
    one = RecommendationFactory(case=case)

    page = send(
        client, case.officer, "answer-recommendation", case, one.pk, decision="contest", because=""
    )

    assert "Why do you not agree?" in words(page)
    one.refresh_from_db()
    assert one.state == RecommendationState.OPEN


def test_it_is_closed_with_a_change_and_nothing_else_is_offered(client, case):
    one = RecommendationFactory(case=case, state="accepted", made_on=localdate())
    PlanActionFactory(case=case, what="Before it was recommended")
    assert "Nothing was changed since it was recommended" in words(
        see(client, case.officer, "do-recommendation", case, one.pk)
    )
    step = PlanActionFactory(case=case, what="Ring his partner each Monday", made_on=localdate())
    choices = see(client, case.officer, "do-recommendation", case, one.pk).context["form"]["change"]
    assert [value for value, _ in choices.field.choices] == [f"action:{step.pk}"]

    page = send(
        client,
        case.officer,
        "do-recommendation",
        case,
        one.pk,
        change=f"action:{step.pk}",
        because=SENTENCE,
    )

    assert "It is done, with what changed." in words(page)
    assert "A step of the plan: Ring his partner each Monday" in words(page)


@pytest.mark.parametrize("name", ["answer-recommendation", "decide-contest", "do-recommendation"])
def test_what_is_settled_takes_nothing_any_more(client, case, name):
    step = PlanActionFactory(case=case)
    one = RecommendationFactory(
        case=case, state="done", settled_because=SENTENCE, settled_on=localdate(),
        settled_by=case.officer, done_by_action=step,
    )  # fmt: skip
    user = UserFactory(role=Role.HEAD) if name == "decide-contest" else case.officer

    page = see(client, user, name, case, one.pk)

    assert page["Location"] == reverse("recommendation", args=[case.crn, one.pk])


@pytest.mark.parametrize(
    ("kind", "state", "page"),
    [
        ("answer_recommendation", "open", "answer-recommendation"),
        ("do_recommendation", "accepted", "do-recommendation"),
    ],
)
def test_what_waits_for_the_officer_stands_in_my_work_with_its_next_action(
    client, case, kind, state, page
):
    one = RecommendationFactory(case=case, state=state)
    DeadlineFactory(case=case, kind=kind, recommendation=one)
    client.force_login(case.officer)

    body = words(client.get(reverse("my-work")))

    assert reverse(page, args=[case.crn, one.pk]) in body


def test_the_list_gives_each_state_its_count_and_no_share_of_few(client, quality):
    for _ in range(9):
        RecommendationFactory(made_by=quality)
    RecommendationFactory(
        made_by=quality, state="contested", contested_because="x", answered_by=UserFactory()
    )
    other = RecommendationFactory(
        state="contested", contested_because="x", answered_by=UserFactory()
    )
    client.force_login(quality)

    page = words(client.get(reverse("recommendations"), {"team": "all"}))

    assert "Waiting for an answer: 9" in page
    assert "1 of 10, 10 in 100" in page
    assert "1 of 1<" in page
    assert page.count(other.case.crn) >= 1


def test_an_officer_sees_their_own_and_no_figures_of_anybody(client):
    case = CaseFactory()
    mine = RecommendationFactory(case=case)
    other = RecommendationFactory()
    client.force_login(case.officer)

    page = words(client.get(reverse("recommendations")))

    assert mine.case.crn in page
    assert other.case.crn not in page
    assert "How many were contested" not in page


def test_the_list_costs_the_same_however_many_there_are(client, quality):
    client.force_login(quality)
    counts = []
    for rows in (5, 55):
        for _ in range(rows):
            RecommendationFactory(made_by=quality)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("recommendations"), {"team": "all"})
        counts.append(len(captured))

    assert counts[0] == counts[1]
