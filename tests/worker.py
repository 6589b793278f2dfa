"""A real Celery worker beside the tests, on the same database and a Redis of their own."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from probation.celery import app
from tests.services import database_url

REPO = Path(__file__).resolve().parent.parent
STARTS_WITHIN = 60  # seconds


@contextlib.contextmanager
def celery_worker_on(
    database: str,
    *,
    name: str = "tests",
    concurrency: int = 1,
    app_name: str = "probation",
    environment: dict[str, str] | None = None,
):
    """A worker that has answered; the process leads a group of its own, so that all of it can be killed.

    `environment`: what it is told besides, such as a database on another server.
    """
    node = f"{name}@{database}"
    options = ["--hostname", node, "--concurrency", str(concurrency), "--loglevel", "warning"]
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "--app", app_name, "--quiet", "worker", *options],
        cwd=REPO,
        env={
            **os.environ,
            "DATABASE_URL": database_url(database),
            "CELERY_SKIP_CHECKS": "yes",  # they read every page in, and the tests of deployment ask them
            **(environment or {}),
        },
        start_new_session=True,
    )
    try:
        _wait_for(process, node)
        yield process
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        kill_all_of(process)


def kill_all_of(process: subprocess.Popen) -> None:
    """As a power cut would: the worker and the children of its pool, with no chance to tidy up."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    while _anything_left_of(process.pid):  # a child still dying could take a message with it
        time.sleep(0.05)


def _anything_left_of(group: int) -> bool:
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, its_group = path.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                return True
    return False


def _wait_for(process: subprocess.Popen, node: str) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while not app.control.ping(destination=[node], timeout=0.5):
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError("The Celery worker of the tests did not start. Its output is above.")
