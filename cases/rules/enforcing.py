"""What an appointment enforces: what may be named, and what is chosen unless somebody says otherwise.

Sources: product rules, failures ("every appointment names the requirement or condition it enforces, or is
voluntary"; a voluntary absence is never a failure); Criminal Justice Act 2003 s.220 (duty to keep in touch
under a community order), s.250 (licence) and s.256AA (post-sentence supervision).
"""

from dataclasses import dataclass

from cases.reference.appointments import RAR, RAR_DAY, Enforces
from cases.reference.codes import HELD, CustodyStatus, Order
from staff.errors import RuleBroken

KEEP_IN_TOUCH = ("keep in touch", "keeping in touch", "report to", "attend appointments")
ON_LICENCE = frozenset({CustodyStatus.ON_LICENCE, CustodyStatus.POST_SENTENCE})
IN_CUSTODY_FIRST = frozenset({Order.CUSTODY, Order.CUSTODY_PSS})
VOLUNTARY = "voluntary"
FIRST = "COAI"  # the first appointment


@dataclass(frozen=True, slots=True)
class Part:
    """A requirement or a condition in force. `code`: its main code; `words`: how staff know it."""

    key: int
    words: str
    code: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """One current sentence, as far as it decides what may be enforced. The latest first in a list."""

    key: int
    words: str  # "ORA Community Order, event 1"
    order: str
    custody: str = ""
    requirements: tuple[Part, ...] = ()
    conditions: tuple[Part, ...] = ()

    @property
    def held(self):
        return self.custody in HELD

    @property
    def licensed(self):
        return self.order in IN_CUSTODY_FIRST and self.custody in ON_LICENCE


@dataclass(frozen=True, slots=True)
class Choice:
    """Something an appointment may enforce. `key`: "order-4", "requirement-7", "condition-2", "voluntary"."""

    key: str
    words: str
    enforces: Enforces
    sentence: int | None = None
    requirement: int | None = None
    condition: int | None = None


def choices(sentences):
    """Everything that an appointment of this person may enforce; that it is voluntary comes last."""
    many = len(sentences) > 1
    found = [choice for one in sentences for choice in _of(one, many)]
    return [*found, Choice(VOLUNTARY, Enforces.VOLUNTARY.title, Enforces.VOLUNTARY)]


def default(type_code, sentences, requirement=None):
    """The key of the choice that is made unless somebody says otherwise: never blank.

    A rehabilitation activity: its requirement. On licence: the condition to keep in touch, or the licence
    itself. Otherwise the order. Nobody who is held in custody, or has no sentence, must come to us.
    """
    if requirement:
        return f"requirement-{requirement}"
    if type_code == RAR_DAY:
        for one in sentences:
            for part in one.requirements:
                if part.code == RAR:
                    return f"requirement-{part.key}"
    first = ruling(sentences)
    if first is None:
        return VOLUNTARY
    touch = next((part for part in first.conditions if _keeps_in_touch(part)), None)
    return f"condition-{touch.key}" if first.licensed and touch else f"order-{first.key}"


def default_after_release(sentences):
    """The key of the choice for a first appointment booked while they are still held: their licence, once they are out."""
    held = [one for one in sentences if one.held and one.order in IN_CUSTODY_FIRST]
    if not held:
        return default(FIRST, sentences)
    touch = next((part for part in held[0].conditions if _keeps_in_touch(part)), None)
    return f"condition-{touch.key}" if touch else f"order-{held[0].key}"


def ruling(sentences):
    """The sentence by which they must come to us: a licence before the rest, the latest first; None if none."""
    bound = [one for one in sentences if not one.held]
    return next((one for one in bound if one.licensed), bound[0] if bound else None)


def chosen(key, sentences):
    """The choice by this key. Refuses what is not of the person's current sentences."""
    found = next((one for one in choices(sentences) if one.key == key), None)
    if found is None:
        raise RuleBroken(
            "That is not a requirement or condition of a current sentence of this person. Choose again."
        )
    return found


def unusual(type_code, key, sentences):
    """What is odd about naming this for that type, in a sentence; blank where nothing is."""
    usual = default(type_code, sentences)
    if type_code == RAR_DAY and usual.startswith("requirement-") and key != usual:
        named = next(one.words for one in choices(sentences) if one.key == usual)
        return f"A day of activity is credited only under its requirement, and this names another. {named}."
    return ""


def key_of(enforces, *, sentence=None, requirement=None, condition=None):
    """The key of what was chosen, by the parts it is kept as. `sentence` may be left to `ruling`."""
    match Enforces(enforces):
        case Enforces.REQUIREMENT:
            return f"requirement-{requirement}"
        case Enforces.CONDITION:
            return f"condition-{condition}"
        case Enforces.ORDER:
            return f"order-{sentence}"
    return VOLUNTARY


def _of(one, many):
    of = f" ({one.words})" if many else ""
    kind = "licence" if one.order in IN_CUSTODY_FIRST else "order"
    yield Choice(
        f"order-{one.key}",
        f"The duty to keep in touch, under the {kind}{of}",
        Enforces.ORDER,
        sentence=one.key,
    )
    for part in one.requirements:
        yield Choice(
            f"requirement-{part.key}",
            f"Requirement: {part.words}{of}",
            Enforces.REQUIREMENT,
            sentence=one.key,
            requirement=part.key,
        )
    for part in one.conditions:
        yield Choice(
            f"condition-{part.key}",
            f"Condition: {part.words}{of}",
            Enforces.CONDITION,
            sentence=one.key,
            condition=part.key,
        )


def _keeps_in_touch(part):
    said = f"{part.words} {part.text}".lower()
    return any(words in said for words in KEEP_IN_TOUCH)
