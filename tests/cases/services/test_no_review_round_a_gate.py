"""No sequence of pages, API, imports and time completes a review with a significant event unanswered, harm moved
without a reason or the person's view silently absent, nor closes a recommendation without a change or an upheld contest."""

from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Recommendation, Review
from cases.queries.differences import changed_something
from cases.queries.review_facts import known_of
from cases.reference.codes import Rosh
from cases.reference.information import RaiseKind
from cases.reference.reviews import Answered, RecommendationState, ReviewBecause, ReviewState
from cases.rules.gaps import warnings
from cases.rules.reviewing import to_do
from cases.rules.stock import is_stock
from cases.services import recommendations
from cases.services.raising import raise_now
from cases.services.review_signing import countersign_review, return_review, sign_quiet_review
from cases.services.reviews import drop_review
from staff.errors import RuleBroken
from staff.permissions import Role
from tests.cases import a_review
from tests.cases.searching import searched
from tests.factories import PlanActionFactory, RegistrationFactory, UserFactory

pytestmark = pytest.mark.django_db
NOTHING = "n/a"
HARM = "He told his drink worker on Friday that he would hurt her."


class Desk:
    """One case, its officer, a senior, an auditor and a head, and whatever they do."""

    def __init__(self):
        self.case = a_review.reviewed_case()
        self.by, self.today = self.case.officer, localdate()
        self.senior = a_review.senior_of(self.case)
        self.head = UserFactory(role=Role.HEAD)
        self.auditor = UserFactory(role=Role.QUALITY)
        self.client = Client()
        self.client.force_login(self.by)

    def begin(self):
        """Begin one, or give the one that is not finished."""
        return a_review.begun(self.case)

    @property
    def review(self):
        return self.begin()

    @property
    def recommendation(self):
        return self.case.recommendations.order_by("-pk").first()

    def known(self, review):
        return known_of(review, self.today)

    # What happens

    def call_out(self):
        a_review.call_out(self.case, days_ago=0)

    def missed(self):
        a_review.two_missed(self.case, days_ago=3)

    def an_import_brings_a_register(self):
        RegistrationFactory(case=self.case, type_code="RCCO", started_on=self.today)

    def an_import_brings_a_level(self):
        RegistrationFactory(
            case=self.case, type_code=Rosh.VERY_HIGH, type_name="Very high", started_on=self.today
        )

    def harm_is_raised(self):
        raise_now(
            case=self.case,
            kind=RaiseKind.RISK,
            value=Rosh.HIGH,
            because=HARM,
            by=self.by,
            now=now(),
        )

    # Answering, well and badly

    def _answer(self, how, words, **more):
        review = self.review
        keys = [one.key for one in self.known(review).facts.events if one.significant]
        a_review.answer(review, keys, how, words, **more)

    def answer_all(self):
        self._answer(Answered.NOTHING, f"{a_review.MISSED} {a_review.MOVED} The police were told.")

    def answer_with_nothing(self):
        self._answer(Answered.NOTHING, NOTHING)

    def answer_with_a_change_that_is_not_there(self):
        self._answer(Answered.CHANGE, a_review.CALL_OUT, changes=["risk:harm"])

    def answer_with_a_step(self):
        self._answer(Answered.CHANGE, a_review.CALL_OUT, step=a_review.step())

    def answer_with_a_step_that_says_nothing(self):
        self._answer(Answered.CHANGE, a_review.CALL_OUT, step=a_review.step(what="Monitor"))

    def answer_by_api(self):
        review = self.review
        keys = [one.key for one in self.known(review).facts.events][:1]
        body = {"keys": keys, "answer": "nothing", "words": NOTHING, "state": "complete"}
        self._post("api-review-events", review, body)

    def hear(self):
        a_review.heard(self.review)

    def hear_nothing(self):
        a_review.say(self.review, person_view="not_asked", person_words=NOTHING)

    def say_why_harm_moved(self):
        a_review.say(self.review, harm__because=HARM)

    def unsay_why_harm_moved(self):
        a_review.say(self.review, harm__because="")

    def fill_in(self):
        a_review.fill_in(self.review)

    def write_by_api(self):
        said = {"person_view": "declined", "harm.because": NOTHING, "next.words": a_review.SENTENCE}
        self._post("api-review-answers", self.review, {"given": said})

    # Signing, by every way there is

    def sign(self):
        a_review.sign(self.review)

    def sign_by_page(self):
        self.begin()
        page = self.client.get(reverse("sign-review", args=[self.case.crn]))
        if page.status_code == 200:
            form = page.context["form"]
            said = dict.fromkeys(form.keys, a_review.SENTENCE)
            self.client.post(
                reverse("sign-review", args=[self.case.crn]), said | {"read": form.stands}
            )

    def sign_by_api(self):
        review = self.review
        warned = warnings(to_do(self.known(review).facts))
        body = {
            "explained": {one.key: a_review.SENTENCE for one in warned},
            "read": self.known(review).mark, "state": "complete",
        }  # fmt: skip
        self._post("api-review-sign", review, body)

    def sign_on_one_page(self):
        sign_quiet_review(
            review=self.review, person_words="All is well.", because=a_review.SENTENCE, explained={},
            by=self.by, today=self.today, now=now(),
        )  # fmt: skip

    def sign_on_one_page_with_nothing(self):
        self.client.post(
            reverse("quiet-review", args=[self.case.crn]),
            {"person_words": NOTHING, "because": NOTHING, "read": self.known(self.review).mark},
        )

    def countersign(self):
        countersign_review(
            review=self.review, by=self.senior, today=self.today, now=now(), note=a_review.SENTENCE
        )

    def give_back(self):
        return_review(
            review=self.review, question="next.words", note="Who rings her?", by=self.senior,
            today=self.today, now=now(),
        )  # fmt: skip

    def drop(self):
        drop_review(review=self.review, because=a_review.SENTENCE, by=self.by, today=self.today)

    # What an audit recommended

    def recommend(self):
        recommendations.recommend(
            case=self.case, what="Review the risk to his partner.", why="Nothing changed.",
            by=self.auditor, today=self.today, now=now(),
        )  # fmt: skip

    def accept(self):
        self._step(recommendations.accept_recommendation, self.by)

    def contest(self):
        self._step(recommendations.contest_recommendation, self.by, because=a_review.SENTENCE)

    def uphold_their_own(self):
        self._step(
            recommendations.decide_contest, self.auditor, uphold=True, because=a_review.SENTENCE
        )

    def uphold(self):
        self._step(
            recommendations.decide_contest, self.head, uphold=True, because=a_review.SENTENCE
        )

    def do_not_uphold(self):
        self._step(
            recommendations.decide_contest, self.head, uphold=False, because=a_review.SENTENCE
        )

    def review_because_of_it(self):
        a_review.begun(self.case, ReviewBecause.RECOMMENDED, recommendation=self.recommendation)

    def close_with_the_last_review(self):
        self._step(
            recommendations.do_recommendation, self.by, because=a_review.SENTENCE,
            review=self.case.reviews.order_by("-pk").first(),
        )  # fmt: skip

    def close_with_an_old_step(self):
        old = PlanActionFactory(case=self.case, made_on=self.today - timedelta(days=40))
        self._step(
            recommendations.do_recommendation, self.by, because=a_review.SENTENCE, action=old
        )

    def close_with_nothing(self):
        self._step(recommendations.do_recommendation, self.by, because=a_review.SENTENCE)

    def close_by_api(self):
        if one := self.recommendation:
            address = reverse("api-recommendation-done", args=[self.case.crn, one.pk])
            body = {"because": a_review.SENTENCE, "state": "done"}
            self.client.post(address, body, content_type="application/json")

    def _step(self, service, by, **known):
        if one := self.recommendation:
            service(recommendation=one, by=by, today=self.today, now=now(), **known)

    def _post(self, name, review, body):
        address = reverse(name, args=[self.case.crn, review.pk])
        self.client.post(address, body, content_type="application/json")


ALL = sorted(
    name
    for name, one in vars(Desk).items()
    if not name.startswith("_") and name != "known" and not isinstance(one, property)
)
WRITES_WELL = ["call_out", "answer_with_a_step", "hear", "fill_in", "say_why_harm_moved"]


def check(desk):
    """What holds after any step. Returns how many reviews are complete."""
    complete = Review.objects.filter(state=ReviewState.COMPLETE).count()
    for review in Review.objects.filter(state=ReviewState.COMPLETE):
        for event in review.happened.filter(significant=True):
            assert event.answer, event.what
            assert not is_stock(event.words)
        assert review.person_view
        assert not is_stock(review.person_words)
        assert review.harm_before == review.harm_after or not is_stock(review.harm_because)
        if review.hollow or review.countersign_because:
            assert review.countersigned_by == desk.senior
        if review.evidence["recommendation"] == RecommendationState.CONTESTED:
            assert not is_stock(review.answers["contested.words"])
        assert review.evidence["recommendation"] != RecommendationState.OPEN
        _nothing_that_was_known_is_unanswered(review)
    for one in Recommendation.objects.all():
        if one.state == RecommendationState.DONE:
            assert one.done_by_action or changed_something(one.done_by_review)
        if one.state == RecommendationState.WITHDRAWN:
            assert one.decided_by not in (one.made_by, one.answered_by)
            assert one.contested_because
    return complete


def _nothing_that_was_known_is_unanswered(review):
    """What the record held when it was signed is among what it answered."""
    held = set(review.evidence["events"])
    rows = set(review.happened.filter(significant=True).values_list("key", flat=True))
    assert rows <= held


def walk(well, whatever, counted):
    steps = list(well)
    for place, name in whatever:
        steps.insert(place, name)
    with transaction.atomic():
        desk = Desk()
        for name in [
            *steps,
            "sign_on_one_page",
            "sign",
            "sign_by_page",
            "sign_by_api",
            "countersign",
        ]:
            with suppress(RuleBroken), transaction.atomic():
                getattr(desk, name)()
            counted.append(check(desk))
        transaction.set_rollback(True)


search = partial(searched, walk, WRITES_WELL, ALL)


@pytest.mark.parametrize("way", ["sign", "sign_by_page", "sign_by_api"])
def test_each_way_signs_one_that_says_all_of_it(way):
    desk = Desk()
    for name in ("call_out", "answer_with_a_step", "hear", "fill_in"):
        getattr(desk, name)()

    getattr(desk, way)()

    assert Review.objects.get().signed_at is not None
    check(desk)


def test_no_way_completes_a_review_or_closes_a_recommendation_that_should_not_be():
    assert any(search(examples=7, longest=12, derandomize=True, database=None))


@pytest.mark.nightly
def test_nor_does_any_of_many_long_ones():
    assert any(search(examples=25, longest=16))
