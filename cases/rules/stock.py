"""Words typed to get past a box, and text that stood before and was hardly touched.

Source: product rules, gates (stock phrases; text at least 95% like what stood before the current offence);
report 2.1 and 2.4 ("risk not linked to current index offence").
"""

from rapidfuzz import fuzz

from cases.rules.interim import says_nothing

SHORTEST_COMPARED = 40  # letters: a line as short as this may well be the same
NEARLY = 90  # of 100: a stock phrase with a word changed is one still
PHRASES = (
    "risk not linked to current index offence",
    "risk not linked to index offence",
    "not linked to the current offence",
    "not linked to index offence",
    "not relevant to current offence",
    "not relevant to index offence",
    "no risk identified",
    "no risks identified",
    "no current risk",
    "no current risks identified",
    "no known risk",
    "no evidence of risk",
    "nothing to suggest a risk",
    "none identified",
    "no issues identified",
    "no concerns identified",
    "no identified concerns",
    "historic",
    "historical",
    "historical offence",
    "historical offences only",
    "old offence",
    "spent conviction",
    "low risk",
    "low risk of harm",
    "see previous assessment",
    "as per previous assessment",
    "no change from previous assessment",
    "as per risk management plan",
    "not assessed",
    "to be completed",
    "to be updated",
    "to follow",
    "same as before",
    "same as above",
)


def is_stock(words):
    """Whether these words could stand in any assessment, about anybody."""
    if says_nothing(words):
        return True
    plain = _plain(words)
    return any(fuzz.ratio(plain, one) >= NEARLY for one in _PLAIN)


def likeness(words, before):
    """How like the two texts are, in percent. Capitals, spaces and stops do not count."""
    return fuzz.ratio(_plain(words), _plain(before))


def hardly_touched(words, before, percent):
    """Whether a text of some length is what stood before, but for a word here or there."""
    long_enough = len(_plain(words)) >= SHORTEST_COMPARED
    return long_enough and likeness(words, before) >= percent


def _plain(words):
    kept = "".join(letter if letter.isalnum() else " " for letter in words.casefold())
    return " ".join(kept.split())


_PLAIN = [_plain(one) for one in PHRASES]
