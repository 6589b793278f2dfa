"""What Celery asks of unpaid work: the task looks up what is due in the database, and may come twice or never.

Source: architecture, "the database is the queue".
"""

from functools import partial

from celery import shared_task
from django.utils.timezone import localdate, now

from cases.services.jobs import RUNS_FAILED, each_by_itself
from cases.services.messages import send_waiting
from unpaidwork.services.instructions import owe_new_instructions
from unpaidwork.services.retesting import retest_changed
from unpaidwork.services.sheets import settle_reach_near
from unpaidwork.services.timetable import run_night
from unpaidwork.services.watch import alert_unheard


@shared_task
def sweep_work():
    """Each minute: the night's runs, where they did not come or died. Once they are done this is a read of each."""
    run_night(now=now())


@shared_task
def sweep_sheets():
    """Each minute: registers and orders that have appeared and say nothing to supervisors; who reaches whom on site.

    Whoever is on site reaches their people although the first of these fails.
    """
    today = localdate()
    steps = [partial(one, today=today) for one in (owe_new_instructions, settle_reach_near)]
    each_by_itself(*steps, failed=RUNS_FAILED)


@shared_task
def sweep_allocations():
    """Each minute: whoever works and whose record has changed lately is tested again; the night tests everybody."""
    retest_changed(now=now())


@shared_task
def watch_sites():
    """Each minute: supervisors alone on site of whom nobody has heard by the time they said. The word goes at once."""
    if alert_unheard(now=now()):
        send_waiting(now=now())
