"""Which intervention is meant where somebody has written its name.

Source: `grid.reference.programmes` (what a court calls an accredited programme); the titles of the catalogue.
"""

import re

from grid.reference.interventions import INTERVENTIONS
from grid.reference.programmes import NAMES

_TITLES = {one.title.casefold(): code for code, one in INTERVENTIONS.items()}
_AFTER_A_TITLE = re.compile(r"\s*($|[,:;(.\u2013\u2014-])")


def programme_named(text: str) -> str:
    """The code of the accredited programme that is named in these words; blank where none is, or more than one."""
    said = text.casefold()
    found = {code for name, code in NAMES.items() if re.search(rf"\b{re.escape(name)}\b", said)}
    return found.pop() if len(found) == 1 else ""


def intervention_planned(text: str) -> str:
    """The code of the intervention with whose title an activity begins; blank where it is none of the catalogue.

    The title must stand by itself: "Resolve, Tuesday evenings" is Resolve, and "Resolve debts" is not.
    """
    said = text.strip().casefold()
    found = (
        code
        for title, code in _TITLES.items()
        if said.startswith(title) and _AFTER_A_TITLE.match(said[len(title) :])
    )
    return max(found, key=lambda code: len(INTERVENTIONS[code].title), default="")
