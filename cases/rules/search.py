"""What somebody typed into the search box, read as a CRN, another number, a date of birth or a name.

Source: nDelius identifiers as its documents write them. Exact and prefix; nothing is guessed.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from staff.rules.dates import NotUnderstood, understand_date

CRN = re.compile(r"[A-Z]\d{5,6}")
PNC = re.compile(r"(\d{2}|\d{4})/?(\d{1,7})([A-Z])")
NOMS = re.compile(r"[A-Z]\d{4}[A-Z]{2}")
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
    return Asked(words=tuple(folded(text.replace(",", " ")).split()))


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
