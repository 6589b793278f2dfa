"""What must not stand in words that leave us: names that are kept, where others live, what agencies said.

Source: product rules, sharing and roles. What is found is refused with words that say what to mend; it is
never blanked in silence, because a gap in a sentence gives away that somebody was there.
"""

import re
from dataclasses import dataclass

from cases.rules.names import without_names

POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
DATES = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:April|May|June|August)\s+\d{4}\b|\b\d{1,2}\s+May\b"
)
STREETS = {  # one spelling for each
    "street": "st", "road": "rd", "avenue": "ave", "lane": "ln", "drive": "dr", "close": "cl", "court": "ct",
    "crescent": "cres", "place": "pl", "gardens": "gdns", "square": "sq", "terrace": "terr", "grove": "gr",
}  # fmt: skip
WITHIN_A_HOUSE = ("flat", "apartment", "room", "unit")
RUN = 8  # words in a row that are no accident
NAMED = (
    "It names somebody who is protected or could be hurt. Say who they are to the person instead."
)
PLACED = "It says where somebody else lives. Take the address out."
REPEATED = "It repeats what an agency or somebody else told us. Say it in words of your own."


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept from the person on one case.

    `own`: their name; `home`: where they live, which they know. `texts`: what was said to us or about
    others and is not to be shared.
    """

    own: str
    home: str = ""
    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


def to_keep(own, homes, names, addresses, texts=()):
    """What is kept of one case, always in the same order. An address of which nothing is recorded is none."""
    return Kept(
        own=own,
        home="; ".join(homes),
        names=tuple(sorted(names)),
        addresses=tuple(sorted(one for one in addresses if one.strip(" ,"))),
        texts=tuple(one for one in texts if one),
    )


def why_not(text, kept):
    """What in this text gives something away, as it is to be mended; blank where nothing does."""
    if gives_a_name(text, kept):
        return NAMED
    if gives_an_address(text, kept):
        return PLACED
    if repeats(text, kept.texts):
        return REPEATED
    return ""


def gives_a_name(text, kept):
    """Whether a kept name stands in it, whole or in part. A month is no name."""
    text = DATES.sub(" ", text)
    return without_names(text, kept.names, kept.own) != text


def gives_an_address(text, kept):
    """Whether a postcode, a street or a house of somebody else stands in it, however it is spelt."""
    codes, said = _postcodes(text), _words(text)
    home_codes, home = _postcodes(kept.home), _words(kept.home)
    for one in kept.addresses:
        if codes & (_postcodes(one) - home_codes):
            return True
        if any(_within(part, said) and not _within(part, home) for part in _parts(one)):
            return True
    return False


def repeats(text, texts):
    """Whether so many words in a row are those of one of the texts."""
    said = _runs(_words(text))
    return any(said & _runs(_words(one)) for one in texts)


def _postcodes(text):
    return {f"{out}{inward}".upper() for out, inward in POSTCODE.findall(text)}


def _words(text):
    found = re.findall(r"\w+", text.casefold().replace("’", "").replace("'", ""))
    return [STREETS.get(word, word) for word in found]


def _parts(address):
    """What of an address finds the place: the house by number or name, and its street. Not the town."""
    lines = [_words(line) for line in re.split(r"[,\n;]", POSTCODE.sub(" ", address))]
    lines = [words for words in lines if words]
    for at, words in enumerate(lines):
        street = [word for word in words if not any(letter.isdigit() for letter in word)]
        on_a_street = len(street) > 1 and street[-1] in STREETS.values()
        first = at == 0 or (at == 1 and lines[0][0] in WITHIN_A_HOUSE)
        if len(words) > 1 and (first or on_a_street or words != street):
            yield words
        if on_a_street and words != street:
            yield street


def _within(part, words):
    length = len(part)
    return any(words[at : at + length] == part for at in range(len(words) - length + 1))


def _runs(words):
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
