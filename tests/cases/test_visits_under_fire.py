"""A missed check-in through a real worker and a real Redis: the worker is killed before the minute is due, and
whoever is to ring is told by the next minute's sweep, once.
"""

import time
from datetime import timedelta

import pytest
from django.utils.timezone import now

from cases.models import HomeVisit, Message, Notice
from probation.celery import MINUTE, app
from staff.models import Heartbeat
from tests.cases.a_visit import colleague
from tests.factories import CaseFactory, HomeVisitFactory
from tests.worker import kill_all_of

PATIENCE = 60  # seconds
SOON = timedelta(seconds=5)


def soon(happened):
    until = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    return True


def on_a_visit(call_by):
    case = CaseFactory()
    buddy = colleague(case, email="buddy@example.gov.uk", mobile="07700 900123")
    return HomeVisitFactory(
        case=case, buddy=buddy, set_out_at=now() - timedelta(minutes=30), call_by=call_by
    )


def told(visit):
    return Notice.objects.filter(user=visit.buddy).count()


@pytest.mark.parametrize("task", ["cases.tasks.watch_visits", "cases.tasks.resume"])
def test_a_missed_check_in_alerts_on_time_although_the_worker_was_killed_before_it_was_due(
    start_worker, task
):
    first = start_worker("first")
    visit = on_a_visit(call_by=now() + SOON)
    app.send_task(task)  # a sweep before it is due, which tells nobody
    kill_all_of(first)
    assert now() < visit.call_by, "The machine was too slow for this test to say anything."
    assert told(visit) == 0
    start_worker("second")
    time.sleep(max(0, (visit.call_by - now()).total_seconds()))

    app.send_task(task)  # as beat does each minute
    assert soon(lambda: told(visit))
    heard = Notice.objects.get(user=visit.buddy).at
    app.send_task(task)
    app.send_task(task)
    app.send_task("staff.tasks.say_alive")  # one worker does one after the other
    assert soon(Heartbeat.objects.filter(name="worker").exists)

    assert timedelta(0) <= heard - visit.call_by < timedelta(seconds=MINUTE)
    assert told(visit) == 1
    assert sorted(Message.objects.values_list("means", flat=True)) == ["email", "text"]
    visit.refresh_from_db()
    assert visit.alerted == 1


def test_a_worker_killed_while_it_tells_leaves_each_visit_told_once_or_still_to_tell(start_worker):
    visits = [on_a_visit(call_by=now() - timedelta(seconds=5)) for _ in range(30)]
    first = start_worker("first")
    app.send_task("cases.tasks.watch_visits")
    soon(lambda: HomeVisit.objects.filter(alerted=1).exists())
    kill_all_of(first)
    assert all(told(one) == HomeVisit.objects.get(pk=one.pk).alerted for one in visits)
    start_worker("second", concurrency=2)

    app.send_task("cases.tasks.watch_visits")
    app.send_task("cases.tasks.watch_visits")

    assert soon(lambda: not HomeVisit.objects.filter(alerted=0).exists())
    assert [told(one) for one in visits] == [1] * len(visits)
