"""What a gate finds: one thing that stands before an act, in the words the refusal uses too.

Source: architecture, gates; product rules, gates (a gate refuses; a warning is seen and cleared by one
honest sentence).
"""

from dataclasses import dataclass
from enum import StrEnum, auto


class Weight(StrEnum):
    GATE = auto()  # refuses
    WARNING = auto()  # is cleared by one honest sentence
    COUNTERSIGN = auto()  # a senior signs as well


@dataclass(frozen=True, slots=True)
class Found:
    """One gap. `key` is the same while the gap is: an override and a warning's sentence name it.

    `question` is the code of what mends it; `check` the enquiry to see to instead, where that is it.
    `as_it_says`: what stands behind the key may become another thing, which its sentence then says, so
    that whoever let the one pass has not let the other.
    """

    key: str
    weight: Weight
    sentence: str
    rule: str  # the rule behind it, for staff
    question: str = ""
    check: int | None = None
    may_override: bool = True
    source: str = "local policy"
    as_it_says: bool = False

    @property
    def rule_and_source(self):
        return f"{self.rule} ({self.source})"


def gates(found):
    return [one for one in found if one.weight == Weight.GATE]


def warnings(found):
    return [one for one in found if one.weight == Weight.WARNING]


def countersigns(found):
    return [one for one in found if one.weight == Weight.COUNTERSIGN]
