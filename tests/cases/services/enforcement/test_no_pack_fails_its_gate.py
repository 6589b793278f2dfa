"""No sequence of writing, sending, answers of the NPS, the court, withdrawal and late proof sends a pack that fails its
gate, sends one twice, loses a breach, or leaves a clock running on one that is over.
"""

from contextlib import suppress
from datetime import timedelta
from typing import ClassVar

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

from cases.models import Amendment, Breach, Deadline, Failure, Letter
from cases.queries.enforcement.pack import pack_of
from cases.reference.breach_pack import REPORT
from cases.reference.enforcement import BREACH_OVER, COURT_OUTCOMES, BreachState
from cases.rules.enforcement.breaches import OWED
from cases.rules.enforcement.court import HEARS
from cases.rules.enforcement.pack import to_do
from cases.rules.gaps import gates, warnings
from cases.services.enforcement.answers import answer_failure, keep_going
from cases.services.enforcement.breaches import amendments, bundles, court
from cases.services.enforcement.breaches.withdrawing import see_withdrawn
from cases.services.enforcement.breaches.writing import write_pack
from cases.services.enforcement.failures import record_failure, withdraw_failure
from staff.errors import RuleBroken
from staff.models import User
from tests.cases.a_breach import NPS, SAID, WAY, a_senior, on, referred, whole_pack
from tests.factories import NOW

pytestmark = pytest.mark.django_db
State = BreachState
DAY = timedelta(days=1)
some = st.integers(0, 9)  # which one, of however many there are


class Breaches(RuleBasedStateMachine):
    """One case, one order, one breach to begin with, of a failure that nothing proves they were told of."""

    done = 0  # over all examples, so that a search in which everything is refused shows
    reached: ClassVar[set[str]] = set()

    start: ClassVar[tuple[int, int]]  # the breach and the senior it begins with, made once

    @initialize()
    def begin(self):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = NOW
        breach, senior = self.start
        breach = Breach.objects.select_related("case__officer", "sentence").get(pk=breach)
        self.case, self.order = breach.case, breach.sentence
        self.officer, self.senior = self.case.officer, User.objects.get(pk=senior)

    def teardown(self):
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    # What the staff do

    @rule(
        said=st.sampled_from(["", "n/a", SAID]), part=st.sampled_from(["told", "report", "court"])
    )
    def write(self, said, part):
        breach = self.breach()
        given = {
            "told": {f"told.{one.pk}": said for one in breach.failures.all()},
            "report": {f"report.{one.code}": said for one in REPORT},
            "court": {"court_name": said},
        }[part]
        self.attempt(write_pack, breach=breach, given=given, by=self.officer)

    @rule(explains=st.booleans())
    def send(self, explains):
        breach = self.breach()
        found = to_do(pack_of(breach, self.now, self.now.date()))
        said = {one.key: SAID for one in warnings(found)} if explains else {}
        if step := self.attempt(on, breach=breach, to=State.SUBMITTED, explained=said):
            assert gates(found) == []
            assert {one["key"] for one in step.pack_says["warnings"]} == {
                one.key for one in warnings(found)
            }
            assert step.pack.content.content

    @rule(to=st.sampled_from([State.MORE_ASKED, State.RETURNED, State.DECLINED, State.ACCEPTED]))
    def nps_answers(self, to):
        self.attempt(on, breach=self.breach(), to=to)

    @rule(to=st.sampled_from([State.SUMMONS, State.WARRANT]))
    def court_issues(self, to):
        self.attempt(on, breach=self.breach(), to=to)

    @rule(code=st.sampled_from(sorted(COURT_OUTCOMES)))
    def court_decides(self, code):
        self.attempt(on, breach=self.breach(), to=State.DECIDED, code=code, prison="HMP Bullingdon")

    @rule(days=st.integers(0, 5))
    def set_day(self, days):
        at = self.now + days * DAY
        self.attempt(
            court.set_hearing, breach=self.breach(), at=at, court="Reading", by=self.officer
        )

    @rule(again=st.booleans(), off=st.booleans())
    def say_day(self, again, off):
        hearing = self.breach().hearings.order_by("-pk").first()
        if hearing and off:
            self.attempt(
                court.call_off_hearing, hearing=hearing, because="No judge sat.", by=self.officer
            )
        elif hearing:
            next_at = self.now + 3 * DAY if again else None
            known = {"attended": True, "result": "Put off for a report.", "next_at": next_at}
            self.attempt(court.say_hearing, hearing=hearing, by=self.officer, **known)

    @rule()
    def ask_for_a_change(self):
        day = self.now.date()
        known = {"what": "Correct the dates.", "asked_by": NPS, "asked_on": day, "due_on": day}
        self.attempt(amendments.ask_amendment, breach=self.breach(), by=self.officer, **known)

    @rule(n=some, refuses=st.booleans())
    def see_to_a_change(self, n, refuses):
        owed = list(Amendment.objects.order_by("pk"))
        if not owed:
            return
        one = owed[n % len(owed)]
        if refuses:
            because = "They took it back."
            self.attempt(
                amendments.refuse_amendment, amendment=one, because=because, by=self.officer
            )
            return
        found = to_do(pack_of(self.breach(), self.now, self.now.date()))
        said = {gap.key: SAID for gap in warnings(found)}
        known = {"changed": "The dates are those of the log.", "explained": said}
        if self.attempt(amendments.send_amendment, amendment=one, by=self.officer, **known):
            assert gates(found) == []

    @rule(n=some)
    def read_a_change(self, n):
        rows = list(Amendment.objects.order_by("pk"))
        if rows:
            self.attempt(amendments.see_amendment, amendment=rows[n % len(rows)], by=self.officer)

    @rule()
    def withdraw(self):
        self.attempt(on, breach=self.breach(), to=State.WITHDRAWN)

    @rule()
    def senior_reads(self):
        self.attempt(see_withdrawn, breach=self.breach(), by=self.senior)

    @rule()
    def fails_again(self):
        day = self.now.date()
        failure = self.attempt(
            record_failure, case=self.case, order=self.order.pk, happened_on=day, became_aware_on=day, learnt="staff",
            what="Did not let the officer into the home.", by=self.officer,
        )  # fmt: skip
        if failure:
            because = "They heard us, and did not open."
            self.attempt(
                answer_failure, failure=failure, answer="refer", because=because, by=self.officer
            )

    @rule(n=some)
    def late_proof(self, n):
        rows = list(Failure.objects.order_by("pk"))
        because = "A letter of the hospital came."
        self.attempt(
            withdraw_failure, failure=rows[n % len(rows)], because=because, by=self.officer
        )

    @rule()
    def go_on(self):
        if owed := Deadline.objects.unmet().filter(kind="decide_again").first():
            because = "The other failure is as grave."
            self.attempt(keep_going, deadline=owed, because=because, by=self.officer)

    @rule(days=st.sampled_from([1, 1, 5]))
    def time_passes(self, days):
        self.now += days * DAY

    # What holds all the while

    @invariant()
    def each_breach_owes_what_its_state_owes_and_nothing_else(self):
        for breach in Breach.objects.all():
            state = State(breach.state)
            running = Deadline.objects.unmet().filter(breach=breach)
            owed = set(running.values_list("kind", flat=True))
            if state in BREACH_OVER:
                read = {"read_withdrawn_breach"} if self.is_unread(breach) else set()
                assert owed == read
                assert not breach.amendments.owed().exists()
                assert not Letter.objects.to_go().filter(breach=breach).exists()
                assert not breach.hearings.filter(said_at=None, called_off=False).exists()
                continue
            assert set(OWED.get(state, ())) <= owed
            assert not owed & (set().union(*OWED.values()) - set(OWED.get(state, ())))
            assert ("say_hearing" in owed) == (state in HEARS)
            assert ("amend_breach" in owed) == breach.amendments.owed().exists()
            unread = breach.amendments.filter(sent_at__isnull=False, seen_at=None).exists()
            assert ("see_amendment" in owed) == unread

    def is_unread(self, breach):
        return breach.state == State.WITHDRAWN and breach.seen_by_senior_at is None

    @invariant()
    def each_pack_that_went_is_kept_and_had_no_gate_shut(self):
        for breach in Breach.objects.all():
            gone = breach.steps.filter(state=State.SUBMITTED, pack_says__has_key="failures")
            sent = gone.exclude(pack_says__has_key="amendment")
            assert sent.count() == breach.times_submitted
            for step in breach.steps.exclude(pack=None):
                assert step.pack.kind == "breach_pack"
                assert step.pack_says["failures"]
                assert all(one["told"] and one["requirement"] for one in step.pack_says["failures"])

    @invariant()
    def every_state_was_reached_by_a_step(self):
        for breach in Breach.objects.all():
            assert breach.steps.order_by("-pk").values_list("state", flat=True)[0] == breach.state
            self.reached.add(breach.state)

    @invariant()
    def wanted_only_while_a_warrant_is_out(self):
        if self.case.pauses.running().filter(kind="warrant").exists():
            assert Breach.objects.filter(case=self.case, state=State.WARRANT).exists()

    # How they do it

    def breach(self):
        """The one that runs, or the last there was."""
        found = Breach.objects.running().filter(case=self.case).first()
        found = found or Breach.objects.filter(case=self.case).order_by("-pk").first()
        found.case = self.case
        return found

    def attempt(self, service, **known):
        """What the service gives; None where it refuses, and then nothing has changed."""
        with suppress(RuleBroken), transaction.atomic():
            given = service(**known | {"now": self.now})
            type(self).done += 1
            return given


@pytest.fixture(autouse=True)
def no_paper(monkeypatch):
    """The paper is made elsewhere (tests/cases/agencies/test_breach_pack.py): here its bytes stand for it."""
    monkeypatch.setattr(
        bundles, "breach_pack", lambda said, letters: b"%PDF of " + said["crn"].encode()
    )


def begun(state):
    """A referral of which nothing is written, or the state that a whole pack has come to."""
    breach = referred()
    if state:
        write_pack(breach=breach, given=whole_pack(breach), by=breach.case.officer, now=NOW)
        for step in WAY[State(state)]:
            on(breach, step)
    return breach.pk, a_senior(breach.case).pk


def search(start, examples, steps, **how):
    """How much was done, and which states were reached."""
    Breaches.done, Breaches.start = 0, begun(start)
    Breaches.reached.clear()
    run_state_machine_as_test(
        Breaches,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            **how,
        ),
    )
    return Breaches.done, Breaches.reached


@pytest.mark.parametrize("start", [None, *WAY])
def test_no_sequence_sends_a_pack_that_fails_its_gate(start):
    done, reached = search(start, examples=7, steps=16, derandomize=True, database=None)

    assert done > 2
    assert (start or State.PREPARING) in reached


@pytest.mark.nightly
@pytest.mark.parametrize("start", [None, *WAY])
def test_nor_does_any_of_many_long_ones(start):
    done, reached = search(start, examples=25, steps=20)

    assert done > 2
    assert (start or State.PREPARING) in reached
