"""What Celery beat asks of the GRID. Any of these may come twice, late or never.

Source: architecture, "the database is the queue".
"""

from celery import shared_task
from django.utils.timezone import localdate, now

from cases.models import JobRun
from cases.services.jobs import run_job
from grid.services.caseload import JOB, place_changed, place_chunk

SWEEP_SECONDS = 50  # less than the minute after which the next one comes


@shared_task
def sweep_placements():
    """Each minute: whoever's facts have changed; then any night's run that was left unfinished."""
    swept = place_changed(today=localdate(), seconds=SWEEP_SECONDS)
    for run in JobRun.objects.unfinished().filter(job=JOB).order_by("pk"):
        _place_everybody(slot=run.slot, today=run.today)
    return swept


@shared_task
def place_everybody():
    """Each night: the whole caseload, as at this day."""
    today = localdate()
    _place_everybody(slot=today.isoformat(), today=today)


def _place_everybody(*, slot, today):
    run_job(
        job=JOB,
        slot=slot,
        today=today,
        now=now(),
        step=lambda after: place_chunk(after=after, today=today),
    )
