"""What a senior and an officer talk about in supervision: found on the record, strengths first, as many of each.

Source: features 125 ("agenda built from the officer's red items") and usability 4 ("strengths first"): who hears of
nothing but what is late learns to hide it. What could hurt somebody is never left off. An agenda names kinds of work, how
many and which cases; it holds no words of the record, and sets nobody beside anybody else.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from oversight.reference.supervision import COULD_HURT, RED, STRENGTHS, Side, Topic

MOST = 10  # items: what does not fit in one talk is left for My work and the next
EACH = MOST // 2  # of a side
MOST_CASES = 12  # CRNs that an item names; the rest are counted
ORDER = {topic: place for place, topic in enumerate((*STRENGTHS, *RED))}


@dataclass(frozen=True, slots=True)
class Found:
    """One item: how many of this kind of thing, and the case of each, so that a case is there as often as it has one.

    `before`: the cases of those that were late already when the officer was given the case.
    """

    topic: Topic
    count: int
    crns: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    @property
    def side(self) -> Side:
        return Side.STRENGTH if self.topic in STRENGTHS else Side.RED

    def without(self, kept: Collection[str]) -> "Found":
        """The same, of which nothing on these cases is counted: they are kept from whoever reads."""
        left, before = (
            tuple(crn for crn in crns if crn not in kept) for crns in (self.crns, self.before)
        )
        return Found(self.topic, self.count - (len(self.crns) - len(left)), left, before)


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
        tuple(strengths),
        tuple(red),
        left_off=len(there) - len(strengths) - len(red),
    )


def named(crns: Iterable[str]) -> tuple[str, ...]:
    """Each case once, and no more of them than can be talked about; the rest are counted."""
    return tuple(dict.fromkeys(crns))[:MOST_CASES]


def as_kept(agenda: Agenda) -> dict[str, Any]:
    """As it is kept with the session: references alone."""
    return {
        "items": [
            {
                "topic": str(one.topic),
                "count": one.count,
                "crns": list(one.crns),
                "before": list(one.before),
            }
            for one in (*agenda.strengths, *agenda.red)
        ],
        "left_off": agenda.left_off,
    }


def read_kept(kept: Mapping[str, Any]) -> Agenda:
    """The agenda as it stood, whatever the record says now."""
    items = [
        Found(Topic(one["topic"]), one["count"], tuple(one["crns"]), tuple(one.get("before", ())))
        for one in kept.get("items", [])
    ]
    return Agenda(
        tuple(one for one in items if one.side == Side.STRENGTH),
        tuple(one for one in items if one.side == Side.RED),
        kept.get("left_off", 0),
    )
