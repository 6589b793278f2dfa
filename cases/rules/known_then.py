"""What was known of a case on a day: its seal, and what stands differently since.

Source: local policy on serious further offences: on charge the record is kept as it was, later edits are marked. The
shape of what is kept is in `oversight.queries.known_then`.
"""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum

VERSION = 1  # of the shape of what is kept


class How(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Moved:
    """One line that reads differently. Blank: it was not there, or is there no more."""

    label: str
    was: str
    reads: str


@dataclass(frozen=True, slots=True)
class Later:
    """One thing that was added, changed or taken away after the day."""

    section: str
    key: str
    how: How
    title: str
    moved: tuple[Moved, ...]
    kept: bool  # of somebody whose name is protected, then or now


def seal(known: dict) -> str:
    """SHA-256 of it as canonical JSON, in hexadecimal."""
    plain = json.dumps(known, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def later(then: dict, now: dict) -> list[Later]:
    """[Later], section by section: what was taken away or changed in the order it was kept, then what was added."""
    found = []
    fresh = {one["code"]: one["entries"] for one in now.get("sections", [])}
    for section in then.get("sections", []):
        found += _of_section(section["code"], section["entries"], fresh.get(section["code"], []))
    return found


def _of_section(code, then, now):
    before, after = ({one["id"]: one for one in entries} for entries in (then, now))
    for key, one in before.items():
        other = after.get(key)
        if other is None:
            yield _later(code, one, How.REMOVED, (), one)
        elif moved := _moved(one, other):
            yield _later(code, other, How.CHANGED, moved, one)
    for key, one in after.items():
        if key not in before:
            yield _later(code, one, How.ADDED, _moved({"lines": []}, one), one)


def _later(code, one, how, moved, other):
    kept = bool(one.get("kept") or other.get("kept"))
    return Later(code, one["id"], how, one["title"], tuple(moved), kept)


def _moved(then, now):
    was, reads = _by_label(then["lines"]), _by_label(now["lines"])
    moved = [
        Moved(label, "\n".join(was.get(label, [])), "\n".join(reads.get(label, [])))
        for label in dict.fromkeys([*was, *reads])
        if was.get(label) != reads.get(label)
    ]
    if then.get("title", now["title"]) != now["title"]:
        moved.insert(0, Moved("What it is called", then["title"], now["title"]))
    return moved


def _by_label(lines):
    """{label: the words under it}: a label may stand several times."""
    found: dict[str, list[str]] = {}
    for label, words in lines:
        found.setdefault(label, []).append(words)
    return found
