"""The flags come out the same whoever raises them, however often, killed or not."""

import hashlib
import random
from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Deadline, Flag, JobRun
from cases.services.flags import flag_overdue
from cases.services.jobs import finish_job, run_job
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    CaseFactory,
    DeadlineFactory,
    EnquiryFactory,
    StandingFactory,
)
from tests.forks import fork, wait

LATER = date(2018, 10, 24)  # by then some have climbed to the senior and some to the head
NIGHT = {"job": "flag_overdue", "slot": LATER.isoformat(), "today": LATER, "now": NOW}
SIZE = 4  # flags a chunk
NIGHTS = range(0, 33, 3)  # days after the first
DUMP = """
    SELECT deadline_id, case_id, told, why, raised_on, climbed_on, closed_on FROM cases_flag
    ORDER BY deadline_id
"""
ROWS = "SELECT ctid::text, xmin::text FROM {} ORDER BY 1"
TABLES = ("cases_flag", "cases_deadline", "cases_case", "cases_enquiry", "cases_standing")


@pytest.fixture
def caseload(transactional_db):
    """Twenty-four things owed: late or not, with a concern or without, some flagged, some done since."""
    for n in range(8):
        case = CaseFactory()
        StandingFactory(case=case, concern=n % 2 == 0)
        sent_on = TODAY + timedelta(days=n % 3)
        enquiry = EnquiryFactory(case=case, sent=True, sent_on=sent_on)
        DeadlineFactory(
            case=case,
            enquiry=enquiry,
            kind="chase_check",
            owner_role=Role.HUB,
            due_on=sent_on + timedelta(days=7 + 14 * (n % 4 == 3)),
        )
        DeadlineFactory(case=case, kind="name_officer", due_on=TODAY + timedelta(days=n))
        DeadlineFactory(case=case, kind="first_ten_days", due_on=LATER - timedelta(days=n % 4))
    early = TODAY + timedelta(days=6)
    flag_overdue(today=early)(0)
    done = (
        Deadline.objects.filter(flag__isnull=False).order_by("pk").values_list("pk", flat=True)[:3]
    )
    Deadline.objects.filter(pk__in=list(done)).update(met_on=early)


def a_step():
    return flag_overdue(today=LATER, size=SIZE)


def dump():
    with connection.cursor() as cursor:
        cursor.execute(DUMP)
        return hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()


def versions():
    """Every row version there is: a row written again, even unchanged, has another."""
    with connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(ROWS.format(table))
            found[table] = cursor.fetchall()
        return found


def undo(flags):
    """Put the flags back as they were, and forget every run."""
    Flag.objects.all().delete()
    Flag.objects.bulk_create([Flag(**row) for row in flags])
    JobRun.objects.all().delete()


def uninterrupted():
    """The dump after a run that nothing befell, and how to begin again."""
    before = list(Flag.objects.values())
    run_job(**NIGHT, step=a_step())
    expected = dump()
    undo(before)
    return expected, before


def test_the_caseload_gives_every_kind_of_work(caseload):
    run = run_job(**NIGHT, step=a_step())

    assert set(Flag.objects.raised().values_list("told", flat=True)) == {
        Role.HUB, Role.SPO, Role.HEAD
    }  # fmt: skip
    assert all(run.result[name] for name in ("raised", "climbed", "closed"))
    assert run.chunks > 3


@pytest.mark.parametrize(
    "seeds", [range(20), pytest.param(range(20, 40), marks=pytest.mark.nightly)], ids=str
)
def test_killed_at_any_moment_the_flags_come_out_the_same(caseload, seeds):
    expected, before = uninterrupted()
    for seed in seeds:
        chance = random.Random(seed)

        for _ in range(chance.randint(1, 3)):
            wait(fork(lambda: run_job(**NIGHT, step=a_step()), dies_after=chance.randint(1, 40)))
        run = finish_job(patience=10, **NIGHT, step=a_step())

        assert run.finished_at, seed
        assert dump() == expected, seed
        undo(before)


@pytest.mark.parametrize(
    "seeds", [range(10), pytest.param(range(10, 25), marks=pytest.mark.nightly)], ids=str
)
def test_two_workers_killed_or_not_leave_the_same_flags(caseload, seeds):
    expected, before = uninterrupted()
    by_hand = {**NIGHT, "slot": "by hand"}
    for seed in seeds:
        chance = random.Random(seed)

        pids = [
            fork(
                lambda which=which: finish_job(patience=10, **which, step=a_step()),
                dies_after=chance.choice([None, chance.randint(1, 40)]),
            )
            for which in (NIGHT, by_hand)
        ]
        wait(*pids)
        finish_job(patience=10, **NIGHT, step=a_step())
        finish_job(patience=10, **by_hand, step=a_step())

        assert dump() == expected, seed
        undo(before)


def test_even_without_the_lock_of_the_job_two_passes_agree(caseload):
    expected, _ = uninterrupted()

    def run_through():
        after, step = 0, a_step()
        while after is not None:
            after, _ = step(after)

    wait(*(fork(run_through) for _ in range(3)))

    assert dump() == expected


def test_a_task_delivered_five_times_at_once_is_one_run(caseload):
    expected, _ = uninterrupted()

    wait(*(fork(lambda: run_job(**NIGHT, step=a_step())) for _ in range(5)))
    finish_job(patience=10, **NIGHT, step=a_step())

    assert JobRun.objects.count() == 1
    assert dump() == expected
    assert Flag.objects.count() == Flag.objects.values("deadline", "deadline__due_on").count()


def test_a_run_over_what_is_done_writes_no_row_version(caseload):
    run_job(**NIGHT, step=a_step())
    before = versions()

    run_job(**{**NIGHT, "slot": "by hand"}, step=a_step())

    assert versions() == before


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    owed=st.lists(
        st.tuples(
            st.sampled_from(["chase", "name_officer", "escalate_risk", "decide_lowering"]),
            st.integers(0, 20),  # days until it was due
            st.booleans(),  # a concern
            st.none() | st.sampled_from(NIGHTS),  # when it was done
        ),
        min_size=1,
        max_size=6,
    ),
    missed=st.sets(st.sampled_from(NIGHTS)),
)
def test_nights_missed_change_nothing_but_the_day_a_flag_climbed_or_closed(db, owed, missed):
    def live_through(nights):
        for table in (Flag, Deadline):
            table.objects.all().delete()
        open_ones = []
        for kind, due_in, concern, done_in in owed:
            case = CaseFactory()
            StandingFactory(case=case, concern=concern)
            due_on = TODAY + timedelta(days=due_in)
            if kind == "chase":
                enquiry = EnquiryFactory(case=case, sent=True)
                facts = {"kind": "chase_check", "enquiry": enquiry, "owner_role": Role.HUB}
            else:
                facts = {"kind": kind}
            open_ones.append((DeadlineFactory(case=case, due_on=due_on, **facts), done_in))
        for night in NIGHTS:
            today = TODAY + timedelta(days=night)
            if night in nights:
                flag_overdue(today=today)(0)
            for deadline, done_in in open_ones:
                if done_in == night:
                    Deadline.objects.filter(pk=deadline.pk).update(met_on=today)
        keys = {deadline.pk: place for place, (deadline, _) in enumerate(open_ones)}
        flags = Flag.objects.raised().order_by("pk")
        return sorted((keys[f.deadline_id], f.told, f.why, f.raised_on) for f in flags)

    assert live_through(set(NIGHTS)) == live_through((set(NIGHTS) - missed) | {NIGHTS[-1]})
