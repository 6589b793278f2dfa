"""Which Chromium the journeys run in: the machine's own, else the one that npm brought at set-up."""

import contextlib
import fcntl
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
PACKAGE = REPO / "node_modules" / "@sparticuz" / "chromium" / "bin"
UNPACKED = REPO / "node_modules" / ".cache" / "chromium"
DEBIAN = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",  # Chromium refuses a sandbox to root, and containers seldom allow one
    # Megabytes for what is new: axe makes so much of it that tidying up took a third of its time
    "--js-flags=--min-semi-space-size=32 --max-semi-space-size=32",
)
# Not everywhere has fonts. With these alone a page looks the same on every machine.
FONT_SETTINGS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""
UNBROTLI = """
import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
const [source, target] = process.argv.slice(-2)
await pipeline(createReadStream(source), createBrotliDecompress(), createWriteStream(target))
"""


@dataclass(frozen=True)
class Chromium:
    """What Playwright needs to launch it."""

    executable: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def launch_options(self) -> dict:
        return {
            "executable_path": str(self.executable),
            "args": list(ARGUMENTS),
            "env": {**os.environ, **self.environment},
        }


def find_chromium() -> Chromium:
    """$CHROMIUM, else Debian's, else npm's. The journeys are never skipped: with none of them this fails."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not os.access(named, os.X_OK):
            raise FileNotFoundError(f"CHROMIUM is {named}, which is not a program that can be run.")
        return Chromium(Path(named))
    if DEBIAN.exists():
        return Chromium(DEBIAN)
    if not PACKAGE.exists():
        raise FileNotFoundError(
            "There is no Chromium for the journeys. Run `make setup`, or name one in CHROMIUM."
        )
    with _one_at_a_time():
        if not UNPACKED.exists():
            _unpack()
    return Chromium(
        UNPACKED / "chromium",
        {
            "LD_LIBRARY_PATH": str(UNPACKED / "lib"),
            "FONTCONFIG_FILE": str(UNPACKED / "fonts.conf"),
        },
    )


@contextlib.contextmanager
def _one_at_a_time():
    UNPACKED.parent.mkdir(exist_ok=True)
    with open(UNPACKED.parent / "unpacking", "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def _unpack() -> None:
    half_done = UNPACKED.with_suffix(".half-done")
    shutil.rmtree(half_done, ignore_errors=True)
    half_done.mkdir()
    _decompress("chromium", half_done)
    (half_done / "chromium").chmod(0o755)
    for name in ("al2023.tar", "fonts.tar"):  # the libraries it is linked to, and the fonts
        archive = _decompress(name, half_done)
        subprocess.run(
            ["tar", "--extract", "--file", archive, "--directory", half_done], check=True
        )
        archive.unlink()
    settings = FONT_SETTINGS.format(fonts=UNPACKED / "fonts", cache=UNPACKED / "font-cache")
    (half_done / "fonts.conf").write_text(settings)
    half_done.rename(UNPACKED)


def _decompress(name: str, folder: Path) -> Path:
    target = folder / name
    node = REPO / ".venv" / "bin" / "node"
    command = [node, "--input-type=module", "--eval", UNBROTLI, PACKAGE / f"{name}.br", target]
    subprocess.run(command, check=True)
    return target


if __name__ == "__main__":
    find_chromium()
