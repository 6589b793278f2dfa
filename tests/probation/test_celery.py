"""The worker that the tests use is a real one, and dies like a real one."""

import time

from probation.celery import app
from staff.models import Heartbeat
from tests.worker import kill_all_of

PATIENCE = 20  # seconds


def test_a_task_sent_by_name_is_done_by_the_worker_on_this_database_or_the_next_when_one_is_killed(
    start_worker,
):
    first = start_worker("first")
    app.send_task("staff.tasks.say_alive")
    assert soon(Heartbeat.objects.filter(name="worker").exists)

    kill_all_of(first)
    Heartbeat.objects.all().delete()
    app.send_task("staff.tasks.say_alive")
    assert not Heartbeat.objects.exists()

    start_worker("second")

    assert soon(Heartbeat.objects.filter(name="worker").exists)


def soon(happened):
    """Whether it comes true within the patience of a test."""
    until = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True
