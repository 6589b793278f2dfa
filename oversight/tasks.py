"""What Celery asks of what is read across: each task looks up what is due in the database, and may come twice or never."""

from celery import shared_task
from django.utils.timezone import now

from oversight.services.sharing_giving import give_waiting
from oversight.services.sharing_work import work_out_waiting
from oversight.services.weekly_figures import run_week
from oversight.services.workload import keep_week


@shared_task
def sweep_workload():
    """Each minute: how full officers are on the Monday of this week, where it is not kept yet. Then this is one read."""
    keep_week(now=now())


@shared_task
def sweep_weekly_figures():
    """Each minute: on the first working morning of a week, the figures for whoever asked for them. Then this is one read."""
    run_week(now=now())


@shared_task
def work_out_sharings():
    """Each ten seconds: proposals of whom many cases go to. Where none waits this is one read."""
    work_out_waiting(now=now())


@shared_task
def give_sharings():
    """Each ten seconds: proposals that were published, carried out a bit at a time. Where none waits this is one read."""
    give_waiting(now=now())
