"""The system as its users meet it: a real web server over a database of its own, made by `make_demo`.

The demonstration is made once a run, as a template; every journey begins on a copy of it, as it was made. What several
journeys have made beside it is made once for them as well.
"""

import contextlib
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tests import databases
from tests.journeys.commands import Commands
from tests.journeys.copies import Copies
from tests.services import database_url, redis_url_of

REPO = Path(__file__).resolve().parent.parent.parent
PEOPLE = "150"
STARTS_WITHIN = 60  # seconds
SETTINGS = "tests.journeys.settings"
TEMPLATE = f"{databases.OURS}{databases.RUN}_journeys"
GOOD_FOR = (
    30 * 60
)  # seconds, counted from the hour: made of "now", it is never of yesterday, nor much before


@dataclass
class Site:
    """Where the system answers, how to run its commands on the same data, and its server, which may be killed."""

    port: int
    environment: dict[str, str]
    database: str
    log: Path
    server: subprocess.Popen | None = None
    commands: Commands | None = None
    copies: Copies | None = None

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Answer, unless it does already."""
        if self.server is not None:
            return
        bind = ["--bind", f"127.0.0.1:{self.port}", "--no-control-socket"]
        threads = ["--worker-class", "gthread", "--workers", "1", "--threads", "4"]
        command = [sys.executable, "-m", "gunicorn", "probation.wsgi", *bind, *threads]
        with self.log.open("ab") as output:
            self.server = subprocess.Popen(
                command,
                cwd=REPO,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        _wait(self.server, self.port, self.log)

    def kill(self) -> None:
        """The server dies where it stands, its workers with it."""
        assert self.server is not None
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()
        self.server = None

    def execute(self, statement: str, *values) -> list[tuple]:
        """What one statement on its database gives; nothing when it gives no rows."""
        with databases.connection(self.database) as server, server.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def manage(self, *arguments: str, typed: str = "") -> str:
        """What `./manage.py ARGUMENTS` prints, once it has read what was typed."""
        if self.commands is None:
            return _manage(self.environment, *arguments, typed=typed)
        return self.commands.run(self.database, *arguments, typed=typed)

    def begin_afresh(self) -> None:
        """The demonstration as it was made, whatever the journey before this one did."""
        self.copies.use(TEMPLATE)

    def begin_with(self, script: str) -> str:
        """The demonstration with what this script makes beside it; gives what it printed. It runs once for all
        journeys that ask within half an hour. Before anybody signs in: what a journey did before it asked is gone."""
        if self.execute("SELECT FROM django_session LIMIT 1"):
            raise RuntimeError(
                "Somebody has signed in already, and would be signed out: ask for this first."
            )
        asked = hashlib.sha256(script.encode()).hexdigest()[:8]
        template = f"{TEMPLATE}_{asked}_{int(time.time() // GOOD_FOR)}"
        databases.make_once(template, lambda database: self._make_with(database, script))
        self.copies.use(template)
        [(printed,)] = self.execute("SELECT words FROM beside.printed")
        return printed

    def _make_with(self, database: str, script: str) -> None:
        databases.copy(database, TEMPLATE)
        printed = self.commands.run(database, "shell", "-c", script)
        with databases.connection(database) as server, server.cursor() as cursor:
            cursor.execute("CREATE SCHEMA beside")
            cursor.execute("CREATE TABLE beside.printed AS SELECT %s AS words", [printed])


@contextlib.contextmanager
def serve(worker: str, folder: Path):
    """A site for one worker of the test run, once there is a migrated database. Its log is kept in `folder`."""
    database = f"{TEMPLATE}_{worker}"
    databases.make_once(TEMPLATE, _make_template)
    environment = _environment(database) | {"REDIS_URL": redis_url_of(worker, app=True)}
    log = folder / f"{database}.log"
    commands, copies = Commands(environment), Copies(database, TEMPLATE)
    site = Site(free_port(), environment, database, log, commands=commands, copies=copies)
    try:
        site.start()
        yield site
    finally:
        site.commands.end()
        if site.server is not None:
            site.server.terminate()
            site.server.wait()


def _environment(database: str) -> dict[str, str]:
    given = {"DATABASE_URL": database_url(database), "DJANGO_SETTINGS_MODULE": SETTINGS}
    return {**os.environ, **given, "HTTPS": "off"}


def _manage(environment: dict[str, str], *arguments: str, typed: str = "") -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=REPO, env=environment, input=typed, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _make_template(database: str) -> None:
    databases.copy(database, databases.MIGRATED)
    _manage(_environment(database), "make_demo", "--people", PEOPLE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(server: subprocess.Popen, port: int, log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            urllib.request.urlopen(f"http://localhost:{port}/health/live", timeout=5).close()
            return
        except OSError:
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"The site did not start:\n{log.read_text()[-3000:]}") from None
            time.sleep(0.1)
