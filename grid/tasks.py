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
from grid.services.group_sweep import sweep_places
from grid.services.proposals import PROPOSING, propose_chunk
from grid.services.timetable_publish import publish_waiting
from grid.services.timetable_work import work_out_waiting
from grid.services.unmet import OPENING, settle_needs_chunk

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


@shared_task
def sweep_proposals():
    """Each minute: the night's run over all to whom something may be proposed, where it did not come or died."""
    for run in JobRun.objects.unfinished().filter(job=PROPOSING).order_by("pk"):
        _propose(slot=run.slot, today=run.today)
    night = night_due(localtime())
    _propose(slot=night.isoformat(), today=night)


@shared_task
def open_unmet_needs():
    """Each minute: the night's run over all who wait and all needs that are not met, where it did not come or died."""
    for run in JobRun.objects.unfinished().filter(job=OPENING).order_by("pk"):
        _open_needs(slot=run.slot, today=run.today)
    night = night_due(localtime())
    _open_needs(slot=night.isoformat(), today=night)


@shared_task
def sweep_groups():
    """Each minute: places of those who died, left or are in custody; series that are over; who reaches whom by a group."""
    return sweep_places(now=now())


@shared_task
def sweep_timetables():
    """Each minute: timetables that wait to be worked out, and the next series of those that are being published."""
    return work_out_waiting(now=now()) + publish_waiting(now=now())


def _propose(*, slot, today):
    run_job(
        job=PROPOSING,
        slot=slot,
        today=today,
        now=now(),
        step=lambda after: propose_chunk(after=after, today=today),
    )


def _place(job, *, slot, today):
    run_job(
        job=job,
        slot=slot,
        today=today,
        now=now(),
        step=lambda after: place_chunk(after=after, today=today, afresh=job == AFRESH),
    )


def _open_needs(*, slot, today):
    at = now()
    run_job(
        job=OPENING,
        slot=slot,
        today=today,
        now=at,
        step=lambda after: settle_needs_chunk(after=after, now=at),
    )
