"""No sequence of steps of staff, of the NPS and of the GRID reaches the NPS without a senior, leaves a case without its
owner, opens a second escalation, or leaves a clock running that nothing waits for.
"""

from contextlib import suppress
from datetime import timedelta

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

from cases.models import Case
from cases.reference.codes import Rosh
from cases.services.facts import facts_changed
from grid.models import Escalation
from grid.reference.escalation import EscalationState as State
from grid.rules.escalation import CLOCKS, DECIDED, OWED
from grid.services import escalation as services
from grid.services.placement import place_person
from staff.errors import RuleBroken
from tests.factories import NOW, TODAY, RegistrationFactory, placeable
from tests.grid import an_escalation as steps

pytestmark = pytest.mark.django_db
STEPS = {
    "refer": steps.referred,
    "asked": steps.said(State.ASKED),
    "rejected": steps.said(State.REJECTED),
    "accepted": steps.said(State.ACCEPTED),
    "send": steps.sent,
    "challenge": steps.challenged,
    "keep": steps.kept,
    "withdraw": steps.withdrawn,
    "hand over": steps.handed_over,
    "discuss": steps.decided,
    "not referred": steps.not_referred,
}
PAST_THE_GATE = frozenset(State) - {State.OPENED} - DECIDED


class Life(RuleBasedStateMachine):
    """One case at high risk, its officer and a senior."""

    looked = taken = (
        0  # over all examples: how often a risk was open, and how many steps were taken, not refused
    )

    @initialize()
    def begin(self):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.day = 0
        self.case = placeable(harm=Rosh.HIGH)
        self.officer, self.senior = self.case.officer, steps.senior_of(self.case)
        place_person(case=self.case, by=None, today=TODAY)

    def teardown(self):
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    @rule(name=st.sampled_from(sorted(STEPS)))
    def step(self, name):
        self._taken(name)

    @rule(names=st.permutations(sorted(STEPS)))
    def whatever_may_be_done(self, names):
        any(self._taken(name) for name in names)

    def _taken(self, name):
        """Whether that step was not refused."""
        found = Escalation.objects.filter(case=self.case).order_by("-pk").first()
        try:
            STEPS[name](found, self.senior, self.now)
        except RuleBroken:
            return False
        Life.taken += 1
        return True

    @rule()
    def put_to_the_nps(self):
        with suppress(RuleBroken):
            services.open_escalation(
                case=self.case, because=steps.WHY, by=self.officer, now=self.now
            )

    @rule()
    def sweep(self):
        facts_changed(case_ids=[self.case.pk], now=self.now)
        place_person(case=self.case, by=None, today=self.today)

    @rule(harm=st.sampled_from([Rosh.MEDIUM, Rosh.HIGH, Rosh.VERY_HIGH]))
    def assess(self, harm):
        self.case.registrations.filter(type_code__in=list(Rosh)).update(type_code=harm)

    @rule()
    def register(self):
        RegistrationFactory(case=self.case)

    @rule()
    def sleep(self):
        self.day += 1

    @property
    def today(self):
        return TODAY + timedelta(days=self.day)

    @property
    def now(self):
        return NOW + timedelta(days=self.day)

    @invariant()
    def at_most_one_is_open_and_its_clocks_run_and_no_others(self):
        if not hasattr(self, "case"):
            return
        open_ones = list(Escalation.objects.unsettled().filter(case=self.case))
        running = self.case.deadlines.unmet().filter(kind__in=CLOCKS)
        assert len(open_ones) <= 1
        Life.looked += len(open_ones)
        wanted = OWED.get(open_ones[0].state, set()) if open_ones else set()
        assert sorted(running.values_list("kind", flat=True)) == sorted(wanted)

    @invariant()
    def nothing_reached_the_nps_before_a_senior_had_written_what_was_decided(self):
        for one in Escalation.objects.all():
            discussed = False
            for state in one.steps.order_by("pk").values_list("state", flat=True):
                discussed = (discussed or state in DECIDED) and state != State.OPENED
                assert discussed or state not in PAST_THE_GATE
            assert one.steps.order_by("pk").last().state == one.state

    @invariant()
    def the_case_is_its_officers_until_a_named_officer_of_the_nps_has_it(self):
        if not hasattr(self, "case"):
            return
        case = Case.objects.get(pk=self.case.pk)
        handed_over = Escalation.objects.filter(state=State.HANDED_OVER).exists()
        assert bool(case.retained_by) == handed_over
        assert handed_over or case.officer_id == self.officer.pk


@pytest.mark.parametrize(
    ("examples", "steps"), [(8, 20), pytest.param(40, 30, marks=pytest.mark.nightly)]
)
def test_no_sequence_of_steps_loses_a_risk(examples, steps):
    Life.looked = Life.taken = 0

    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert Life.looked > 0
    assert Life.taken > 0
