"""Runs through the whole caseload that may be killed, doubled or forgotten, and come out the same.

The row of a run is its truth. Work goes in chunks, in key order; what a chunk did and the mark that
it is done commit together. Source: architecture, "the database is the queue"; what Celery on Redis
was measured to lose in a crash.
"""

import contextlib
import time
from zlib import crc32

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.db.models.functions import Greatest, Now

from cases.models import JobRun

LOCKS_OF_JOBS = 0x6A6F62  # keeps our advisory locks apart from anybody else's
ASK_AGAIN = 0.2  # seconds
NOTICES_DEATH = "2s"
RUNS_FAILED = "Runs that failed, left for the next minute"
OVERTAKEN = "overtaken"  # said of a run that a later one made needless


def run_job(*, job, slot, today, now, step, may_run=lambda: True):
    """Begin or resume the run of this job for this slot, to its end. Returns the run as it stands.

    `step(after)` does the next chunk, above that key, inside the chunk's transaction, and returns
    the last key it did and what to count; None for the key when there is no more. While another
    process runs the same job this does nothing. Between chunks `may_run()` may say stop: the run
    stays unfinished, for the sweeper to resume.
    """
    run, _ = JobRun.objects.get_or_create(
        job=job,
        slot=slot,
        defaults={"today": today, "started_at": now, "heartbeat_at": now},
    )
    if not run.finished_at:
        with _alone(job) as alone:
            if alone:
                _overtake_earlier(run)
                while may_run() and _do_chunk(run, step):
                    pass
        run.refresh_from_db()
    return run


def finish_job(*, patience, **run):
    """Like `run_job`, but waits its turn, up to `patience` seconds. For commands typed by hand."""
    until = time.monotonic() + patience
    while not (done := run_job(**run)).finished_at and time.monotonic() < until:
        time.sleep(ASK_AGAIN)
    return done


@contextlib.contextmanager
def _alone(job):
    """Whether this process alone runs the job. PostgreSQL lets go of the lock of whoever dies.

    It is told to look for that even while a statement waits, so that a killed run does not linger.
    """
    key = [LOCKS_OF_JOBS, crc32(job.encode()) - 2**31]
    with connection.cursor() as cursor:
        cursor.execute("SET client_connection_check_interval = %s", [NOTICES_DEATH])
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
        (alone,) = cursor.fetchone()
    try:
        yield alone
    finally:
        if alone:
            with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)


def _overtake_earlier(run):
    """What an earlier night left undone, this one does: nights missed are caught up in one run."""
    earlier = JobRun.objects.unfinished().filter(job=run.job, today__lte=run.today, pk__lt=run.pk)
    earlier.update(finished_at=Greatest(Now(), "started_at"), problem=OVERTAKEN)


def _do_chunk(run, step):
    """Do one chunk; whether there is more."""
    try:
        with transaction.atomic():
            return _chunk(run, step)
    except Exception as error:
        with contextlib.suppress(DatabaseError):
            JobRun.objects.filter(pk=run.pk).update(problem=type(error).__name__)
        raise


def _chunk(run, step):
    run = JobRun.objects.select_for_update().get(pk=run.pk)
    if run.finished_at:
        return False
    last, counts = step(run.after)
    if last is not None and last <= run.after:
        raise ValueError(f"A chunk of {run.job} did not get beyond {run.after}.")
    done = {"finished_at": Greatest(Now(), "started_at")} if last is None else {"after": last}
    JobRun.objects.filter(pk=run.pk).update(
        **done,
        chunks=F("chunks") + 1,
        heartbeat_at=Greatest(Now(), "heartbeat_at"),
        result=_added(run.result, counts),
        problem="",
    )
    return last is not None


def _added(result, counts):
    return {name: result.get(name, 0) + counts.get(name, 0) for name in {**result, **counts}}


def each_by_itself(*acts, failed):
    """What came of each of these, called in turn: one that fails holds up no other, and is raised after all of them.

    `failed`: what is said of those that did.
    """
    done, errors = [], []
    for act in acts:
        try:
            done.append(act())
        except Exception as error:
            errors.append(error)
    if errors:
        raise ExceptionGroup(failed, errors)
    return done
