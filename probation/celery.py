"""Celery's timetable. Each task asks the database what is due, so a lost message costs nothing.

The options answer what Celery on Redis was measured to do in a crash: an early acknowledgement loses
the task for ever, a late one loses it when only the child of the pool dies unless it is rejected, and
what a killed worker held comes back only after the visibility timeout, looked for every 100 s unless
told otherwise. None of it is relied on: the sweep of each minute resumes whatever is due and not done.
"""

import os

from celery import Celery
from celery.schedules import crontab

from cases.rules.timetable import NIGHT

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probation.settings")

SOON, MINUTE, HOUR = 10, 60, 60 * 60  # seconds
LONGEST_TASK = 15 * 60  # seconds; a second copy of a longer one does nothing while the first runs

app = Celery("probation")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    timezone="Europe/London",
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,  # ours writes JSON without names
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "visibility_timeout": LONGEST_TASK,
        "unacked_restore_throttle": 1,
    },
    beat_schedule={
        # A message that waited longer than until the next of its kind is dropped
        "sign of life": {
            "task": "staff.tasks.say_alive",
            "schedule": 30,
            "options": {"expires": 30},
        },
        "resume what is due and not done": {
            "task": "cases.tasks.resume",
            "schedule": MINUTE,
            "options": {"expires": MINUTE},
        },
        "visits nobody has come back from": {
            "task": "cases.tasks.watch_visits",
            "schedule": MINUTE,
            "options": {"expires": MINUTE},
        },
        "cases of staff who have left": {
            "task": "cases.tasks.sweep_leavers",
            "schedule": MINUTE,
            "options": {"expires": MINUTE},
        },
        "supervisors nobody has heard from": {
            "task": "unpaidwork.tasks.watch_sites",
            "schedule": MINUTE,
            "options": {"expires": MINUTE},
        },
        "send what waits in the outbox": {
            "task": "cases.tasks.send_messages",
            "schedule": MINUTE,
            "options": {"expires": MINUTE},
        },
        "items of the hub's queue that nobody works on": {
            "task": "cases.tasks.release_idle_claims",
            "schedule": MINUTE,
            "options": {"expires": MINUTE},
        },
        "items of the hub's queue that are done": {
            "task": "cases.tasks.close_claims",
            "schedule": MINUTE,
            "options": {"expires": MINUTE},
        },
        "questions of the hub that nobody has answered": {
            "task": "cases.tasks.tell_of_unanswered_questions",
            "schedule": MINUTE,
            "options": {"expires": MINUTE},
        },
        "flags each hour": {
            "task": "cases.tasks.run_hourly",
            "schedule": crontab(minute=0),
            "options": {"expires": HOUR},
        },
        "enquiries and flags each night": {
            "task": "cases.tasks.run_nightly",
            "schedule": crontab(hour=NIGHT.hour, minute=NIGHT.minute),
            "options": {"expires": HOUR},
        },
        "registers and orders that say nothing to supervisors yet": {
            "task": "unpaidwork.tasks.sweep_sheets",
            "schedule": MINUTE,
            "options": {"expires": MINUTE},
        },
        "place whoever's facts have changed": {
            "task": "grid.tasks.sweep_placements",
            "schedule": MINUTE,
            "options": {"expires": MINUTE},
        },
        "place everybody each night": {
            "task": "grid.tasks.place_everybody",
            "schedule": crontab(hour=NIGHT.hour, minute=NIGHT.minute),
            "options": {"expires": HOUR},
        },
        "what is proposed to people each night": {
            "task": "grid.tasks.sweep_proposals",
            "schedule": MINUTE,
            "options": {"expires": MINUTE},
        },
        "what nothing planned fits each night": {
            "task": "grid.tasks.open_unmet_needs",
            "schedule": MINUTE,
            "options": {"expires": MINUTE},
        },
        "groups of those who left, and those that are over": {
            "task": "grid.tasks.sweep_groups",
            "schedule": MINUTE,
            "options": {"expires": MINUTE},
        },
        "timetables of a quarter": {
            "task": "grid.tasks.sweep_timetables",
            "schedule": MINUTE,
            "options": {"expires": MINUTE},
        },
        "test again whoever works and whose record has changed": {
            "task": "unpaidwork.tasks.sweep_allocations",
            "schedule": MINUTE,
            "options": {"expires": MINUTE},
        },
        "what is owed of unpaid work": {
            "task": "unpaidwork.tasks.sweep_work",
            "schedule": MINUTE,
            "options": {"expires": MINUTE},
        },
        "what is owed of release": {
            "task": "ttg.tasks.sweep_releases",
            "schedule": MINUTE,
            "options": {"expires": MINUTE},
        },
        "how full officers are each Monday": {
            "task": "oversight.tasks.sweep_workload",
            "schedule": MINUTE,
            "options": {"expires": MINUTE},
        },
        # Somebody waits for it at a screen
        "proposals of whom cases go to": {
            "task": "oversight.tasks.work_out_sharings",
            "schedule": SOON,
            "options": {"expires": SOON},
        },
        "proposals that are carried out": {
            "task": "oversight.tasks.give_sharings",
            "schedule": SOON,
            "options": {"expires": SOON},
        },
        "figures of the week": {
            "task": "oversight.tasks.sweep_weekly_figures",
            "schedule": MINUTE,
            "options": {"expires": MINUTE},
        },
        "referrals that go to services": {
            "task": "ttg.tasks.mail_referrals",
            "schedule": MINUTE,
            "options": {"expires": MINUTE},
        },
    },
)
app.autodiscover_tasks()
