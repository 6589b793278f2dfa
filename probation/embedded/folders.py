"""Where the embedded servers' programs and data are: in reach of the user they run as, and of nobody else."""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent.parent
SHORT_FOLDER = Path("/tmp")
LONGEST_SOCKET_PATH = 100  # sun_path of unix(7) holds 108 bytes with its closing zero


class EmbeddedError(RuntimeError):
    """The embedded services cannot be used, in words for whoever typed the command."""


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


def servers_user() -> dict:
    """Popen arguments that give up root, which PostgreSQL refuses to run as."""
    if not _as_root():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def private_folder(path: Path) -> Path:
    """A folder that only the servers' user may enter."""
    path.mkdir(mode=0o700, exist_ok=True)
    user = servers_user()
    if path.is_symlink() or path.stat().st_uid not in {os.geteuid(), user.get("user")}:
        raise EmbeddedError(f"{path} belongs to another user. Remove it and try again.")
    if user:
        os.chown(path, user["user"], user["group"])
    path.chmod(0o700)
    return path


def socket_folder(base: Path, socket_name: str) -> Path:
    folder = base / "run"
    if len(str(folder / socket_name)) > LONGEST_SOCKET_PATH:
        folder = SHORT_FOLDER / f"probation-{_short_hash(folder)}"
    return private_folder(folder)


def wheel(package: str, needs: list[str]) -> Path:
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


def home(name: str) -> Path:
    home = state_folder() / name
    home.mkdir(exist_ok=True)
    home.chmod(0o711)
    return home


@contextlib.contextmanager
def one_starter(name: str) -> Iterator[None]:
    """One starter at a time."""
    with open(home(name) / "starting", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
