"""What Celery beat asks of the GRID. Any of these may come twice, late or never.

Source: architecture, "the database is the queue".
"""

from calendar import SUNDAY

from celery import shared_task
from django.utils.timezone import localdate, now

from cases.models import JobRun
from cases.services.jobs import run_job
from grid.services.caseload import AFRESH, WAITING, place_changed, place_chunk

SWEEP_SECONDS = 50  # less than the minute after which the next one comes


@shared_task
def sweep_placements():
    """Each minute: whoever's facts have changed; then any night's run that was left unfinished."""
    swept = place_changed(today=localdate(), seconds=SWEEP_SECONDS)
    for run in JobRun.objects.unfinished().filter(job__in=[WAITING, AFRESH]).order_by("pk"):
        _place(run.job, slot=run.slot, today=run.today)
    return swept


@shared_task
def place_everybody():
    """Each night: everybody who is waiting; on Sundays everybody, whatever has been marked as changed."""
    today = localdate()
    job = AFRESH if today.weekday() == SUNDAY else WAITING
    _place(job, slot=today.isoformat(), today=today)


def _place(job, *, slot, today):
    run_job(
        job=job,
        slot=slot,
        today=today,
        now=now(),
        step=lambda after: place_chunk(after=after, today=today, afresh=job == AFRESH),
    )
