"""Points and outlines as staff type them: a postcode, an easting and a northing, one corner a line.

Source: unpaid work reference 5 ("areas/postcodes + buffer").
"""

import re

from cases.rules.giveaways import POSTCODE
from staff.errors import RuleBroken

FIGURES = re.compile(r"^\s*\(?\s*(\d{1,7})\s*(?:[,;/\s]\s*)(\d{1,7})\s*\)?\s*$")
HOLE = "hole"


def understand_point(text):
    """(easting, northing), or the postcode in capitals without a space."""
    if found := FIGURES.match(text):
        return int(found[1]), int(found[2])
    if code := POSTCODE.fullmatch(text.strip()):
        return "".join(code.groups()).upper()
    raise RuleBroken(
        "Write a postcode, or an easting and a northing of six figures each, for example 451234 206789."
    )


def spaced(postcode):
    """A postcode as it is written."""
    return f"{postcode[:-3]} {postcode[-3:]}"


def understand_corners(text):
    """The rings of an outline: its corners, and after each line that says “hole” those of a hole."""
    rings: list[list] = [[]]
    for at, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        if line.strip().rstrip(":.").casefold() == HOLE:
            rings.append([])
            continue
        found = FIGURES.match(line)
        if not found:
            raise RuleBroken(
                f"Line {at} is not understood. Write one corner a line, the easting first, for example "
                "451234 206789; and the word hole on a line of its own before the corners of a hole."
            )
        rings[-1].append([int(found[1]), int(found[2])])
    return rings


def written_corners(rings):
    """The same the other way round, to be changed."""
    return f"\n{HOLE}\n".join("\n".join(f"{e} {n}" for e, n in ring) for ring in rings)
