"""What taking in the lines of a file has in common: which columns it may have, and what became of its lines.

Source: docs/import.md.
"""

from collections import Counter
from dataclasses import dataclass, field

from staff.errors import RuleBroken


@dataclass
class Loaded:
    """`rejected`: (number of the line, why, its cells)."""

    counts: Counter = field(default_factory=Counter)
    rejected: list[tuple[int, str, list[str]]] = field(default_factory=list)


def check_head(head, *, needed, known):
    """Refuses a file whose columns are not those that are known: nothing in it would be passed over unseen."""
    if missing := [name for name in needed if name not in head]:
        raise RuleBroken(f"The file has no column {', '.join(missing)}. Nothing was loaded.")
    if unknown := [name for name in head if name not in known]:
        named = ", ".join(name or "without a name" for name in unknown)
        raise RuleBroken(f"The file has a column that is not known: {named}. Nothing was loaded.")
    if len(set(head)) < len(head):
        raise RuleBroken("The file has a column twice. Nothing was loaded.")
