"""`make run`: the whole system on this machine, and nothing of it left when it ends."""

import contextlib
import ctypes
import io
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connections

from probation import embedded, local

REPO = embedded.REPO
HOST = "127.0.0.1"
WEB_STARTS_WITHIN = 60  # seconds
STOPS_WITHIN = 10  # seconds
LOOK_EVERY = 0.2  # seconds
PR_SET_PDEATHSIG = 1  # prctl(2)
LOG_LINES_SHOWN = 15
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> None:
    """Start everything, say where it is, and stop everything at Ctrl-C or when a part fails."""
    port = _free_port(os.environ.get("PORT") or "8000")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probation.settings")
    os.environ.setdefault("HTTPS", "off")  # it answers to this machine only
    os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
    for number in STOP_SIGNALS:  # SIGINT too: a shell starts what is in the background deaf to it
        signal.signal(number, signal.default_int_handler)
    try:
        with local.services() as servers:
            _prepare()
            with _children(_commands(port)) as children:
                _wait_until_it_answers(port, children)
                _announce(port)
                _watch(children, servers)
    except embedded.EmbeddedError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)


def _free_port(wanted: str) -> int:
    if not wanted.isdecimal() or not 0 < int(wanted) < 65536:
        sys.exit(f"PORT is {wanted}, which is not a port number.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(wanted)))
        except OSError as error:
            sys.exit(f"Port {wanted} cannot be used: {error.strerror}. Another: make run PORT=9000")
    return int(wanted)


def _prepare() -> None:
    """Bring the database up to date; fill an empty one with the demonstration caseload."""
    print("Preparing the database. The first time this takes some minutes.", flush=True)
    django.setup()
    call_command("migrate", interactive=False)  # it says each step as it takes it
    print("Loading the reference lists", flush=True)
    call_command("load_reference", stdout=io.StringIO())  # its list is for who runs it by hand
    if not apps.get_model("cases", "Case").objects.exists():
        print("Making the demonstration caseload", flush=True)
        call_command("make_demo", *_people())
    connections.close_all()


def _people() -> list[str]:
    """How many the demonstration has, where somebody asks for more or fewer: make run PEOPLE=50000."""
    people = os.environ.get("PEOPLE")
    return [f"--people={people}"] if people else []


def _commands(port: int) -> dict[str, list[str]]:
    celery = ["celery", "--app", "probation", "--quiet"]
    web = ["gunicorn", "probation.wsgi", "--bind", f"{HOST}:{port}", "--no-control-socket"]
    schedule = str(embedded.state_folder() / "beat-schedule")
    return {
        "web": [*web, "--worker-class", "gthread", "--workers", "2", "--threads", "4"],
        "worker": [*celery, "worker", "--concurrency", "2"],
        "beat": [*celery, "beat", "--schedule", schedule],
    }


@contextlib.contextmanager
def _children(commands: dict[str, list[str]]) -> Iterator[dict[str, subprocess.Popen]]:
    children: dict[str, subprocess.Popen] = {}
    try:
        for name, command in commands.items():
            children[name] = _start(name, command)
        yield children
    finally:
        for number in STOP_SIGNALS:
            signal.signal(
                number, signal.SIG_IGN
            )  # a second Ctrl-C must not leave half of it behind
        _stop(list(children.values()))


def _start(name: str, command: list[str]) -> subprocess.Popen:
    """A child in a session of its own, which writes to its own log and dies if we are killed."""
    with _log(name).open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=REPO,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _stop(children: list[subprocess.Popen]) -> None:
    for child in children:
        child.terminate()
    until = time.monotonic() + STOPS_WITHIN
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0, until - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _wait_until_it_answers(port: int, children: dict[str, subprocess.Popen]) -> None:
    until = time.monotonic() + WEB_STARTS_WITHIN
    while not _answers(port):
        _fail_if_ended(children)
        if time.monotonic() > until:
            sys.exit(f"The web server does not answer. Its log:\n{_end_of_log('web')}")
        time.sleep(LOOK_EVERY)


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://{HOST}:{port}/health/live", timeout=5).close()
    except (urllib.error.URLError, OSError):
        return False
    return True


def _announce(port: int) -> None:
    print(f"\nCase supervision is running at http://localhost:{port}\n", flush=True)
    call_command("show_signins", address=f"http://localhost:{port}")
    connections.close_all()
    print(f"\nLogs are in {_log('web').parent}. Stop with Ctrl-C.", flush=True)


def _watch(children: dict[str, subprocess.Popen], servers: list[embedded.Service]) -> None:
    while True:
        _fail_if_ended(children)
        if any(embedded.has_ended(server) for server in servers):
            sys.exit(
                "PostgreSQL or Redis has ended, so everything was stopped. Start again with make run."
            )
        time.sleep(LOOK_EVERY)


def _fail_if_ended(children: dict[str, subprocess.Popen]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            log = _end_of_log(name)
            sys.exit(
                f"The {name} process ended ({child.returncode}), so everything was stopped:\n{log}"
            )


def _log(name: str) -> Path:
    folder = embedded.state_folder() / "logs"
    folder.mkdir(exist_ok=True)
    return folder / f"{name}.log"


def _end_of_log(name: str) -> str:
    return "\n".join(_log(name).read_text(errors="replace").splitlines()[-LOG_LINES_SHOWN:])


if __name__ == "__main__":
    main()
