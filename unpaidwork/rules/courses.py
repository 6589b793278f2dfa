"""Whether a course looks like one that somebody already has.

Source: unpaid work reference 3 and 9 (the last twelve months of courses are shown before one is credited).
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Taken:
    """A course that somebody finished."""

    key: int
    provider: str
    title: str
    reference: str
    finished_on: date


def alike(one, others):
    """[(the other, why)], of those recorded before it."""
    found = []
    for other in others:
        if other.key == one.key:
            continue
        same_provider = _letters(one.provider) == _letters(other.provider)
        same_title = _letters(one.title) == _letters(other.title)
        if one.reference and same_provider and _letters(one.reference) == _letters(other.reference):
            found.append((other, "the same reference of the same provider"))
        elif same_title and same_provider:
            found.append((other, "the same course of the same provider"))
        elif same_title and one.finished_on == other.finished_on:
            found.append((other, "a course of the same name, finished on the same day"))
    return found


def _letters(text):
    return "".join(letter for letter in text.casefold() if letter.isalnum())
