"""`make run`: it starts, it says so, it leaves nothing behind, and it comes back from being killed.

To start takes half a minute of a processor, so each start is ended in the next of the ways that there are to end one.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

from probation.embedded import REPO

PATIENCE = 120  # seconds; a first start on a busy machine
SERVICES = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY"}


@pytest.fixture(scope="module")
def machine():
    """A state folder of its own, in which the demonstration has been made by a first start."""
    folder = Path(tempfile.mkdtemp(prefix="probation-run-"))
    folder.chmod(0o755)
    started = Started(folder)
    started.until_it_answers()
    started.first_words = started.stop(signal.SIGINT)
    started.first_status, started.first_left_behind = (
        started.process.returncode,
        started.left_behind(),
    )
    yield started
    shutil.rmtree(folder)


class Started:
    """`make run` as a process; what it prints goes to a file, so that it never waits for a reader."""

    def __init__(self, folder):
        self.folder = folder
        self.begin()

    def begin(self, port=None):
        self.port = port or free_port()
        kept = {key: value for key, value in os.environ.items() if key not in SERVICES}
        own = {"PROBATION_STATE": str(self.folder), "PORT": str(self.port), "PEOPLE": "100"}
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "probation.run"],
                cwd=REPO,
                env=kept | own,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    @property
    def output(self):
        return self.folder / "output"

    def until_it_answers(self):
        until = time.monotonic() + PATIENCE
        while "Stop with Ctrl-C" not in self.output.read_text():
            assert self.process.poll() is None, self.output.read_text()
            assert time.monotonic() < until, self.output.read_text()
            time.sleep(0.1)
        with urllib.request.urlopen(f"http://localhost:{self.port}/sign-in/") as answer:
            assert answer.status == 200

    def stop(self, number):
        self.process.send_signal(number)
        return self.words_at_the_end()

    def words_at_the_end(self):
        self.process.wait(PATIENCE)
        return self.output.read_text()

    def left_behind(self):
        """Everything that still runs in this state folder, by its command or its environment."""
        mark, found = str(self.folder).encode(), {}
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                command = (process / "cmdline").read_bytes()
                if mark in command or mark in (process / "environ").read_bytes():
                    found[int(process.name)] = command.replace(b"\0", b" ").decode()
        return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_the_first_start_says_where_it_is_and_how_to_sign_in_and_leaves_nothing_running(machine):
    assert "Case supervision is running at http://localhost:" in machine.first_words
    assert "Responsible officer" in machine.first_words
    assert machine.first_words.rstrip().endswith("Stopped.")
    assert machine.first_status == 0
    assert machine.first_left_behind == {}


def test_it_starts_again_with_its_data_and_leaves_nothing_running(machine):
    machine.begin()
    machine.until_it_answers()

    words = machine.stop(signal.SIGTERM)

    assert "people with" not in words  # the demonstration was not made again
    assert machine.process.returncode == 0
    assert machine.left_behind() == {}


def test_it_comes_back_after_everything_was_killed_and_a_part_that_dies_stops_it_and_is_named(
    machine,
):
    machine.begin()
    machine.until_it_answers()
    for pid in machine.left_behind():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    machine.process.wait()

    machine.begin()
    machine.until_it_answers()
    workers = [pid for pid, command in machine.left_behind().items() if " worker " in command]
    os.kill(min(workers), signal.SIGKILL)
    words = machine.words_at_the_end()

    assert "people with" not in words
    assert "The worker process ended (-9)" in words
    assert machine.process.returncode == 1
    assert machine.left_behind() == {}


def test_a_taken_port_is_refused_before_anything_starts(machine):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        machine.begin(port=other.getsockname()[1])

        words = machine.words_at_the_end()

    assert words.startswith(f"Port {machine.port} cannot be used")
    assert machine.process.returncode == 1
    assert machine.left_behind() == {}


@pytest.mark.parametrize("port", ["0", "70000", "eighty"])
def test_what_is_no_port_is_refused(machine, port):
    machine.begin(port=port)

    assert machine.words_at_the_end().strip() == f"PORT is {port}, which is not a port number."
