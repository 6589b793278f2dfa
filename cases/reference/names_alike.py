"""Names that are one name to those who bear them or say them: short forms, other spellings, the Welsh, Irish or Polish of it.

Source: our own list, from common usage; no list has been published that we could cite. What is spelt or sounds nearly the
same by the rules of English needs no line here. A name may stand in several lines.
"""

import csv
from pathlib import Path


def _read(path):
    """{name: the first name of each line that it stands in}"""
    lines: dict[str, set[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            first, *others = row["names"].split()
            for name in (first, *others):
                lines.setdefault(name, set()).add(first)
    return {name: frozenset(found) for name, found in lines.items()}


ALIKE = _read(Path(__file__).with_suffix(".csv"))
