"""Databases of a test run. To migrate takes long, so it is done once for the same migrations: every other
database is a copy.

`python -m tests.databases NAME` makes the migrated one, or waits for whoever is making it.
"""

import contextlib
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import django
import psycopg2
from django.core.management import call_command
from psycopg2.sql import SQL, Identifier

from tests.services import database_url

REPO = Path(__file__).resolve().parent.parent
# Every worker of a run has the same name for what is the run's own, and no other run has
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
OURS, OF_MIGRATIONS = "of_tests_", "migrated_"


def _what_migrating_gives() -> str:
    """The same for the same migrations, ours and those of the packages that bring their own."""
    ours = sorted(REPO.glob("*/migrations/*.py"))
    read = hashlib.sha256()
    for path in [*ours, REPO / "requirements.txt"]:
        read.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return read.hexdigest()[:16]


MIGRATED = f"{OF_MIGRATIONS}{_what_migrating_gives()}"


def begin_migrating() -> subprocess.Popen:
    """Beside what else is done until `migrated` is asked for."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.databases", MIGRATED],
        cwd=REPO,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def migrated(process: subprocess.Popen) -> str:
    """The name of the migrated database, empty otherwise, once it is there."""
    output, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"The database of the tests could not be migrated:\n{output}")
    return MIGRATED


def make_once(name: str, make: Callable[[str], None]) -> None:
    """Whoever asks first makes it while the others wait. It bears another name until it is whole, so that one
    cut short is never taken for it."""
    half_done = f"{name}_half_done"
    with connection() as waiting, waiting.cursor() as turn:
        turn.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        if name in names(name):
            return
        make(half_done)
        rename = SQL("ALTER DATABASE {} RENAME TO {}")
        turn.execute(rename.format(Identifier(half_done), Identifier(name)))


def copy(database: str, template: str = "template1") -> None:
    """This database as the template is, whatever was in it before."""
    drop(database)
    statement = SQL("CREATE DATABASE {} TEMPLATE {}")
    execute(statement.format(Identifier(database), Identifier(template)))


def drop(database: str) -> None:
    execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(database)))


def rename(database: str, name: str) -> None:
    """Whoever is at work in it is cut off, and nobody comes in before it bears its other name."""
    old, new = Identifier(database), Identifier(name)
    execute(SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(old))
    end_sessions(database)
    execute(SQL("ALTER DATABASE {} RENAME TO {}").format(old, new))
    execute(SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(new))


@contextlib.contextmanager
def alone_in(database: str):
    """A connection to it, while nobody else is at work in it, or comes in."""
    name = Identifier(database)
    with connection(database) as server:
        execute(SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
        try:
            end_sessions(database, but=server.info.backend_pid)
            yield server
        finally:
            execute(SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(name))


def end_sessions(database: str, but: int = 0) -> None:
    """As to drop it would: whatever anybody was in the middle of is not done. `but`: the process of one that goes on."""
    with connection() as server, server.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
            "WHERE datname = %s AND backend_type = 'client backend' AND pid <> %s",
            [database, but],
        )


def names(start: str) -> list[str]:
    """The databases of the server whose names begin so."""
    with connection() as server, server.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [start])
        return [name for (name,) in cursor.fetchall()]


def execute(statement) -> None:
    with connection() as server, server.cursor() as cursor:
        cursor.execute(statement)


@contextlib.contextmanager
def connection(database: str = "postgres"):
    opened = psycopg2.connect(database_url(database))
    opened.autocommit = True
    with contextlib.closing(opened):
        yield opened


def _migrate(database: str) -> None:
    for earlier in names(OF_MIGRATIONS):
        drop(earlier)
    copy(database)
    os.environ["DATABASE_URL"] = database_url(database)
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    django.db.connections.close_all()


def _drop_what_earlier_runs_left() -> None:
    for database in names(OURS):
        if not database.startswith(f"{OURS}{RUN}"):
            drop(database)


if __name__ == "__main__":
    _drop_what_earlier_runs_left()
    make_once(sys.argv[1], _migrate)
