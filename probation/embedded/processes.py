"""Starting a server, waiting until it answers, and ending it with its data safe on disk."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from probation.embedded.folders import EmbeddedError, servers_user

SERVER_ENV = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
START_SECONDS = 60
STOP_SECONDS = 15
RETRY_SECONDS = 0.05


@dataclass(frozen=True)
class Service:
    """A running server: how to reach it, and the process to end (ours to reap only if we began it)."""

    url: str
    pid: int
    process: subprocess.Popen | None = None


def spawn(command: list, log: Path) -> subprocess.Popen:
    """A server in a session of its own, so that Ctrl-C in the terminal reaches us first."""
    with log.open("ab") as output:
        return subprocess.Popen(
            [str(word) for word in command],
            cwd="/",
            env=SERVER_ENV,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            **servers_user(),
        )


def wait_for(process: subprocess.Popen, answers: Callable[[], bool], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while not answers():
        if process.poll() is not None or time.monotonic() > until:
            process.kill()
            raise EmbeddedError(f"{log.stem} did not start:\n{log.read_text()[-2000:]}")
        time.sleep(RETRY_SECONDS)


def stop(*services: Service) -> None:
    """End the servers, ours or adopted, and wait until each is gone with its data safe on disk."""
    for service in services:
        _signal(service, signal.SIGINT)  # PostgreSQL's fast shutdown; Redis takes it like SIGTERM
    until = time.monotonic() + STOP_SECONDS
    for service in services:
        while not has_ended(service):
            if time.monotonic() > until:
                _signal(service, signal.SIGQUIT)
                until = time.monotonic() + STOP_SECONDS
            time.sleep(RETRY_SECONDS)


def _signal(service: Service, number: signal.Signals) -> None:
    if not has_ended(service):
        with contextlib.suppress(ProcessLookupError):
            os.kill(service.pid, number)


def has_ended(service: Service) -> bool:
    """Whether the server is there no more."""
    if service.process is not None:
        return service.process.poll() is not None
    try:
        status = Path(f"/proc/{service.pid}/stat").read_text()
    except OSError:
        return True
    return status.rpartition(")")[2].split()[0] == "Z"
