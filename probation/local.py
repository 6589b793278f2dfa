"""A developer's machine: what the environment does not say is supplied by the embedded services.

Whoever uses them holds a lease, so that commands may overlap and the last to finish stops the servers.
"""

import contextlib
import fcntl
import os
import secrets
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from django.core.management import execute_from_command_line

from probation import embedded

SERVERS = {"DATABASE_URL": embedded.start_postgres, "REDIS_URL": embedded.start_redis}


def run_command(arguments: list[str]) -> None:
    """`manage.py`: a Django command with whatever services it needs, for as long as it runs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probation.settings")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)  # so that what was started is stopped then too
    try:
        with services():
            execute_from_command_line(arguments)
    except embedded.EmbeddedError as error:
        sys.exit(str(error))


def _leave(number: int, frame: object) -> None:
    sys.exit(128 + number)


@contextlib.contextmanager
def services() -> Iterator[list[embedded.Service]]:
    """Fill in DATABASE_URL and REDIS_URL where they are missing, and with them a key and where messages go.

    Where both are given this is somebody's own environment, and nothing is made up for it.
    """
    missing = [name for name in SERVERS if not os.environ.get(name)]
    if not missing:
        yield []
        return
    state = embedded.state_folder()
    with open(state / "in-use", "w") as lease:
        with _one_at_a_time(state):
            fcntl.flock(lease, fcntl.LOCK_SH)
            running = {name: SERVERS[name]() for name in missing}
        os.environ.update({name: service.url for name, service in running.items()})
        os.environ.setdefault("SECRET_KEY", secret_key(state))
        os.environ.setdefault("EMAIL_URL", f"filemail:///{outbox(state)}")
        try:
            yield list(running.values())
        finally:
            with _one_at_a_time(state):
                if _last_to_leave(lease):
                    embedded.stop(*running.values())


@contextlib.contextmanager
def _one_at_a_time(state: Path) -> Iterator[None]:
    with open(state / "turn", "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def _last_to_leave(lease) -> bool:
    try:
        fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def outbox(state: Path, kind: str = "mail") -> Path:
    """Where e-mail, or texts, are written to, one file each, and go no further."""
    path = state / kind
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def secret_key(state: Path) -> str:
    """The same secret on every start, readable by its owner only."""
    path = state / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()
