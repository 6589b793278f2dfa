"""What the night looks for in Through the Gate, chunk by chunk, in this order.

Source: architecture, "the database is the queue". A new search is a line of OWED_EACH_NIGHT.
"""

from functools import partial

from django.utils.timezone import localtime

from cases.rules.timetable import night_due
from cases.services.jobs import RUNS_FAILED, each_by_itself, run_job
from ttg.services.home_doubts import doubt_homes_chunk
from ttg.services.owed import owe_release_chunk
from ttg.services.taking_up import take_up_custody_chunk

OWED_EACH_NIGHT = {  # job: its step, given `after` and `today`
    "take_up_custody": take_up_custody_chunk,
    "owe_release": owe_release_chunk,
}


def run_night(*, now):
    """The night's runs, begun, resumed or already done. One that fails holds up no other; then it is said which."""
    night = night_due(localtime(now))
    steps = OWED_EACH_NIGHT | {"doubt_homes": partial(doubt_homes_chunk, now=now)}
    runs = [
        partial(
            run_job,
            job=job,
            slot=night.isoformat(),
            today=night,
            now=now,
            step=partial(_step, chunk, night),
        )
        for job, chunk in steps.items()
    ]
    return each_by_itself(*runs, failed=RUNS_FAILED)


def _step(chunk, today, after):
    return chunk(after=after, today=today)
