"""Makes planted reviews from a seed: as many hollow as honest, of many kinds each, in turn.

Sources: goals of the whole system ("200 planted reviews, half hollow"); report 2.4.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bench.planted import happened
from bench.planted.standing import AFTER_ON, BEFORE_ON, Snapshot, Teller, later, stands
from cases.reference.reviews import EventKind

CHANGE, NOTHING = "change", "nothing"


@dataclass
class Happened:
    key: str
    kind: EventKind
    what: str
    on: Any
    significant: bool = True


@dataclass
class Said:
    """How one event is answered. `changes`: keys of differences it is tied to, as the page would send them."""

    key: str
    how: str
    words: str
    changes: list[str] = field(default_factory=list)
    step: int | None = None
    raised: bool = False
    together: str = ""


@dataclass
class Planted:
    kind: str
    hollow: bool
    teller: Teller
    events: list[Happened]
    before: Snapshot
    after: Snapshot
    answers: list[Said] = field(default_factory=list)

    @property
    def chance(self) -> random.Random:
        return self.teller.chance

    @property
    def asked(self) -> list[Happened]:
        return [one for one in self.events if one.significant]


Make = Callable[[Planted], None]


def plant(
    seed: int,
    number: int,
    hollow: Mapping[str, Make],
    honest: Mapping[str, Make],
    half: int | None = None,
) -> Iterator[Planted]:
    """So many reviews, every second one hollow; the kinds of each take turns. `half`: see `Teller`."""
    chance = random.Random(seed)
    kinds = {True: list(hollow.items()), False: list(honest.items())}
    for count in range(number):
        is_hollow = count % 2 == 0
        name, make = kinds[is_hollow][count // 2 % len(kinds[is_hollow])]
        teller = Teller(random.Random(chance.random()), half)
        before = stands(teller)
        review = Planted(name, is_hollow, teller, happenings(teller), before, later(before))
        make(review)
        yield review


def happenings(teller: Teller) -> list[Happened]:
    """One to five things that matter, and now and then some that do not."""
    chance = teller.chance
    kinds = chance.sample(sorted(happened.WHAT), chance.choice([1, 2, 2, 3, 3, 4, 5]))
    days = (AFTER_ON - BEFORE_ON).days
    events = [
        Happened(f"{kind}-{n}", kind, chance.choice(happened.WHAT[kind]), BEFORE_ON + timedelta(days=chance.randrange(days)))
        for n, kind in enumerate(kinds)
    ]  # fmt: skip
    for n, (kind, what) in enumerate(chance.sample(happened.SMALL, chance.choice([0, 0, 1, 2]))):
        on = BEFORE_ON + timedelta(days=chance.randrange(days))
        events.append(Happened(f"small-{n}", kind, what, on, significant=False))
    return sorted(events, key=lambda one: one.on)
