"""Whatever is recorded in whichever order, no clock runs that must stand still, none is stopped that must run, none is lost."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cases.models import Appointment, Case, Deadline
from cases.reference.deadlines import KINDS
from cases.reference.holding import LeftAs
from cases.reference.pauses import PauseKind
from cases.rules.pausing import still_kinds
from cases.services.deadlines import open_deadline
from cases.services.deaths import record_death, undo_death
from cases.services.pauses import begin_pause, end_pause, record_whereabouts
from staff.errors import RuleBroken
from staff.permissions import Role
from tests.factories import NOW, CaseFactory, UserFactory

pytestmark = pytest.mark.django_db
OF_THEIR_OWN = {
    "ask_whereabouts",
    "see_again",
    "tell_of_death",
    "interim_plan",
}  # opened and closed by what is recorded
OTHERS = sorted(set(KINDS) - OF_THEIR_OWN)
PAUSES = sorted(PauseKind)
DAY = timedelta(days=1)


class ALife(RuleBasedStateMachine):
    """One case. `owed`: the clocks that were opened, none of which anybody has met."""

    deaths = 0  # over all examples, so that a search in which nobody dies shows

    @initialize()
    def begin(self):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.case = CaseFactory()
        self.officer = self.case.officer
        self.senior = UserFactory(role=Role.SPO, team=self.case.team)
        self.now = NOW
        self.owed = set()

    def teardown(self):
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    @property
    def today(self):
        return self.now.date()

    @property
    def dead(self):
        return self.case.deaths.standing().exists()

    @rule(days=st.integers(1, 40))
    def time_passes(self, days):
        self.now += days * DAY

    @rule(kind=st.sampled_from(OTHERS))
    def something_is_owed(self, kind):
        one = open_deadline(
            case=self.case, kind=kind, triggered_on=self.today, why="By rule", by=None, today=self.today
        )  # fmt: skip
        self.owed.add(one.pk)

    @rule(kind=st.sampled_from(PAUSES))
    def they_cannot_be_seen(self, kind):
        known = {"from_on": self.today, "where": "HMP Bullingdon", "source": "The police rang"}
        known |= {"last_seen_on": None, "by": self.officer, "now": self.now}
        if self.dead or self.case.pauses.running().filter(kind=kind).exists():
            with pytest.raises(RuleBroken):
                begin_pause(case=self.case, kind=kind, **known)
        else:
            begin_pause(case=self.case, kind=kind, **known)

    @precondition(lambda self: self.case.pauses.running().exists() and not self.dead)
    @rule(now_as=st.sampled_from(["", *PAUSES]))
    def it_is_over(self, now_as):
        pause = self.case.pauses.running().order_by("pk").first()
        now_as = "" if now_as == pause.kind else now_as
        end_pause(
            pause=pause, to_on=self.today, because="The police rang", now_as=now_as,
            where="HMP Bullingdon", by=self.officer, now=self.now,
        )  # fmt: skip

    @precondition(lambda self: self._wanted() and not self.dead)
    @rule()
    def somebody_asks(self):
        record_whereabouts(
            pause=self._wanted(), on=self.today, asked="The police", said="They have not found them", by=self.officer,
            now=self.now,
        )  # fmt: skip

    @precondition(lambda self: not self.dead)
    @rule()
    def they_die(self):
        ALife.deaths += 1
        record_death(
            case=self.case, died_on=None, told_by="Her sister", in_custody=None, by=self.officer,
            now=self.now,
        )  # fmt: skip

    @precondition(lambda self: self.dead)
    @rule()
    def it_was_a_mistake(self):
        death = self.case.deaths.standing().get()
        undo_death(death=death, because="She rang us herself", by=self.senior, now=self.now)

    @invariant()
    def what_must_stand_still_does_and_nothing_else(self):
        running = set(self.case.pauses.running().values_list("kind", flat=True))
        still = still_kinds(running, self.dead)
        for one in Deadline.objects.unmet().filter(case=self.case):
            assert (one.paused_on is not None) == (one.kind in still), one.kind

    @invariant()
    def none_is_lost(self):
        assert self.owed == set(
            Deadline.objects.unmet().filter(case=self.case).exclude(kind__in=OF_THEIR_OWN).values_list("pk", flat=True)
        )  # fmt: skip

    @invariant()
    def what_belongs_to_it_is_owed_exactly_while_it_is(self):
        unmet = Deadline.objects.unmet().filter(case=self.case)
        assert unmet.filter(kind="ask_whereabouts").exists() == (self._wanted() is not None)
        assert unmet.filter(kind="tell_of_death").exists() == self.dead
        case = Case.objects.get(pk=self.case.pk)
        assert (case.left_as == LeftAs.DIED) == self.dead

    @invariant()
    def nobody_who_has_died_is_expected(self):
        if self.dead:
            assert (
                not Appointment.objects.to_come(self.now).filter(contact__case=self.case).exists()
            )

    def _wanted(self):
        wanted = self.case.pauses.running().filter(kind__in=["warrant", "at_large"])
        return wanted.order_by("pk").first()


def search(examples, steps, **how):
    """How often they died."""
    found = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        **how,
    )
    ALife.deaths = 0
    run_state_machine_as_test(ALife, settings=found)
    return ALife.deaths


def test_no_sequence_leaves_a_clock_running_that_must_not_or_loses_one():
    assert search(examples=6, steps=16, derandomize=True, database=None) > 5


@pytest.mark.nightly
def test_nor_does_any_of_many_long_ones():
    assert search(examples=30, steps=30) > 15
