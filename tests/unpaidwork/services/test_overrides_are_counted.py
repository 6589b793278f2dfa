"""However overrides are asked for, decided, used, closed and run out: the page, its file, the rows and the trail agree.

Source: product rules, override (reported; an own page of ages and outcomes) and evidence.
"""

import csv
from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from cases.models import Override
from cases.rules.overrides import SIX
from cases.services.overrides import read_override
from cases.services.overrides_run_out import expire_overrides
from oversight.queries.overrides import counts_of
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import NOW, InstructionFactory, RegistrationFactory, TeamFactory, UserFactory
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_worker import a_project, a_worker, on_tuesdays, sign_risk
from unpaidwork.models import WorkAllocation
from unpaidwork.queries.site_gaps import shut_anywhere
from unpaidwork.services.allocations import allocate, end_allocation
from unpaidwork.services.overrides import (
    ask_work_override,
    close_work_override,
    decide_work_override,
)
from unpaidwork.services.retesting import retest_chunk

pytestmark = pytest.mark.django_db
WORDS = dict.fromkeys(
    SIX, "Rang the officer before me on Monday; the charity shop closes on Friday."
)
NOTE = "He is watched by two supervisors that day."
which = st.integers(0, 9)
GAVE = ("allocated_work", "changed_work_allocation", "resumed_work", "reopened_work_allocation")


class Going(RuleBasedStateMachine):
    """Three people whom a single placement waits for, two seniors and the head, days that pass."""

    approved = used = 0  # over all examples, so that a search in which nothing happens shows

    @initialize()
    def begin(self):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = NOW
        self.clock = frozen(NOW)
        self.clock.__enter__()
        team = TeamFactory()
        self.head = UserFactory(role=Role.HEAD, team=team)
        self.seniors = [UserFactory(role=Role.SPO, team=team) for _ in range(2)] + [self.head]
        self.by = coordinator()
        self.works = [self.somebody(team) for _ in range(3)]
        self.project = a_project(kind="individual", most=3, ratio=3)
        self.is_asked_for(0, 5)
        self.is_decided(0, 0, True)
        self.is_given_the_place(0)

    def somebody(self, team):
        work = a_worker(team=team)
        register = RegistrationFactory(case=work.case, type_code="ARSO")
        register.review_on = NOW.date() + timedelta(days=90)
        register.save()
        InstructionFactory(registration=register)
        sign_risk(work.case)
        return work

    def teardown(self):
        if hasattr(self, "undo"):
            Going.approved += Override.objects.exclude(decided_by=None).count()
            Going.used += WorkAllocation.objects.exclude(override=None).count()
            self.the_file_holds_each_of_them_once()
            self.clock.__exit__(None, None, None)
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def try_to(self, service, **said):
        with suppress(RuleBroken), transaction.atomic():
            return service(now=self.now, **said)

    def one_of(self, number):
        rows = list(Override.objects.order_by("pk"))
        return rows[number % len(rows)] if rows else None

    def today(self):
        return self.now.date()

    @rule(who=which, days=st.integers(1, 10))
    def is_asked_for(self, who, days):
        case = self.works[who % 3].case
        keys = [one.key for one in shut_anywhere(case, self.today()) if one.may_override]
        self.try_to(
            ask_work_override, case=case, keys=keys or ["risk"], by=case.officer, today=self.today(),
            expires_on=self.today() + timedelta(days=days), **WORDS,
        )  # fmt: skip

    @rule(one=which, senior=which, approve=st.booleans())
    def is_decided(self, one, senior, approve):
        if override := self.one_of(one):
            by = self.seniors[senior % 3]
            self.try_to(
                decide_work_override, override=override, approve=approve, note=NOTE, by=by, today=self.today(),
            )  # fmt: skip

    @rule(who=which)
    def is_given_the_place(self, who):
        self.try_to(
            allocate, work=self.works[who % 3],
            placing=on_tuesdays(self.project, from_on=self.today()), by=self.by,
        )  # fmt: skip

    @rule(number=which)
    def leaves_the_place(self, number):
        rows = list(WorkAllocation.objects.select_related("case").order_by("pk"))
        if rows:
            one = rows[number % len(rows)]
            self.try_to(end_allocation, allocation=one, because="They have moved away", by=self.by)

    @rule(one=which, senior=which)
    def is_closed(self, one, senior):
        if override := self.one_of(one):
            by = self.seniors[senior % 3]
            self.try_to(
                close_work_override, override=override, how="Placed in a group instead.", by=by,
                today=self.today(),
            )  # fmt: skip

    @rule(one=which)
    def is_read(self, one):
        if override := self.one_of(one):
            self.try_to(read_override, override=override, note=NOTE, by=self.head, today=self.today())  # fmt: skip

    @rule(days=st.integers(1, 4))
    def days_pass(self, days):
        self.clock.__exit__(None, None, None)
        self.now += timedelta(days=days)
        self.clock = frozen(self.now)
        self.clock.__enter__()
        expire_overrides(today=self.today(), now=self.now)
        retest_chunk(after=0, today=self.today(), now=self.now)

    @invariant()
    def page_file_rows_and_trail_agree(self):
        if not hasattr(self, "works"):
            return
        rows = Counter(Override.objects.values_list("state", flat=True))
        trail = Counter(Entry.objects.filter(refused=False).values_list("action", flat=True))
        page = counts_of(self.head, None)
        once_approved = rows["approved"] + rows["closed"] + rows["expired"]

        assert {state: page[state] for state in page if state != "unopened"} == {
            state: rows[state] for state in page if state != "unopened"
        }
        assert trail["asked_override"] == sum(rows.values())
        assert trail["approved_override"] == once_approved
        assert trail["refused_override"] == rows["refused"]
        assert trail["closed_override"] == rows["closed"]
        assert trail["reviewed_override"] == Override.objects.exclude(read_at=None).count()
        assert trail["expired_override"] >= rows["expired"]  # one that ran out may be closed since

    @invariant()
    def each_place_that_an_override_gave_is_in_the_trail_with_it(self):
        if not hasattr(self, "works"):
            return
        gave = Entry.objects.filter(action__in=GAVE, refused=False).exclude(detail__override=None)
        places = WorkAllocation.objects.exclude(override=None)
        assert sorted(gave.values_list("detail__allocation", flat=True)) == sorted(
            places.values_list("pk", flat=True)
        )
        for one in places.filter(state="active").select_related("override"):
            assert one.override.state == "approved"
            assert one.override.expires_on >= self.today()
            assert one.evidence["overrides"][0]["override"] == one.override_id

    def the_file_holds_each_of_them_once(self):
        client = Client()
        client.force_login(self.head)
        answer = client.get(reverse("overrides-csv"), {"team": "all", "state": "any"})
        lines = b"".join(answer.streaming_content).decode().splitlines()
        assert len(list(csv.reader(lines))) - 1 == Override.objects.count()


def search(examples):
    """How many were approved, and how many used."""
    Going.approved = Going.used = 0
    run_state_machine_as_test(
        Going,
        settings=settings(
            max_examples=examples,
            stateful_step_count=12,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    return Going.approved, Going.used


def test_what_is_shown_of_overrides_equals_the_rows_and_the_trail():
    assert all(search(5))


@pytest.mark.nightly
def test_what_is_shown_of_overrides_equals_the_rows_and_the_trail_however_long_it_is_looked_for():
    assert all(search(120))
