"""Work done at once by several processes, some of which are killed: what a machine does to us."""

import os
import signal
import sys
import traceback
from itertools import count

from django.db import connection
from django.urls import reverse


def fork(work, *, dies_after=None):
    """Start `work()` in a process of its own; killed after so many statements, if that many come.

    Returns its number, for `wait`.
    """
    reverse("home")  # the addresses are read here, and not by each process for itself
    connection.close()  # no two processes may speak over one connection
    pid = os.fork()
    if pid:
        return pid
    try:
        with connection.execute_wrapper(_death(dies_after)):
            work()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def wait(*pids):
    """Wait for each to end; returns whether each ended by itself."""
    ended = [os.waitpid(pid, 0)[1] for pid in pids]
    assert all(os.WIFSIGNALED(status) or not status for status in ended), "a process failed"
    return [os.WIFEXITED(status) for status in ended]


def _death(after):
    statements = count(1)

    def run(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if next(statements) == after:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return run
