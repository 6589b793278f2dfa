"""What a senior and an officer talk about in supervision: found on the record, strengths first, as many of each.

Source: features 125 ("agenda built from the officer's red items") and usability 4 ("strengths first"): who hears of
nothing but what is late learns to hide it. What could hurt somebody is never left off. An agenda names kinds of work, how
many and which cases; it holds no words of the record, and sets nobody beside anybody else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from oversight.reference.supervision import COULD_HURT, RED, STRENGTHS, Side, Topic

MOST = 10  # items: what does not fit in one talk is left for My work and the next
EACH = MOST // 2  # of a side
MOST_CASES = 12  # CRNs that an item names; the rest are counted
ORDER = {topic: place for place, topic in enumerate((*STRENGTHS, *RED))}


@dataclass(frozen=True, slots=True)
class Found:
    """One item: how many of this kind of thing, and on which cases, each once."""

    topic: Topic
    count: int
    crns: tuple[str, ...] = ()

    @property
    def side(self) -> Side:
        return Side.STRENGTH if self.topic in STRENGTHS else Side.RED


@dataclass(frozen=True, slots=True)
class Agenda:
    strengths: tuple[Found, ...] = ()
    red: tuple[Found, ...] = ()
    left_off: int = 0  # kinds of thing that were found and are not on it


def agenda_of(found: Iterable[Found]) -> Agenda:
    """As many strengths as red items, at most five of each; a side that has none takes nothing from the other.

    What could hurt somebody stands on it whatever there is beside it.
    """
    there = sorted((one for one in found if one.count), key=lambda one: ORDER[one.topic])
    good = [one for one in there if one.side == Side.STRENGTH]
    bad = [one for one in there if one.side == Side.RED]
    each = min(EACH, len(good) or EACH, len(bad) or EACH)
    pressing = sum(one.topic in COULD_HURT for one in bad)
    # Topics that could hurt somebody come first in the order, so the first so many are they
    strengths, red = good[:each], bad[: max(each, pressing)]
    return Agenda(
        tuple(map(_cut, strengths)),
        tuple(map(_cut, red)),
        left_off=len(there) - len(strengths) - len(red),
    )


def _cut(one: Found) -> Found:
    return Found(one.topic, one.count, tuple(dict.fromkeys(one.crns))[:MOST_CASES])


def as_kept(agenda: Agenda) -> dict[str, Any]:
    """As it is kept with the session: references alone."""
    return {
        "items": [
            {"topic": str(one.topic), "count": one.count, "crns": list(one.crns)}
            for one in (*agenda.strengths, *agenda.red)
        ],
        "left_off": agenda.left_off,
    }


def read_kept(kept: Mapping[str, Any]) -> Agenda:
    """The agenda as it stood, whatever the record says now."""
    items = [
        Found(Topic(one["topic"]), one["count"], tuple(one["crns"]))
        for one in kept.get("items", [])
    ]
    return Agenda(
        tuple(one for one in items if one.side == Side.STRENGTH),
        tuple(one for one in items if one.side == Side.RED),
        kept.get("left_off", 0),
    )
