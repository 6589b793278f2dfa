"""What the night looks for in unpaid work, chunk by chunk, in this order.

Source: architecture, "the database is the queue". A new search is a line of OWED_EACH_NIGHT.
"""

from functools import partial

from django.utils.timezone import localtime

from cases.rules.timetable import night_due
from cases.services.jobs import RUNS_FAILED, each_by_itself, run_job
from unpaidwork.services.endings import owe_endings_chunk
from unpaidwork.services.instructions import owe_instructions_chunk
from unpaidwork.services.registers_owed import owe_registers_chunk
from unpaidwork.services.retesting import retest_chunk
from unpaidwork.services.risk_owed import owe_work_risk_chunk
from unpaidwork.services.sessions import generate_chunk
from unpaidwork.services.take_up import take_up_work_chunk
from unpaidwork.services.work_owed import owe_work_chunk

OWED_EACH_NIGHT = {  # job: its step, given `after` and `today`
    "take_up_work": take_up_work_chunk,
    "owe_work": owe_work_chunk,
    "owe_registers": owe_registers_chunk,
    "owe_instructions": owe_instructions_chunk,
    "owe_work_risk": owe_work_risk_chunk,
}
WITH_THE_HOUR = {  # given `now` besides: what was allocated is tested before more is given
    "retest_work": retest_chunk,
    "generate_sessions": generate_chunk,
    "owe_endings": owe_endings_chunk,  # what is left of the hours keeps a case from its end
}


def run_night(*, now):
    """The night's runs, begun, resumed or already done. One that fails holds up no other; then it is said which."""
    night = night_due(localtime(now))
    given = {job: partial(chunk, now=now) for job, chunk in WITH_THE_HOUR.items()}
    runs = [
        partial(
            run_job,
            job=job,
            slot=night.isoformat(),
            today=night,
            now=now,
            step=partial(_step, chunk, night),
        )
        for job, chunk in {**OWED_EACH_NIGHT, **given}.items()
    ]
    return each_by_itself(*runs, failed=RUNS_FAILED)


def _step(chunk, today, after):
    return chunk(after=after, today=today)
