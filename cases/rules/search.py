"""What somebody typed into the search box, read as a CRN, another number, a date of birth or a name.

Source: nDelius identifiers as its documents write them. Exact and prefix; what is near it is said apart, and never taken for it.
"""

import re
import string
import unicodedata
from dataclasses import dataclass
from datetime import date

from staff.rules.dates import NotUnderstood, understand_date

CRN = re.compile(r"[A-Z]\d{5,6}")
PNC = re.compile(r"(\d{2}|\d{4})/?(\d{1,7})([A-Z])")
NOMS = re.compile(r"[A-Z]\d{4}[A-Z]{2}")
MOST_WORDS = 6  # of a name that are looked for, each once: no more are needed to tell names apart
LONGEST, FEWEST_FIGURES = 14, 4  # of what may be meant as a number, in letters and figures
DATE = re.compile(r"\d{4}\D.*\d|\d.*\D\d{4}")  # with its year in full: no name has a figure in it


@dataclass(frozen=True)
class Asked:
    """At most one of the first three is set; otherwise the words of a name, folded."""

    crn: str = ""
    number: str = ""  # a PNC or prison number in the form we match on
    born_on: date | None = None
    words: tuple[str, ...] = ()


def folded(text):
    """Lower case without accents, apostrophes or hyphens: what names are sorted and matched by."""
    plain = unicodedata.normalize("NFKD", text)
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^\w\s]", "", letters.casefold()).split())


def understand(text):
    """What was asked for. Says nothing of whether anybody answers to it."""
    tidy = " ".join(text.split()).upper()
    together = tidy.replace(" ", "")
    if CRN.fullmatch(together):
        return Asked(crn=together)
    if NOMS.fullmatch(together):
        return Asked(number=together)
    if found := PNC.fullmatch(together):
        return Asked(number=pnc(*found.groups()))
    if DATE.fullmatch(tidy):
        return Asked(born_on=_date(tidy))
    words = dict.fromkeys(folded(text.replace(",", " ")).split())
    return Asked(words=tuple(words)[:MOST_WORDS])


def numbers_one_slip_from(text):
    """(CRNs, other numbers) that this would be with one letter or figure more, less, another, or two exchanged.

    Nothing of a text that is too long or has too few figures to be meant as a number.
    """
    typed = "".join(text.split()).upper()
    if len(typed) > LONGEST or sum(letter.isdigit() for letter in typed) < FEWEST_FIGURES:
        return frozenset(), frozenset()
    meant = understand(typed)
    found = [understand(other) for other in _one_slip_from(typed)]
    crns = frozenset(one.crn for one in found) - {"", meant.crn}
    return crns, frozenset(one.number for one in found) - {"", meant.number}


def _one_slip_from(typed):
    """Damerau: a slip is one letter left out, put in, put for another, or put before the one that it follows."""
    parts = [(typed[:at], typed[at:]) for at in range(len(typed) + 1)]
    yield from (before + after[1:] for before, after in parts if after)
    yield from (
        before + after[1] + after[0] + after[2:] for before, after in parts if len(after) > 1
    )
    for letter in string.ascii_uppercase + string.digits:
        yield from (before + letter + after for before, after in parts)
        yield from (before + letter + after[1:] for before, after in parts if after)


def pnc(year, serial, check):
    """A PNC number with its year in full and its serial in seven digits.

    Two-digit years are read as nDelius does: 40 and above belong to the last century.
    """
    if len(year) == 2:
        year = ("19" if int(year) >= 40 else "20") + year
    return f"{year}/{int(serial):07}{check}"


def _date(text):
    try:
        return understand_date(text, today=date.max)  # today matters only to years cut short
    except NotUnderstood:
        return None
