"""The tasks through a real worker and a real Redis, with what a machine does to both."""

import os
import signal
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from cases.models import Case, Deadline, Flag, JobRun
from cases.reference.deadlines import CHECK_KINDS, KINDS
from cases.services.flags import CHUNK, flag_overdue
from probation.celery import LONGEST_TASK, app
from tests.cases.services.test_flags_under_fire import dump
from tests.factories import TODAY, CaseFactory
from tests.worker import kill_all_of

PATIENCE = 45  # seconds
# Reckoned anew by the night on every case of ours, so that those planted here would be closed
RECKONED_ANEW = {"monthly_contact", "book_rar_day", "ask_home_office"}
OTHER_KINDS = [kind for kind in KINDS.values() if kind.code not in RECKONED_ANEW | set(CHECK_KINDS)]


@pytest.fixture
def caseload(transactional_db):
    """More late work than one chunk holds, all of it on cases on which nothing new falls due."""
    pattern = CaseFactory(imported=True)
    Case.objects.bulk_create(
        Case(
            crn=f"W{n:05}",
            surname="Marsh",
            sort_name="marsh",
            state=pattern.state,
            team=pattern.team,
            imported=True,
        )
        for n in range(CHUNK // len(OTHER_KINDS) + 10)
    )
    Deadline.objects.bulk_create(
        Deadline(
            case=case,
            kind=kind.code,
            owner_role=kind.owner,
            triggered_on=TODAY,
            due_on=date(2018, 10, 8),
            why="Arrived 1 October 2018",
        )
        for case in Case.objects.order_by("pk")
        for kind in OTHER_KINDS
    )


@pytest.fixture
def expected(caseload):
    """What a run that nothing befalls leaves, undone again."""
    after, step = 0, flag_overdue(today=localdate())
    while after is not None:
        after, _ = step(after)
    left = dump()
    Flag.objects.all().delete()
    return left


def soon(happened, every=0.1):
    until = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > until:
            return False
        time.sleep(every)
    return True


def finished():
    runs = JobRun.objects.filter(job="flag_overdue")
    return runs.exists() and not runs.unfinished().exists()


def swept():
    """As beat does each minute, only sooner."""
    app.send_task("cases.tasks.resume")
    return finished()


@contextmanager
def stuck_in_its_second_chunk():
    """Hold the last case, so that the worker stands still where it is to be struck."""
    with transaction.atomic():
        Case.objects.select_for_update().order_by("-pk").first()
        app.send_task("cases.tasks.run_hourly")
        assert soon(JobRun.objects.filter(job="flag_overdue", chunks=1).exists)
        yield


def children_of(process):
    tasks = Path(f"/proc/{process.pid}/task").glob("*/children")
    return [int(pid) for path in tasks for pid in path.read_text().split()]


def test_a_run_whose_worker_is_killed_is_ended_by_the_next_sweep(expected, start_worker):
    worker = start_worker("first")
    with stuck_in_its_second_chunk():
        kill_all_of(worker)
    start_worker("second")

    assert soon(swept, every=0.4)
    assert dump() == expected


def test_a_run_whose_process_in_the_pool_is_killed_is_ended_too(expected, start_worker):
    worker = start_worker("only")
    with stuck_in_its_second_chunk():
        for pid in children_of(worker):
            os.kill(pid, signal.SIGKILL)

    assert soon(swept, every=0.4)
    assert dump() == expected


def test_redis_may_be_emptied_in_the_middle(expected, celery_worker):
    with stuck_in_its_second_chunk():
        app.send_task("cases.tasks.run_nightly")
        redis.Redis.from_url(settings.REDIS_URL).flushdb()

    assert soon(finished)
    assert dump() == expected
    assert soon(swept, every=0.4)
    assert soon(JobRun.objects.filter(job="open_due_enquiries", finished_at__isnull=False).exists)


def test_two_beats_and_two_workers_make_one_run(expected, start_worker):
    start_worker("first")
    start_worker("second")

    for _ in range(5):
        app.send_task("cases.tasks.run_hourly")

    assert soon(finished)
    assert JobRun.objects.filter(job="flag_overdue").count() == 1
    assert dump() == expected


def test_the_options_are_those_that_lose_nothing():
    told = app.conf

    assert (told.task_acks_late, told.task_reject_on_worker_lost) == (True, True)
    assert (told.worker_prefetch_multiplier, told.task_ignore_result) == (1, True)
    assert told.timezone == "Europe/London"
    assert told.broker_transport_options == {
        "visibility_timeout": LONGEST_TASK,
        "unacked_restore_throttle": 1,
    }


def test_whatever_is_on_the_timetable_is_there_to_run_and_drops_what_came_too_late():
    app.loader.import_default_modules()

    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)
    assert all(entry["options"]["expires"] for entry in app.conf.beat_schedule.values())
