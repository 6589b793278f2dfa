"""Restrictions as they are checked: which hold on which days, which places they touch, what they may say.

Source: unpaid work reference 5 and 10 (U2); product rules, gates and sharing.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from cases.reference.restrictions import ORDERS_OF, OrderKind, Terms
from cases.rules.geometry import Zone, touching
from cases.rules.giveaways import POSTCODE, STREETS, gives_a_name, gives_an_address
from cases.rules.interim import says_nothing
from cases.rules.words import shortened, within_a_sentence
from staff.errors import RuleBroken
from staff.rules.dates import say_date

LONGEST = 140  # letters of a prohibition that one line repeats

# Words of a category of licence conditions that keep somebody from a person or a place
KEEPS_AWAY = ("contact with a person", "freedom of movement")
EXCLUSION_CODE = "X"  # main category of a requirement
# A number before a street, unless it counts something or is a day: "14 Acacia Road", not "2 miles of St Mary's"
COUNTS = (
    r"m|metres?|miles?|km|kilometres?|yards?|hours?|days?|weeks?|months?|years?|people|children|am|pm|of|"
    r"january|february|march|april|may|june|july|august|september|october|november|december"
)
HOUSE = re.compile(
    rf"\b\d+[a-z]?,?\s+(?!(?:{COUNTS})\b)(?:[\w’'-]+\s+){{1,3}}(?:{'|'.join([*STREETS, *STREETS.values()])})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Area:
    """One area as it is given. `outline` as `RestrictedArea` keeps it, made by `cases.rules.geometry`."""

    label: str
    shape: str
    outline: dict = field(hash=False)
    buffer: int = 0


@dataclass(frozen=True)
class Restricted:
    """One restriction as the rules read it. `protected`: the key of who it protects among the people around them."""

    id: int
    case: int
    kind: str
    terms: str
    prohibits: str  # in plain words; blank while the terms are not seen
    from_on: date
    to_on: date | None = None  # its last day
    copy_seen: date | None = None
    zones: tuple[Zone, ...] = ()
    protected: int | None = None

    def in_force(self, on):
        """An order holds from its first day to the end of its last."""
        return self.in_force_between(on, on)

    def in_force_between(self, first, last):
        """On any day from the first to the last; `last` None: without end."""
        begun = last is None or self.from_on <= last
        return begun and (self.to_on is None or self.to_on >= first)

    @property
    def seen(self):
        return self.terms != Terms.NOT_SEEN


def touched(restrictions, places, first, last=None):
    """[(restriction, name of the place)] that are touched on any day from the first to the last.

    `places`: {its name: its points, as `cases.rules.geometry.touches` takes them}.
    """
    return touched_each([(restrictions, places, first, last)])[0]


def touched_each(asked):
    """The same of many at once: each (restrictions, places, first, last)."""
    pairs = [
        (at, one, zone, name, points)
        for at, (restrictions, places, first, last) in enumerate(asked)
        for one in restrictions
        if one.in_force_between(first, last)
        for zone in one.zones
        for name, points in places.items()
    ]
    answers = touching((zone, points) for _, _, zone, _, points in pairs)
    found: list[dict] = [{} for _ in asked]
    for (at, one, _, name, _), touches in zip(pairs, answers, strict=True):
        if touches:
            found[at][one.id, name] = (one, name)
    return [list(one.values()) for one in found]


# Orders whose terms nobody has seen


@dataclass(frozen=True, slots=True)
class Ordered:
    """What the record says keeps them away: a register, a requirement or a condition of licence."""

    key: str  # "registration-12": as a restriction names it
    words: str
    orders: frozenset[str] = frozenset()  # the kinds of order it can be

    @property
    def likeliest(self):
        """The kind that it is called by: "restraining order" also stands for what a family court made."""
        return next((one for one in OrderKind if one in self.orders), None)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A restriction that stands, as far as it answers what the record says. `of`: keys, as above."""

    kind: str
    terms: str
    to_on: date | None
    of: frozenset[str] = frozenset()


def keeps_away(category):
    """Whether a licence condition of this category keeps them from people or places."""
    return any(words in category.lower() for words in KEEPS_AWAY)


def orders_of(register):
    """The kinds of order that a register stands for; none where it stands for none."""
    return ORDERS_OF.get(register, frozenset())


def without_terms(ordered, recorded, today):
    """[(Ordered)] of the record that no restriction answers.

    One that names it answers it; so does one of its kind that names nothing, but each of those only once.
    """
    running = [one for one in recorded if one.to_on is None or one.to_on >= today]
    named = frozenset().union(*(one.of for one in running))
    spare = [one for one in running if not one.of]
    missing = []
    for one in ordered:
        if one.key in named:
            continue
        answer = next((other for other in spare if other.kind in one.orders), None)
        if answer:
            spare.remove(answer)
        else:
            missing.append(one)
    return missing


def not_seen(ordered, recorded, today):
    """What has terms that nobody here has seen, in sentences; nothing where all are."""
    running = [one for one in recorded if one.to_on is None or one.to_on >= today]
    return [
        f"{OrderKind(one.kind).title}: its terms have not been seen."
        for one in running
        if one.terms == Terms.NOT_SEEN
    ] + [
        f"{one.words}: no restriction is recorded, so its terms have not been seen."
        for one in without_terms(ordered, recorded, today)
    ]


def must_not(kind, prohibits, to_on):
    """An order in a line: "Must not go near her home (restraining order, until 3 May 2019)"."""
    until = f", until {say_date(to_on)}" if to_on else ""
    said = shortened(prohibits, LONGEST)
    begun = said if said.casefold().startswith("must") else f"Must not: {said}"
    return f"{begun} ({within_a_sentence(OrderKind(kind).title)}{until})"


# What may be said


def check_prohibition(terms, prohibits, areas):
    """Refuse a restriction that leaves out what it needs to be checked."""
    if terms not in set(Terms):
        raise RuleBroken("Say what is known of its terms.")
    if terms == Terms.NOT_SEEN:
        if areas:
            raise RuleBroken("Areas can be given once the terms have been seen.")
        return
    if says_nothing(prohibits):
        raise RuleBroken("Say in plain words what they must not do.")
    if terms == Terms.AREAS and not areas:
        raise RuleBroken(
            "Give the areas that it bans. If it bans contact only, say so; if you have not seen them, choose "
            "“Terms not seen”."
        )
    if terms == Terms.CONTACT and areas:
        raise RuleBroken("It bans areas: choose “Bans areas”, or take the areas out.")


def check_days(from_on, to_on, copy_seen_on, today):
    if to_on and to_on < from_on:
        raise RuleBroken("Its last day is before its first. Look at the order again.")
    if to_on and to_on < today:
        raise RuleBroken("It has run out. Only what still holds, or will, is recorded here.")
    if copy_seen_on and copy_seen_on > today:
        raise RuleBroken("The copy cannot have been seen on a day still to come.")


def gives_away(text, kept):
    """Why these words may not stand where everybody who works with them reads them; blank where they may."""
    if gives_a_name(text, kept):
        return "It names somebody around them. Say who they are to the person instead: a former partner, a child."
    if POSTCODE.search(text) or HOUSE.search(text) or gives_an_address(text, kept):
        return (
            "It gives an address or a postcode. Say “the area that the order bans”, and give where it is as an "
            "area, which supervisors never see."
        )
    return ""


def check_gives_nothing_away(kept, **said):
    """Refuse words that tell whoever reads them who is protected or where. `said`: {what they are: the words}"""
    for what, words in said.items():
        if why := gives_away(words, kept):
            raise RuleBroken(f"{within_a_sentence(what.replace('_', ' ')).capitalize()}: {why}")
