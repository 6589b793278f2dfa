"""What a national tier is worked out from: plain facts, as whoever reads the record supplies them.

Source: risk flags reference 1.1 and 1.2.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Registered:
    """An entry now on a register."""

    code: str
    on: date | None  # None: not recorded, and then before any that is
    level: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    main_category: str
    restrictive: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    type_code: str
    requirements: tuple[Requirement, ...] = ()
    terminated: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """A two-year OGRS3 percentage."""

    percent: int
    on: date
    oasys: bool = False  # from OASys, and not from an OGRS assessment


@dataclass(frozen=True, slots=True)
class Assessment:
    """A completed assessment. `needs`: the score of each section by its code; absent or None where none of it is answered."""

    needs: Mapping[str, int | None]
    san: bool = False  # of strengths and needs, which has thresholds of its own
    parenting: bool = False  # 6.9 answered yes
    impulsivity: int = 0  # 11.2
    temper: int = 0  # 11.4


@dataclass(frozen=True, slots=True)
class Facts:
    rsr: Decimal | None = None  # per cent, the dynamic score
    registers: tuple[Registered, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    assessment: Assessment | None = None
    ogrs: tuple[Scored, ...] = ()
    female: bool = False
    enforcement: frozenset[str] = frozenset()  # outcomes of what was done before, by code
