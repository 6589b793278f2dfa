"""Pytest plugin: fast PostgreSQL and Redis for a test run, ready before Django's settings are read."""

import fcntl
import os
import re
import signal
from contextlib import ExitStack

import pytest

from probation import embedded

TEST_ENVIRONMENT = {
    "SECRET_KEY": "a secret of the tests only, long enough to pass the checks of Django",
    "HTTPS": "off",  # Django's test client speaks plain HTTP
    "LOG_LEVEL": "WARNING",
}
RUNS_AT_ONCE = 8
_at_the_end = ExitStack()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        os.environ["REDIS_URL"] = redis_url_of(worker)
    else:
        _start_services()
        os.environ.update(TEST_ENVIRONMENT)
    return (yield)


def pytest_unconfigure(config):
    _at_the_end.close()


def database_url(name: str) -> str:
    """The address of another database on the server of the tests."""
    return re.sub(r"(://[^/]*/)[^?]*", rf"\g<1>{name}", os.environ["DATABASE_URL"], count=1)


def redis_url_of(worker: str, app: bool = False) -> str:
    """A Redis database of its own for each worker of the run, and another for the app its journeys visit."""
    worker_number = int(worker.removeprefix("gw")) if worker.startswith("gw") else 0
    number = 2 * worker_number + (2 if app else 1)
    plain = re.sub(r"([?&]db=\d+|(?<=\d)/\d+)$", "", os.environ["REDIS_URL"])
    return f"{plain}{'?' if '?' not in plain else '&'}db={number}"


def _start_services() -> None:
    """Servers for whichever address is not given; a KeyboardInterrupt of a `kill` stops them too."""
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    slot = _free_slot()
    if not os.environ.get("DATABASE_URL"):
        postgres = embedded.start_postgres(f"test-postgres-{slot}", fast=True)
        _at_the_end.callback(embedded.stop, postgres)
        os.environ["DATABASE_URL"] = postgres.url
    if not os.environ.get("REDIS_URL"):
        redis = embedded.start_redis(f"test-redis-{slot}", fast=True)
        _at_the_end.callback(embedded.stop, redis)
        os.environ["REDIS_URL"] = redis.url


def _free_slot() -> int:
    """Two runs at once must not share a server: each takes the first number nobody holds."""
    for slot in range(1, RUNS_AT_ONCE + 1):
        handle = os.open(
            embedded.state_folder() / f"test-run-{slot}", os.O_RDWR | os.O_CREAT, 0o600
        )
        _at_the_end.callback(os.close, handle)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        return slot
    raise pytest.UsageError(f"{RUNS_AT_ONCE} test runs are already under way.")
