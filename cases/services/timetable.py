"""Which runs are due now and not done, and doing them. The database says so, not a queue.

Source: architecture, "the database is the queue": messages may come twice or never.
"""

from functools import partial

from django.utils.timezone import localtime

from cases.rules.timetable import hour_due, night_due
from cases.services.flags import flag_overdue
from cases.services.intake import open_due_chunk
from cases.services.jobs import run_job

OPEN_ENQUIRIES, FLAG = "open_due_enquiries", "flag_overdue"


def run_night(*, now):
    """The night's runs, begun, resumed or already done: enquiries that are due, then flags."""
    night = night_due(localtime(now))
    for_the_night = {"slot": night.isoformat(), "today": night, "now": now}
    return _each(
        partial(run_job, job=OPEN_ENQUIRIES, step=partial(_open_due, night), **for_the_night),
        partial(run_job, job=FLAG, step=flag_overdue(today=night), **for_the_night),
    )


def run_hour(*, now):
    """The hour's run of flags, begun, resumed or already done."""
    local = localtime(now)
    today = local.date()
    return [
        run_job(
            job=FLAG, slot=hour_due(local), today=today, now=now, step=flag_overdue(today=today)
        )
    ]


def run_due(*, now):
    """Whatever is due and not done. Nights missed are caught up in one run, as of the last of them."""
    night, hour = _each(partial(run_night, now=now), partial(run_hour, now=now))
    return [*night, *hour]


def _open_due(today, after):
    return open_due_chunk(after=after, today=today)


def _each(*runs):
    """Try every one, so that a run which fails holds up no other; then say which failed."""
    done, errors = [], []
    for run in runs:
        try:
            done.append(run())
        except Exception as error:
            errors.append(error)
    if errors:
        raise ExceptionGroup("Runs that failed, left for the next minute", errors)
    return done
