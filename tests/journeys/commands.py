"""Commands of `./manage.py` without starting the system anew for each: it is loaded once, and a copy of it runs each.

To load it took most of what a command took. The copy is made before anything is asked of a database, and runs the
command as `manage.py` would. Run as `python -m tests.journeys.commands`: it reads a line for each command and answers
with a line.
"""

import gc
import json
import os
import subprocess
import sys
import tempfile
import traceback
from importlib import import_module
from pathlib import Path

import django
from django.core.management import execute_from_command_line
from django.db import connection

REPO = Path(__file__).resolve().parent.parent.parent


class Commands:
    """The loaded system, with the settings that this environment gives it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._loaded = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.commands"],
            cwd=REPO,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, database: str, *arguments: str, typed: str = "") -> str:
        """What the command prints, on this database, once it has read what was typed. A failure is raised."""
        asked = {"database": database, "arguments": arguments, "typed": typed}
        self._loaded.stdin.write(json.dumps(asked) + "\n")
        self._loaded.stdin.flush()
        came = json.loads(self._loaded.stdout.readline())
        if came["code"]:
            raise RuntimeError(
                f"manage.py {' '.join(arguments)} failed:\n{came['printed']}{came['wrong']}"
            )
        return came["printed"]

    def end(self) -> None:
        self._loaded.stdin.close()  # it has nothing more to read
        self._loaded.wait()
        self._loaded.stdout.close()


def _answer_each() -> None:
    django.setup()
    import_module("probation.urls")
    gc.freeze()  # what is shared with each copy stays so
    assert connection.connection is None
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_in_a_copy(json.loads(line))) + "\n")
        sys.stdout.flush()


def _in_a_copy(asked: dict) -> dict:
    with (
        tempfile.TemporaryFile() as typed,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        typed.write(asked["typed"].encode())
        typed.seek(0)
        copy = os.fork()
        if not copy:
            _be_the_command(asked, typed, out, err)
        _, status = os.waitpid(copy, 0)
        out.seek(0)
        err.seek(0)
        return {
            "code": os.waitstatus_to_exitcode(status),
            "printed": out.read().decode(),
            "wrong": err.read().decode(),
        }


def _be_the_command(asked: dict, typed, out, err) -> None:
    """In the copy, which ends here whatever happens."""
    code = 1
    try:
        for number, file in enumerate((typed, out, err)):
            os.dup2(file.fileno(), number)
        sys.stdin = os.fdopen(0)
        connection.settings_dict["NAME"] = asked["database"]
        execute_from_command_line(["manage.py", *asked["arguments"]])
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        connection.close()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _answer_each()
