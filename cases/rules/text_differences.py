"""How much one text is different from another, and what a difference is.

Sources: as `cases.rules.differences`, whose docstring says when a text is different in substance.
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from cases.reference.reviews import DifferenceArea
from cases.rules.stock import is_stock
from cases.rules.wording import content, told_apart, topics_of_words

NET = 3  # words more or fewer that say something: a sentence
REWRITTEN = 5  # new words that say something, where they are half of all
LEAST_LEFT = 1 / 3  # of the words; with fewer left it is another text
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

    @property
    def substantive(self):
        return self.amount == Amount.SUBSTANTIVE


def text_amount(before, after, own=()):
    """How much one text is different from another; None where it is the same, letter for letter."""
    if before == after:
        return None
    if is_stock(after) and (not before or is_stock(before)):
        return Amount.COSMETIC
    added, gone, kept = told_apart(before, after, own)
    old, new = topics_of_words(added), topics_of_words(gone)
    denied = content(before, own).denials != content(after, own).denials
    net = abs(len(added) - len(gone))
    everything = len(added) + len(kept)
    substance = (
        bool(old ^ new and not old & new)
        or (denied and bool(kept or added))
        or net >= NET
        or (len(added) >= REWRITTEN and 2 * len(added) >= everything)
        or (len(added) >= NET and len(kept) < LEAST_LEFT * everything)
    )
    return Amount.SUBSTANTIVE if substance else Amount.COSMETIC


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
    return is_stock(text) or len(content(text, own).words) < SAYS


def new_of(before, after, own):
    """The words that came in, or that went where none came."""
    added, gone, _ = told_apart(before, after, own)
    return " ".join(sorted(added or gone))


def day_of(text):
    return date.fromisoformat(text) if text else None
