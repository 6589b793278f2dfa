"""Two people on one form: what each changed is put together, and nothing that either typed is lost.

Source: product rules, how it should feel (nothing typed is lost); architecture, concurrency.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2s
from json import dumps
from typing import Any


@dataclass(frozen=True, slots=True)
class Merged:
    """`write`: what to put in place. `conflicts`: names of what both changed, each to something else."""

    write: Mapping[str, Any]
    conflicts: tuple[str, ...]


def mark(value):
    """A short mark that tells two answers apart, for a hidden field. It says nothing of the answer."""
    return blake2s(dumps(value, sort_keys=True).encode(), digest_size=8).hexdigest()


def marks(answers, names):
    """{name: mark} of what stood when a form was drawn; what has no answer is marked as None."""
    return {name: mark(answers.get(name)) for name in names}


def merged(seen, given, stands):
    """What came of a form drawn when `seen` (marks) stood, filled in as `given`, while now `stands`.

    A field that only one of the two changed takes that change. One that both changed alike is agreed.
    One that both changed differently is a conflict, and is not written: it is shown with both.
    """
    write, conflicts = {}, []
    for name, value in given.items():
        mine, theirs = mark(value), mark(stands.get(name))
        if mine == theirs or mine == seen.get(name):
            continue
        if theirs == seen.get(name):
            write[name] = value
        else:
            conflicts.append(name)
    return Merged(write, tuple(conflicts))
