"""What Celery asks of the GRID: each task looks up what is due in the database, and may come twice or never.

Source: architecture, "the database is the queue".
"""

from calendar import SUNDAY

from celery import shared_task
from django.utils.timezone import localdate, localtime, now

from cases.models import JobRun
from cases.rules.timetable import night_due
from cases.services.jobs import run_job
from grid.services.caseload import AFRESH, WAITING, place_changed, place_chunk

SWEEP_SECONDS = 50  # less than the minute after which the next one comes


@shared_task
def sweep_placements():
    """Each minute: whoever's facts have changed; then the night's run, where it did not come or died."""
    swept = place_changed(today=localdate(), seconds=SWEEP_SECONDS)
    for run in JobRun.objects.unfinished().filter(job__in=[WAITING, AFRESH]).order_by("pk"):
        _place(run.job, slot=run.slot, today=run.today)
    place_everybody()
    return swept


@shared_task
def place_everybody():
    """Each night: everybody who is waiting; on Sundays everybody, whatever was marked as changed."""
    night = night_due(localtime())
    _place(AFRESH if night.weekday() == SUNDAY else WAITING, slot=night.isoformat(), today=night)


def _place(job, *, slot, today):
    run_job(
        job=job,
        slot=slot,
        today=today,
        now=now(),
        step=lambda after: place_chunk(after=after, today=today, afresh=job == AFRESH),
    )
