"""What Celery asks of cases: each task looks up what is due in the database, and may come twice or never."""

from celery import shared_task
from django.utils.timezone import now

from cases.services.enforcement.hub_questions import close_needless, tell_seniors_of_unanswered
from cases.services.enforcement.queue import close_done, release_idle
from cases.services.messages import send_waiting
from cases.services.taking_over import take_over_left
from cases.services.timetable import run_due, run_hour, run_night
from cases.services.visit_watch import alert_missed_check_ins


@shared_task
def run_nightly():
    run_night(now=now())


@shared_task
def run_hourly():
    run_hour(now=now())


@shared_task
def resume():
    """Each minute: what was due and did not come, or began and died."""
    run_due(now=now())


@shared_task
def send_messages():
    """Each minute: what waits in the outbox and may go by now."""
    send_waiting(now=now())


@shared_task
def watch_visits():
    """Each minute: visits that nobody has come back from by the time they said. The word goes at once."""
    if alert_missed_check_ins(now=now()):
        send_waiting(now=now())


@shared_task
def sweep_leavers():
    """Each minute: what somebody who has left still held falls to the seniors, so that no case is nobody's."""
    take_over_left(now=now())


@shared_task
def release_idle_claims():
    """Each minute: what somebody of the hub took and has not worked on goes back into the queue."""
    release_idle(now=now())


@shared_task
def close_claims():
    """Each minute: claims on what is done are closed, and questions about it are taken back."""
    close_done(now=now())
    close_needless(now=now())


@shared_task
def tell_of_unanswered_questions():
    """Each minute: seniors hear of what the hub asked and nobody has answered by its hour."""
    if tell_seniors_of_unanswered(now=now()):
        send_waiting(now=now())
