"""Keeping the names of protected people out of what is shown to those who may not see them.

Source: product rules, roles and sharing: names of victims, partners and children are kept to those
who work on the case. Free text repeats such names, so it is read through here as well.
"""

import re
from itertools import chain, zip_longest

from staff.errors import RuleBroken

KEPT = "Name protected"
IN_TEXT = "[name protected]"
SHORTEST = 2  # letters; a part of a name shorter than this is an initial


def without_names(text, names, own):
    """The text with these names taken out, whole or in part.

    A part that is also in `own`, the name of the person on probation, stays: it gives nobody away,
    and the log could not be read without it. Whole names are found in any case; parts of them only
    as names are written, so that Mark goes and "mark" stays.
    """
    names = [name for name in names if name.strip()]
    if not text or not names:
        return text
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(_alone(_spaced(name)), IN_TEXT, text, flags=re.IGNORECASE)
    ours = {part.lower() for part in _parts(own)}
    parts = {part for name in names for part in _parts(name) if part.lower() not in ours}
    forms = {form for part in parts for form in (part, part.title(), part.upper())}
    if forms:
        longest_first = sorted(forms, key=lambda form: (-len(form), form))
        text = re.sub(_alone("|".join(map(re.escape, longest_first))), IN_TEXT, text)
    return re.sub(rf"{re.escape(IN_TEXT)}(?:\s+{re.escape(IN_TEXT)})+", IN_TEXT, text)


def with_names(words, stands, names, own):
    """What somebody wrote over `stands`, which they read without these names, with the names where they stood.

    Refused where it cannot be told whose name goes where: some of them were left out, and others not.
    """
    around = without_names(stands, names, own).split(IN_TEXT)
    written = words.split(IN_TEXT)
    if len(around) == 1 or len(written) == 1:
        return words
    found = re.fullmatch("(.+?)".join(map(re.escape, around)), stands, re.DOTALL)
    taken_out = found.groups() if found else ()
    if len(set(taken_out)) == 1:
        return taken_out[0].join(written)
    if len(written) != len(around):
        raise RuleBroken(
            f"This names people whose names you may not see. Leave each “{IN_TEXT}” where it stands, or ask "
            "the responsible officer to change it."
        )
    return "".join(chain.from_iterable(zip_longest(written, taken_out, fillvalue="")))


def _alone(pattern):
    """Not inside a longer word."""
    return rf"(?<!\w)(?:{pattern})(?!\w)"


def _spaced(name):
    """The name however it is spaced."""
    return r"\s+".join(re.escape(part) for part in name.split())


def _parts(name):
    found = (part.strip("'’-") for part in re.split(r"[^\w'’-]+", name))
    return [part for part in found if len(part) >= SHORTEST]
