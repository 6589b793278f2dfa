from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from cases.models import Deadline, Notice
from cases.reference.reviews import Answered, RecommendationState, ReviewBecause
from cases.services.actions import add_action, finish_action
from cases.services.recommendations import (
    accept_recommendation,
    contest_recommendation,
    decide_contest,
    do_recommendation,
    recommend,
)
from staff.errors import RuleBroken
from staff.permissions import Role
from tests.cases import a_review
from tests.factories import CaseFactory, PlanActionFactory, ReviewFactory, UserFactory, limit

pytestmark = pytest.mark.django_db
WHY = "The call-out in August was already answered by the plan of September."


@pytest.fixture
def quality():
    return UserFactory(role=Role.QUALITY)


@pytest.fixture
def head():
    return UserFactory(role=Role.HEAD)


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def made(case, quality):
    return recommend(
        case=case, what="Review the risk to his partner.", why="Nothing changed since the call-out.",
        by=quality, today=localdate(), now=now(),
    )  # fmt: skip


def accept(one):
    return accept_recommendation(
        recommendation=one, by=one.case.officer, today=localdate(), now=now()
    )


def contest(one, because=WHY):
    return contest_recommendation(
        recommendation=one, because=because, by=one.case.officer, today=localdate(), now=now()
    )


def decide(one, by, uphold, because="The plan of September does answer it, in its third step."):
    return decide_contest(
        recommendation=one, uphold=uphold, because=because, by=by, today=localdate(), now=now()
    )


def do(one, because="His partner is rung each Monday, which nobody did before.", **shown):
    return do_recommendation(
        recommendation=one,
        because=because,
        by=one.case.officer,
        today=localdate(),
        now=now(),
        **shown,
    )


def owed(one):
    rows = Deadline.objects.unmet().filter(recommendation=one)
    return sorted(rows.values_list("kind", flat=True))


def step(one, what="Ring his partner each Monday with her support worker", **known):
    given = {"case": one.case, "by": one.case.officer, "today": localdate()}
    return add_action(
        what=what, by_whom="Duty", by_on=localdate() + timedelta(days=7), **given | known
    )


def test_what_is_recommended_is_to_be_answered_and_the_officer_hears(case, made):
    assert made.state == RecommendationState.OPEN
    assert owed(made) == ["answer_recommendation"]
    assert Notice.objects.filter(user=case.officer, text__contains="Accept or contest").exists()


@pytest.mark.parametrize("given", [{"what": "n/a"}, {"why": "tbc"}])
def test_a_recommendation_says_what_and_why(case, quality, given):
    said = {"what": "Review the risk.", "why": "Nothing changed."}

    with pytest.raises(RuleBroken):
        recommend(case=case, by=quality, today=localdate(), now=now(), **said | given)


def test_what_is_accepted_stays_open_until_a_change_is_shown(made):
    accept(made)

    made.refresh_from_db()
    assert made.state == RecommendationState.ACCEPTED
    assert owed(made) == ["do_recommendation"]
    assert Notice.objects.get(user=made.made_by, text__contains="is accepted").for_information


def test_a_contest_says_why_and_goes_to_somebody_who_had_no_part_in_it(made, head):
    with pytest.raises(RuleBroken, match="do not agree"):
        contest(made, because="not relevant to index offence")

    contest(made)

    made.refresh_from_db()
    assert made.state == RecommendationState.CONTESTED
    assert owed(made) == ["decide_contest"]
    assert Notice.objects.filter(user=head, text__contains="contested").exists()


def test_what_is_contested_is_not_accepted_before_it_is_decided(made):
    contest(made)

    with pytest.raises(RuleBroken, match="decided first"):
        accept(made)


def test_an_upheld_contest_withdraws_it(made, head):
    contest(made)

    decide(made, head, uphold=True)

    made.refresh_from_db()
    assert (made.state, made.settled_by, owed(made)) == (RecommendationState.WITHDRAWN, head, [])
    told = Notice.objects.filter(text__contains="was upheld")
    assert set(told.values_list("for_information", flat=True)) == {True}


def test_one_not_upheld_is_to_be_done_and_is_not_contested_again(made, head):
    contest(made)

    decide(made, head, uphold=False)

    made.refresh_from_db()
    assert (made.state, owed(made)) == (RecommendationState.ACCEPTED, ["do_recommendation"])
    told = Notice.objects.filter(text__contains="was not upheld")
    assert set(told.values_list("for_information", flat=True)) == {False}
    with pytest.raises(RuleBroken, match="contested before"):
        contest(made)


def test_neither_whoever_made_it_nor_whoever_contested_it_decides(made, quality):
    contest(made)

    for by in (quality, made.case.officer):
        with pytest.raises(RuleBroken, match="somebody else decides"):
            decide(made, by, uphold=True)


def test_it_is_done_with_a_step_added_since(made):
    accept(made)

    do(made, action=step(made))

    made.refresh_from_db()
    assert made.state == RecommendationState.DONE
    assert owed(made) == []


def test_a_step_finished_since_answers_it_as_well(made):
    earlier = PlanActionFactory(case=made.case, made_on=localdate() - timedelta(days=40))
    accept(made)
    with pytest.raises(RuleBroken, match="comes from before|not finished"):
        do(made, action=earlier)

    finish_action(
        action=earlier, note="Visited; she was there.", by=made.case.officer, today=localdate()
    )
    do(made, action=earlier)

    made.refresh_from_db()
    assert made.done_by_action == earlier


@pytest.mark.parametrize(
    "how", ["nothing", "stock step", "empty review", "another case", "stock words", "draft"]
)
def test_a_hollow_closure_is_refused(made, how):
    accept(made)
    shown, words = {}, {}
    match how:
        case "stock step":
            shown = {"action": step(made, what="to monitor")}
        case "empty review":
            shown = {"review": ReviewFactory(case=made.case, complete=True, signed_at=now())}
        case "another case":
            shown = {"action": PlanActionFactory(made_on=localdate())}
        case "stock words":
            shown, words = {"action": step(made)}, {"because": "see plan"}
        case "draft":
            shown = {"review": ReviewFactory(case=made.case)}

    with pytest.raises(RuleBroken):
        do(made, **shown, **words)

    made.refresh_from_db()
    assert made.state == RecommendationState.ACCEPTED


def test_a_completed_review_that_changed_something_does_it(quality):
    case = a_review.reviewed_case()
    a_review.call_out(case)
    one = recommend(
        case=case, what="Review the risk to his partner.", why="Nothing changed.", by=quality,
        today=localdate(), now=now(),
    )  # fmt: skip
    accept(one)
    review = a_review.begun(case, ReviewBecause.RECOMMENDED, recommendation=one)
    a_review.heard(review)
    a_review.fill_in(review)
    a_review.answer(
        review,
        a_review.keys_of(review, "call_out"),
        Answered.CHANGE,
        a_review.CALL_OUT,
        step=a_review.step(),
    )
    with pytest.raises(RuleBroken):
        do(one, review=review)
    a_review.sign(review)

    do(one, review=review)

    one.refresh_from_db()
    assert one.done_by_review == review


def test_nobody_who_is_shut_out_of_the_case_hears_of_it(case, head):
    limit(case, restricted=True, let_in=[case.officer])
    made = recommend(
        case=case, what="Review the risk.", why="Nothing changed.", by=UserFactory(role=Role.QUALITY),
        today=localdate(), now=now(),
    )  # fmt: skip

    contest(made)

    assert not Notice.objects.filter(user=head).exists()
