"""Staff's words put into those of the person they are about: no initials, and "you".

Source: product rules, words (letters use the first name, no jargon). The glossary is our own.
"""

import re

from cases.reference.codes import ContactLevel
from cases.rules.words import sentence

GLOSSARY = {  # as staff write it: as it is said to the person
    "RAR days": "rehabilitation activity days",
    "RAR day": "rehabilitation activity day",
    "RAR": "rehabilitation activity requirement",
    "UPW": "unpaid work",
    "CP": "unpaid work",
    "ETE": "work, training and learning",
    "ATR": "alcohol treatment requirement",
    "DRR": "drug treatment requirement",
    "MHTR": "mental health treatment requirement",
    "AAMR": "alcohol monitoring requirement",
    "BBR": "Building Better Relationships",
    "TSP": "Thinking Skills Programme",
    "SS2C": "Stepping Stones to Change",
    "ASRO": "Addressing Substance Related Offending",
    "CMHT": "community mental health team",
    "CBT": "talking therapy",
    "IAPT": "talking therapy",
    "SMS": "drug and alcohol service",
    "DWP": "benefits office",
    "JCP": "Jobcentre",
    "CAB": "Citizens Advice",
    "HMP": "prison",
    "HDC": "home detention curfew",
    "PSS": "post-sentence supervision",
    "SSO": "suspended sentence",
    "TTG": "Through the Gate",
    "CRC": "probation service",
    "NPS": "National Probation Service",
    "SPO": "senior probation officer",
    "PSO": "probation officer",
    "RO": "probation officer",
    "OM": "probation officer",
    "PO": "probation officer",
    "HV": "home visit",
    "HVs": "home visits",
    "F2F": "face to face",
    "1:1": "one to one",
    "1-1": "one to one",
    "DV": "domestic abuse",
    "DA": "domestic abuse",
    "w/c": "week beginning",
    "appt": "appointment",
    "appts": "appointments",
}
KNOWN_TO_ALL = frozenset(
    {"GP", "NHS", "TV", "UK", "ID", "PIN", "DIY", "CV", "AA", "NA", "CRN", "A4"}
)
CALLED = "the person on probation|the service user|service user|the offender|SU|PoP"
VERBS = {"will": "will", "to": "will", "is to": "are to", "should": "should", "must": "must"}
ABOUT_THEM = re.compile(
    r"\b(he|she|him|his|her|hers|himself|herself|service user|offender|person on probation|SU|PoP)\b",
    re.IGNORECASE,
)
INITIALS = re.compile(r"\b[A-Z]{2,}s?\b")
REFERENCE = re.compile(r"\b[A-Z]{1,2}\d[\dA-Z]?(?:\s*\d[A-Z]{2})?\b")  # a postcode, a road
OFTEN = {
    ContactLevel.MONTHLY: "once a month",
    ContactLevel.FORTNIGHTLY: "every two weeks",
    ContactLevel.WEEKLY_THEN_FORTNIGHTLY: "every week for the first 12 weeks, and then every two weeks",
    ContactLevel.WEEKLY: "every week",
    ContactLevel.WEEKLY_FRONT_LOADED: (
        "every week, with a second contact each week for the first 60 days"
    ),
}
_longest_first = sorted(GLOSSARY, key=lambda one: (-len(one), one))
_SHORT = re.compile(
    rf"(?:\b([Aa])n?\s+)?(?<![\w/])({'|'.join(map(re.escape, _longest_first))})(?![\w/])"
)


def plain(text, forename, surname):
    """The text in full words, said to the person where it is plainly about them."""
    text = _to_them(text.strip(), forename, surname)
    return sentence(_SHORT.sub(_in_full, text))


def _in_full(found):
    article, short = found.groups()
    full = GLOSSARY[short]
    if not article:
        return full
    return f"{article}{'n' if full[0] in 'aeiou' else ''} {full}"


def _to_them(text, forename, surname):
    """ "Alan to attend" as "You will attend"; anything less plain stays, and is pointed out."""
    names = [f"{forename} {surname}".strip(), forename, f"(?:Mr|Mrs|Miss|Ms|Mx)\\.? {surname}"]
    alternatives = "|".join([*(one for one in names if one.strip()), CALLED])
    verbs = "|".join(sorted(VERBS, key=len, reverse=True))
    pattern = rf"(?:^|(?<=[.;:] )|(?<=\n))(?:{alternatives}) ({verbs})\b"
    return re.sub(pattern, lambda found: f"You {VERBS[found[1].lower()]}", text, flags=re.I)


def said_short(text):
    """Initials that the person may not know, each once, as they stand in words already made plain."""
    found = INITIALS.findall(REFERENCE.sub("", text))
    return list(dict.fromkeys(one for one in found if one.rstrip("s") not in KNOWN_TO_ALL))


def speaks_of_them(text, forename):
    """Whether the text talks about the person rather than to them."""
    named = forename and re.search(rf"\b{re.escape(forename)}\b", text)
    return bool(named or ABOUT_THEM.search(text))


def ordered_as(name):
    """A requirement as the person would call it: "Rehabilitation activity requirement"."""
    main, _, sub = name.partition(": ")
    main = re.sub(r"\s*\([A-Z]+\)", "", main).removeprefix("Court - ")
    sub = "" if sub.casefold() in ("", "regular", main.casefold()) else f": {sub}"
    first, *others = plain(main, "", "").split(" ")
    return " ".join([first, *(word.lower() if word.istitle() else word for word in others)]) + sub
