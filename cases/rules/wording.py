"""What two texts say that the other does not, once what changes nothing is left aside.

Case, stops, order, dates, months, weeks counted on, who is named how, stock words and words that say the
same are left aside; so is a mistake of spelling. Sources: report 2.4 ("little has been changed"); the tables
are `cases.reference.wording`.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from cases.reference.wording import DENIALS, FILLER, MONTHS, OFTEN, SAME, TOPICS, TRADE, WHO

ALIKE = 80  # of 100: a word spelt otherwise
SHORTEST_SPELT = 5  # letters: a shorter word is another word when it is spelt otherwise
SHORTEST_GUESSED = 6  # where any of hundreds of words might be meant
SUFFIXES = ("ingly", "edly", "ing", "ed", "es", "s", "ly")
SHORTEST_STEM = 3
_MONTH = "|".join(MONTHS)
_UNIT = r"(?:weeks?|wks?|months?|days?|sessions?|years?|yrs?|hours?)"
DATES = re.compile(
    rf"""\b\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?\b
    | \b(?:the\ )?\d{{1,2}}(?:st|nd|rd|th)?(?:\ of)?\ (?:{_MONTH})\b(?:\ \d{{4}})?
    | \b(?:{_MONTH})\b(?:\ (?:\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?)\b)?
    | \b(?:the\ )?\d{{1,2}}(?:st|nd|rd|th)\b
    | \b(?:19|20)\d\d\b
    | \b{_UNIT}\ \d+(?:\ (?:of|out\ of)\ \d+)?\b
    | (?<!every\ )\b\d+(?:\ (?:of|out\ of)\ \d+)?\ {_UNIT}\b
    """,
    re.VERBOSE,
)
TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? [^\W\d_][\w'’-]*")
WORD = re.compile(r"[^\W_]+(?:['&][^\W_]+)*")


def stem(word):
    """The word without its ending, well enough to find it again."""
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST_STEM:
            word = word[: -len(suffix)]
            break
    if len(word) > SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeiousl":
        word = word[:-1]
    if word.endswith("i"):
        word = f"{word[:-1]}y"
    return word.rstrip("e") or word


def _phrases(table):
    """(pattern of the phrases of several words, {phrase or stem: what it is kept as})."""
    several = sorted((one for one in table if " " in one or "-" in one), key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, several)) or '(?!)'})\b")
    return pattern, {one if one in several else stem(one): kept for one, kept in table.items()}


_SAME_PATTERN, _SAME = _phrases({one: stem(group[0]) for group in SAME for one in group})
_WHO_PATTERN, _WHO = _phrases(dict.fromkeys(WHO, ""))
_DENIALS = frozenset(map(stem, DENIALS))


def _kept(word):
    root = stem(word)
    return _SAME.get(root, root)


_FILLER = frozenset(map(stem, FILLER)) - _DENIALS


def _topics():
    found: dict[str, set[str]] = {}
    for topic, words in TOPICS.items():
        for one in words:
            key = one if " " in one or "-" in one else stem(one)
            found.setdefault(key, set()).add(topic)
            if key in _SAME:
                found.setdefault(_SAME[key], set()).add(topic)
    return found


_TOPICS = _topics()
_TRADE = frozenset(root for one in TRADE for root in (stem(one), _kept(one)))
_TOPIC_PHRASES = [one for one in _TOPICS if " " in one or "-" in one]
_TOPIC_WORDS = [one for one in _TOPICS if len(one) >= SHORTEST_SPELT - 1]


@dataclass(frozen=True, slots=True)
class Content:
    """What a text says: each word that says something, with how often, and how often it denies."""

    words: Counter
    denials: int


def plain(text):
    """Lower case, without dates, titles and the ways of naming who it is about."""
    text = TITLED.sub(" ", " ".join(str(text).split())).casefold().replace("’", "'")
    text = DATES.sub(" ", re.sub(r"n't\b", " not", text))
    return _WHO_PATTERN.sub(" ", re.sub(r"'s\b", "", text))


@lru_cache(maxsize=4096)
def content(text, own=()):
    """What the text says. `own`: names of the person on probation, which say nothing."""
    said = _SAME_PATTERN.sub(lambda found: f" {_SAME[found[0]]} ", plain(text))
    names = {one.casefold() for one in own}
    words: Counter[str] = Counter()
    denials = 0
    for word in WORD.findall(said):
        root = _kept(word)
        if stem(word) in _DENIALS:
            denials += 1
        elif word not in names and stem(word) not in _WHO and not {stem(word), root} & _FILLER:
            words[root] += 1
    return Content(words, denials)


def told_apart(before, after, own=()):
    """(words only the later text has, words only the earlier one has, those of both)."""
    old, new = content(before, own).words, content(after, own).words
    added, gone = set(new) - set(old), set(old) - set(new)
    for word in sorted(added):
        twin = next((one for one in sorted(gone) if is_spelt(word, one)), None)
        if twin:
            added.discard(word)
            gone.discard(twin)
    return added, gone, set(new) - added


def is_spelt(word, other):
    """Whether one is the other, spelt otherwise."""
    shorter = min(len(word), len(other))
    return shorter >= SHORTEST_SPELT and fuzz.ratio(word, other) >= ALIKE


def how_often(text):
    """How often something is, as far as the text says."""
    said = plain(text)
    return frozenset(kept for one, kept in OFTEN.items() if re.search(rf"\b{one}\b", said))


def concrete(text, besides="", own=()):
    """How many things the text says that are of this one alone: no stock word, none of the trade's, none of
    `besides`. A date or a number counts as one."""
    words = content(text, own).words.keys() - content(besides, own).words.keys() - _TRADE
    return len(words) + bool(DATES.search(text.casefold()) or re.search(r"\d", text))


def topics_of_words(words):
    """What these words are about."""
    return frozenset(topic for word in words for topic in _topics_of(word))


def topics_of(text):
    """What a text is about. What could stand in anybody's record is not about what it is kept with: "risk of
    serious harm" speaks of no injury, nor "child concerns" of anxiety."""
    said = plain(text)
    phrases = (_TOPICS[one] for one in _TOPIC_PHRASES if one in said)
    roots = {stem(word) for word in WORD.findall(said)}
    return topics_of_words(roots | {_SAME.get(root, root) for root in roots - _FILLER}).union(
        *phrases
    )


@lru_cache(maxsize=8192)
def _topics_of(word):
    if word in _TOPICS:
        return frozenset(_TOPICS[word])
    if len(word) < SHORTEST_GUESSED:
        return frozenset()
    near = process.extractOne(word, _TOPIC_WORDS, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return frozenset(_TOPICS[near[0]]) if near else frozenset()
