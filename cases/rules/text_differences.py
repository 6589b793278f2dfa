"""How much one text is different from another, and what a difference is.

Sources: as `cases.rules.differences`, whose docstring says when a text is different in substance.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from cases.reference.reviews import DifferenceArea
from cases.reference.wording import TELLING
from cases.rules.stock import is_stock
from cases.rules.wording import content, how_often, told_apart, topics_of, topics_of_words

NET = 3  # words more or fewer that say something: a sentence
REWRITTEN = 5  # new words that say something, where they are half of all
LEAST_LEFT = 1 / 3  # of the words; with fewer left it is another text
GROWN = 5  # more: what the same said otherwise does not come to
SHORT_NET = 2  # in a line of a plan
SAYS = 2  # words that say something: fewer, and a step could stand in any plan
OVERLAP = 0.6  # of the shorter: a step that says the same


class Amount(IntEnum):
    """How much a difference is, the more the higher."""

    COSMETIC = 1
    MOTIVATION = 2
    SUBSTANTIVE = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is different. `before` and `after` are words for the page; either may be blank.

    `about`: topics of `cases.reference.wording` that the difference is on; `since`: the day from which it
    holds, where the snapshot says so.
    """

    key: str
    area: DifferenceArea
    code: str
    asks: str
    before: str
    after: str
    amount: Amount
    about: frozenset[str] = frozenset()
    since: date | None = None
    in_words: bool = False  # a text came to be another, which may be the same said otherwise

    @property
    def substantive(self):
        return self.amount == Amount.SUBSTANTIVE


def text_amount(before, after, own=(), net=NET):
    """How much one text is different from another; None where it is the same, letter for letter.

    `net`: how many more or fewer words that say something are a change of substance.
    """
    if before == after:
        return None
    if is_stock(after) and (not before or is_stock(before)):
        return Amount.COSMETIC
    if not before or not after:
        return Amount.SUBSTANTIVE
    added, gone, kept = told_apart(before, after, own)
    denied = content(before, own).denials != content(after, own).denials
    everything = len(added) + len(kept)
    substance = (
        bool(_news(added, before) | _news(gone, after))
        or (denied and bool(kept or added))
        or _other_often(before, after)
        or abs(len(added) - len(gone)) >= net
        or (len(added) >= REWRITTEN and 2 * len(added) >= everything)
        or (len(added) >= NET and len(kept) < LEAST_LEFT * everything)
    )
    return Amount.SUBSTANTIVE if substance else Amount.COSMETIC


def _news(words, other):
    """What these words tell of and the other text does not."""
    return (topics_of_words(words) & TELLING) - topics_of(other)


def _other_often(before, after):
    was, now = how_often(before), how_often(after)
    return bool(was and now and was != now)


def says_the_same(text, other, own=()):
    """Whether a step, contingency or objective is another over again."""
    if text_amount(other, text, own) is None:
        return True
    added, gone, kept = told_apart(other, text, own)
    shorter = len(kept) + min(len(added), len(gone))
    if not shorter:
        return False
    return len(kept) / shorter >= OVERLAP and len(added) < NET and not _denied(text, other, own)


def _denied(text, other, own):
    return content(text, own).denials != content(other, own).denials


def says_nothing(text, own):
    """Whether it could stand in any plan. A day or a number that is named counts as a word."""
    said = len(content(text, own).words) + bool(re.search(r"\d", text))
    return is_stock(text) or said < SAYS


def news_of(before, after, own):
    """What a text came to be about: all that was added where there is a good deal more, else what is new to it."""
    added, gone, _ = told_apart(before, after, own)
    about = topics_of_words(added or gone)
    if not before or not after or grew(before, after, own):
        return about
    return about - topics_of(before)


def grew(before, after, own, net=GROWN):
    """Whether it says more than it did, and not the same otherwise."""
    added, gone, _ = told_apart(before, after, own)
    return len(added) - len(gone) >= net


def day_of(text):
    return date.fromisoformat(text) if text else None
