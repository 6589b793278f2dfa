"""What a reminder says: a first name, a day, a time, and a number to ring. Nothing that gives anybody away.

Whoever picks the telephone up must not learn who writes or why (product rules, safe contact): it names
no crime, service, court, agency or victim. The place is named only by what staff wrote to be said of it,
and only where no word of that tells what the place is.
"""

import re

from cases.reference.appointments import Where
from staff.rules.dates import say_time

ONE_TEXT = 160  # letters
GIVES_AWAY = re.compile(
    r"\b(?:probation\w*|prawf|crc|nps|npd|hmpps|offend\w*|troseddw\w*|crim\w*|courts?|llys|magistrates?|police|heddlu|"
    r"prisons?|carchar|custody|justice|cyfiawnder|licen[cs]e\w*|sentenc\w*|parole|recall|breach|unpaid\s+work|payback|"
    r"community\s+(?:service|rehabilitation)|supervis\w*|rehab\w*|victims?|risk|safeguard\w*|domestic|abuse\w*|"
    r"drugs?|alcohol|substance|recovery|mental|clinic|hostel|approved\s+premises|programmes?|tag(?:ging)?)\b",
    re.IGNORECASE,
)
DAYS = (
    ("Monday", "ddydd Llun"), ("Tuesday", "ddydd Mawrth"), ("Wednesday", "ddydd Mercher"), ("Thursday", "ddydd Iau"),
    ("Friday", "ddydd Gwener"), ("Saturday", "ddydd Sadwrn"), ("Sunday", "ddydd Sul"),
)  # fmt: skip
MONTHS = (
    ("January", "Ionawr"), ("February", "Chwefror"), ("March", "Mawrth"), ("April", "Ebrill"), ("May", "Mai"),
    ("June", "Mehefin"), ("July", "Gorffennaf"), ("August", "Awst"), ("September", "Medi"), ("October", "Hydref"),
    ("November", "Tachwedd"), ("December", "Rhagfyr"),
)  # fmt: skip
# How they meet decides how it begins; the rest are met somewhere they know of
ENGLISH = {
    Where.TELEPHONE: "We will ring you on {when}.",
    Where.VIDEO: "You have a video call on {when}.",
    Where.HOME: "We will come to see you on {when}.",
}
WELSH = {
    Where.TELEPHONE: "Byddwn yn eich ffonio {when}.",
    Where.VIDEO: "Mae gennych alwad fideo {when}.",
    Where.HOME: "Byddwn yn dod i'ch gweld {when}.",
}


def subject_of(known):
    """The subject of an e-mail, which a locked screen shows."""
    day = _day(known.starts_at, known.welsh)
    return f"Nodyn atgoffa: {day}" if known.welsh else f"Reminder: {day}"


def words_of(known, *, one_text):
    """What it says. For a text the place is left out first, then the name, where they make it too long for one."""
    place = known.place if names_nothing(known.place) else ""
    tries = [(known.first_name, place), (known.first_name, ""), ("", "")]
    written = [_written(known, name, place) for name, place in tries]
    if not one_text:
        return written[0]
    return next((one for one in written if len(one) <= ONE_TEXT), written[-1])


def names_nothing(words):
    """Whether no word of this tells what we are or why anybody comes."""
    return not GIVES_AWAY.search(words)


def _written(known, name, place):
    hello, where, ring, otherwise = (
        ("Helo", "Lleoliad:", "Os na allwch, ffoniwch {}.", "Os na allwch, rhowch wybod i ni.")
        if known.welsh
        else ("Hello", "Where:", "If you cannot, please ring {}.", "If you cannot, please tell us.")
    )
    telephone = known.telephone if names_nothing(known.telephone) else ""
    said = [
        f"{hello} {' '.join(name.split())}.".replace(" .", "."),
        _begins(known),
        f"{where} {' '.join(place.split()).rstrip('.')}." if place else "",
        ring.format(telephone) if telephone else otherwise,
    ]
    return " ".join(filter(None, said))


def _begins(known):
    when = f"{_day(known.starts_at, known.welsh)} {_hour(known.starts_at, known.welsh)}"
    if known.welsh:
        return WELSH.get(known.where, "Mae gennych apwyntiad {when}.").format(when=when)
    article = "an" if known.says[:1] in "aeiou" else "a"
    usual = f"You have {article} {known.says} on {{when}}."
    return ENGLISH.get(known.where, usual).format(when=when)


def _day(at, welsh):
    return f"{DAYS[at.weekday()][welsh]} {at.day} {MONTHS[at.month - 1][welsh]}"


def _hour(at, welsh):
    if welsh:
        return f"am {at.hour}:{at.minute:02}"
    return f"at {say_time(at.time())}"
