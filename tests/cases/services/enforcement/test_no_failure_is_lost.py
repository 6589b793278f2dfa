"""Whatever is done, and in whatever order, a standing failure is unanswered with a clock that runs, or answered by something
that stands or is over for a reason. A letter goes once. What rested on a failure that was withdrawn is withdrawn too, or is
on the officer's list to be decided again.
"""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from cases.models import (
    Address,
    Breach,
    ComplianceDecision,
    ComplianceWarning,
    Deadline,
    Failure,
    Letter,
    Person,
    Recall,
)
from cases.queries.enquiries import MAIN_ADDRESS
from cases.reference.appointments import Decided
from cases.reference.enforcement import (
    BREACH_OVER,
    BY_STATUTE,
    RECALL_OVER,
    Answer,
    LetterKind,
    LetterState,
    WithdrawnBecause,
)
from cases.reference.holding import LeftAs
from cases.rules.enforcement.warnings import counts_until
from cases.services.compliance import decide
from cases.services.enforcement import letters, letters_sent
from cases.services.enforcement.answers import answer_failure, keep_going
from cases.services.enforcement.breaches.withdrawing import withdraw_breach
from cases.services.enforcement.failures import record_failure, withdraw_failure
from cases.services.enforcement.letters_back import letter_came_back, write_again
from cases.services.enforcement.recalls import withdraw_recall
from cases.services.leaving import come_back, leave
from cases.services.outcomes import record_outcome
from staff.errors import RuleBroken
from staff.permissions import Role
from tests.factories import AppointmentFactory, CaseFactory, SentenceFactory, UserFactory

pytestmark = pytest.mark.django_db
AT = datetime(2018, 10, 2, 9, tzinfo=UTC)
BEGAN = date(2018, 1, 3)
NONE_BOOKED = "We will ring you to arrange the next appointment."
TO_GO = {LetterState.ASKED, LetterState.READY}
some = st.integers(0, 9)  # which one, of however many there are


class Failing(RuleBasedStateMachine):
    """One case under an order, a suspended sentence order and a licence, with four appointments nobody came to."""

    done = 0  # over all examples, so that a search in which everything is refused shows
    reached: set[str] = set()

    @initialize()
    def begin(self):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = AT + timedelta(days=12)
        self.case = CaseFactory()
        self.officer, self.hub = self.case.officer, UserFactory(role=Role.HUB)
        Address.objects.create(
            case=self.case, status_code=MAIN_ADDRESS, lines="1 Fern Road", town="Reading", postcode="RG1 1AA",
            safe_to_write=True,
        )  # fmt: skip
        known = {"case": self.case, "started_on": BEGAN, "expected_end_on": date(2019, 12, 31)}
        self.orders = [
            SentenceFactory(**known),
            SentenceFactory(**known, order="suspended", event="2"),
            SentenceFactory(**known, order="custody", custody_status="B", released_on=BEGAN),
        ]
        for n, order in enumerate([self.orders[0], self.orders[0], self.orders[2], None]):
            booked = AppointmentFactory(
                case=self.case, at=AT + timedelta(days=n), contact__sentence=order, told_how="in_person"
            )  # fmt: skip
            record_outcome(
                appointment=booked, outcome="AFTA", notes="", sensitive=False, by=self.officer, now=self.now,
            )  # fmt: skip

    def teardown(self):
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    # What the staff do

    @rule(n=some, order=some, ago=st.integers(0, 9))
    def record_by_hand(self, n, order, ago):
        on = self.now.date() - timedelta(days=ago)
        self.attempt(
            record_failure, case=self.case, order=self.orders[order % 3].pk, happened_on=on,
            became_aware_on=on, learnt="monitoring", what=f"Broke the curfew, {n}.",
        )  # fmt: skip

    @rule(n=some, to=st.sampled_from([*[Decided.FAILURE] * 3, Decided.ACCEPTABLE]), others=st.sets(some, max_size=2))  # fmt: skip
    def settle(self, n, to, others):
        decisions = list(ComplianceDecision.objects.order_by("pk"))
        orders = [self.orders[other % 3].pk for other in others]
        known = {"because": "We spoke of it.", "reason": "AAME" if to == Decided.ACCEPTABLE else ""}
        self.attempt(decide, decision=decisions[n % 4], to=to, orders=orders, **known)

    @rule(n=some, answer=st.sampled_from(Answer))
    def answer(self, n, answer):
        if failure := self.pick(Failure.objects.unanswered(), n):
            self.attempt(
                answer_failure, failure=failure, answer=answer, because="He gave no reason."
            )

    @rule(n=some, order=some, ago=st.integers(0, 3), answer=st.sampled_from(Answer))
    def record_and_answer(self, n, order, ago, answer):
        self.record_by_hand(n, order, ago)
        self.answer(n, answer)

    @rule(n=some)
    def answer_one_that_is_settled(self, n):
        if failure := self.pick(Failure.objects.all(), n):
            self.attempt(answer_failure, failure=failure, answer="warn", because="Once more.")

    @rule(n=some)
    def withdraw(self, n):
        if failure := self.pick(Failure.objects.standing(), n):
            self.attempt(withdraw_failure, failure=failure, because="The company was wrong.")

    @rule(n=some)
    def keep_going(self, n):
        if deadline := self.pick(Deadline.objects.filter(kind="decide_again"), n):
            self.attempt(keep_going, deadline=deadline, because="The rest is proven.")

    @rule(n=some)
    def withdraw_the_breach(self, n):
        if breach := self.pick(Breach.objects.all(), n):
            self.attempt(
                withdraw_breach, breach=breach, because=WithdrawnBecause.PROOF, words="Proof came.", authority="The SPO",
                told="The officer rang the NPS.",
            )  # fmt: skip

    @rule(n=some)
    def withdraw_the_recall(self, n):
        if recall := self.pick(Recall.objects.all(), n):
            self.attempt(withdraw_recall, recall=recall, because="The risk is managed.")

    @rule(n=some)
    def send(self, n):
        """The hub writes it, has it read and posts it; it tries it with one that has gone, too."""
        letters_there = Letter.objects.filter(state__in=TO_GO) if n % 4 else Letter.objects.all()
        if (letter := self.pick(letters_there, n)) is None:
            return
        known = {"letter": letter, "by": self.hub}
        words = {"no_appointment": NONE_BOOKED, "because": "Proof of a good reason came."}
        self.attempt(letters.write_letter, words=words, welsh=False, **known)
        self.attempt(letters.make_ready, **known)
        if sent := self.attempt(letters_sent.send_letter, proof="Certificate 12", **known):
            self.reached.add(f"sent {sent.kind}")

    @rule(n=some)
    def comes_back(self, n):
        if letter := self.pick(Letter.objects.filter(state=LetterState.SENT), n):
            self.attempt(letter_came_back, letter=letter, on=self.now.date(), because="Gone away")

    @rule(n=some, again=st.booleans())
    def see_to_what_came_back(self, n, again):
        if letter := self.pick(Letter.objects.filter(state=LetterState.RETURNED), n):
            if again:
                asked = {"contact_asked_on": self.now.date()}  # they still live there
                Person.objects.update_or_create(case=self.case, defaults=asked)
                self.attempt(write_again, letter=letter)
            else:
                self.attempt(letters.leave_returned, letter=letter, because="He has moved away.")

    @rule(days=st.sampled_from([1, 1, 3, 10]))
    def time_passes(self, days):
        self.now += timedelta(days=days)

    @rule()
    def they_leave_and_come_back(self):
        known = {"case": self.case, "by": self.officer, "now": self.now}
        self.case = leave(left_as=LeftAs.ELSEWHERE, because="They moved to Wales.", **known)
        refused = Failure.objects.unanswered().first()
        if refused:
            assert (
                self.attempt(answer_failure, failure=refused, answer="warn", because="No.") is None
            )
        self.case = come_back(case=self.case, by=self.officer, now=self.now)

    # What holds all the while

    @invariant()
    def whatever_stands_unanswered_has_a_clock_and_nothing_else_has(self):
        waits = set(Failure.objects.unanswered().values_list("pk", flat=True))
        running = list(self.running("answer_failure").values_list("failure", flat=True))
        assert sorted(running) == sorted(waits)

    @invariant()
    def whatever_is_answered_rests_on_what_stands_or_is_over_for_a_reason(self):
        for one in Failure.objects.standing().exclude(answer=""):
            self.reached.add(one.answer)
            assert one.because
            if one.answer == Answer.WARN:
                assert one.warning.withdrawn_on is None
                self.its_letter_is_on_its_way_or_was_seen_to(one.warning)
            elif one.answer == Answer.REFER:
                over = one.breach.state in BREACH_OVER
                assert (one.breach.withdrawn_words != "") is over
            elif one.answer == Answer.RECALL:
                over = one.recall.state in RECALL_OVER
                assert over == bool(one.recall.steps.filter(state="REC10").exclude(words=""))

    def its_letter_is_on_its_way_or_was_seen_to(self, warning):
        last = warning.letters.filter(kind=LetterKind.WARNING).order_by("pk").last()
        if last.state in TO_GO:
            assert self.running("send_letter").filter(letter=last).exists()
        elif last.state == LetterState.RETURNED:
            mended = self.running("mend_letter").filter(letter=last).exists()
            assert mended != bool(last.cancelled_because)
            assert warning.given_on is None
        else:
            assert last.state == LetterState.SENT
            assert warning.given_on == last.served_on

    @invariant()
    def a_warning_falls_with_its_failure_and_its_letter_with_it(self):
        for one in ComplianceWarning.objects.filter(failures__withdrawn_on__isnull=False):
            assert one.withdrawn_because
            warned = one.letters.filter(kind=LetterKind.WARNING)
            assert not warned.filter(state__in=TO_GO).exists()
            open_to = Deadline.objects.unmet().filter(letter__in=warned)
            assert not open_to.exists()
            if warned.filter(state=LetterState.SENT).exists():
                assert one.letters.filter(kind=LetterKind.WITHDRAWAL).exists()
                self.reached.add("told that it counts no more")

    @invariant()
    def a_letter_goes_once(self):
        sent = Letter.objects.filter(state=LetterState.SENT)
        for kind in (LetterKind.WARNING, LetterKind.WITHDRAWAL):
            of = list(sent.filter(kind=kind).values_list("warning", flat=True))
            assert len(of) == len(set(of))

    @invariant()
    def what_runs_on_nothing_is_to_be_decided_again(self):
        for one in Breach.objects.exclude(state__in=BREACH_OVER):
            if not one.failures.standing().exists():
                assert self.running("decide_again").filter(breach=one).exists()
                self.reached.add("breach to be decided again")
        for one in Recall.objects.exclude(state__in=RECALL_OVER):
            if not one.failures.standing().exists():
                assert self.running("decide_again").filter(recall=one).exists()

    @invariant()
    def nothing_that_is_over_is_to_be_decided_again(self):
        for one in self.running("decide_again").select_related(
            "failure__warning", "failure__breach", "breach", "recall"
        ):
            assert one.breach is None or one.breach.state not in BREACH_OVER
            assert one.recall is None or one.recall.state not in RECALL_OVER
            failure = one.failure
            assert failure is None or failure.withdrawn_on is None
            if failure and failure.answer == Answer.WARN:
                assert not failure.warning.withdrawn_on
            elif failure:
                assert (failure.answer, failure.breach.state) == (Answer.REFER, "withdrawn")

    @invariant()
    def what_a_withdrawn_breach_left_behind_was_put_to_the_officer(self):
        for one in Failure.objects.standing().filter(breach__state="withdrawn"):
            assert Deadline.objects.filter(kind="decide_again", failure=one).exists()
            self.reached.add("left behind by a breach")

    @invariant()
    def what_rested_on_a_warning_that_fell_was_put_to_the_officer(self):
        for warning in ComplianceWarning.objects.exclude(withdrawn_on=None):
            rested = Failure.objects.standing().filter(law__rests_on__contains=[warning.pk])
            for one in rested.exclude(answer=Answer.NOTHING):
                asked = Deadline.objects.filter(kind="decide_again")
                about = {"warn": {"failure": one}, "refer": {"breach": one.breach}, "recall": {"recall": one.recall}}  # fmt: skip
                thing = one.breach or one.recall
                over = thing is not None and thing.state in (*BREACH_OVER, *RECALL_OVER)
                assert over or asked.filter(**about[one.answer]).exists()
                self.reached.add("rested on a warning that fell")

    @invariant()
    def an_absence_is_a_failure_as_long_as_one_of_it_stands(self):
        for one in ComplianceDecision.objects.all():
            stands = one.failures.standing().exists()
            assert stands == (one.state == Decided.FAILURE)

    @invariant()
    def no_warning_follows_one_that_counted_by_law(self):
        """Of those that stand: a warning was not given where the law left referral alone."""
        for one in Failure.objects.standing().filter(answer=Answer.WARN, regime__in=BY_STATUTE):
            earlier = ComplianceWarning.objects.filter(
                sentence=one.sentence_id, withdrawn_on=None, given_on__lt=one.happened_on, pk__lt=one.warning_id
            )  # fmt: skip
            for warning in earlier:
                if warning.given_on <= one.answered_at.date():
                    assert one.happened_on > counts_until(warning.given_on)

    # How they do it

    def running(self, kind):
        return Deadline.objects.unmet().filter(case=self.case, kind=kind)

    def pick(self, rows, n):
        found = list(rows.order_by("pk"))
        return found[n % len(found)] if found else None

    def attempt(self, service, **known):
        """What the service gives; None where it refuses, and then nothing has changed."""
        with suppress(RuleBroken), transaction.atomic():
            given = service(**{"by": self.officer, "now": self.now} | known)
            type(self).done += 1
            return given
        return None


REACHED = {
    *Answer, "sent warning", "sent withdrawal", "told that it counts no more", "breach to be decided again",
    "rested on a warning that fell", "left behind by a breach",
}  # fmt: skip
ALL_THE_WHILE = [
    name for name, found in vars(Failing).items() if hasattr(found, "hypothesis_stateful_invariant")
]


@pytest.fixture(autouse=True)
def no_paper(monkeypatch):
    """What a letter says, and its paper, are looked at elsewhere."""
    for room in (letters, letters_sent):
        monkeypatch.setattr(room, "as_paper", lambda said: b"%PDF-1.7 a letter")


WAYS = (  # each: a step, and what it is given
    ("record_by_hand", 1, 0, 5), ("answer", 0, Answer.WARN), ("send", 1), ("time_passes", 10),
    ("record_by_hand", 2, 0, 0), ("answer", 0, Answer.WARN), ("answer", 0, Answer.REFER),
    ("withdraw", 0), ("keep_going", 0), ("keep_going", 0), ("send", 1), ("send", 0),
    ("they_leave_and_come_back",), ("withdraw", 0), ("keep_going", 1), ("withdraw_the_breach", 0),
    ("record_by_hand", 3, 2, 0), ("answer", 0, Answer.WARN), ("send", 1), ("comes_back", 9),
    ("see_to_what_came_back", 0, True), ("record_by_hand", 4, 2, 0), ("answer", 0, Answer.RECALL),
    ("withdraw", 0), ("withdraw", 0), ("keep_going", 2), ("withdraw_the_recall", 0),
    ("record_by_hand", 5, 2, 0), ("answer", 0, Answer.NOTHING),
    ("settle", 0, Decided.FAILURE, {1, 2}), ("answer", 0, Answer.WARN), ("answer", 0, Answer.WARN),
    ("settle", 0, Decided.ACCEPTABLE, set()), ("settle", 3, Decided.FAILURE, set()),
    ("record_by_hand", 6, 1, 0), ("answer", 1, Answer.REFER), ("withdraw_the_breach", 1), ("keep_going", 9),
)  # fmt: skip


def test_the_ways_that_matter_lose_nothing_at_any_step():
    Failing.done, Failing.reached = 0, set()
    walk = Failing()
    walk.begin()
    try:
        for step, *given in WAYS:
            getattr(walk, step)(*given)
            for name in ALL_THE_WHILE:
                getattr(walk, name)()
    finally:
        walk.teardown()

    assert len(ALL_THE_WHILE) > 5
    assert Failing.reached >= REACHED, REACHED - Failing.reached


@pytest.mark.parametrize(
    ("examples", "steps"), [(6, 20), pytest.param(30, 30, marks=pytest.mark.nightly)]
)
def test_no_failure_is_lost_whatever_is_done(examples, steps):
    Failing.done, Failing.reached = 0, set()

    run_state_machine_as_test(
        Failing,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert Failing.done > examples
