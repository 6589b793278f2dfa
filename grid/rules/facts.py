"""The facts that a placement in the GRID rests on, each with its date and where it came from.

Source: product rules, GRID. Plain values: what gathers them is `grid.queries.facts`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.reference.codes import CaseState, ContactLevel, Part, Rosh, Sex

OASYS = "OASys"  # the source that wins where two scores have one date


@dataclass(frozen=True, slots=True)
class Harm:
    """A level of risk of serious harm: an active register, or an assessment that is complete."""

    level: Rosh
    on: date | None
    source: str
    provisional: bool = False  # raised, and not yet assessed in full


@dataclass(frozen=True, slots=True)
class Registered:
    """A current entry on a register, with the part the person plays in it."""

    code: str
    name: str = ""
    part: Part = Part.NOT_RECORDED
    level: str = ""
    firearm: bool | None = None  # weapons only; None: not recorded
    on: date | None = None
    review_on: date | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """A score that somebody else computed, in per cent. `sentence` is None where it names none."""

    percent: Decimal
    on: date
    source: str
    sentence: int | None = None


@dataclass(frozen=True, slots=True)
class Sentenced:
    """The most recent active conviction, and what OGRS3 needs to know of it."""

    id: int
    name: str
    custodial: bool
    convicted_on: date | None = None
    referred_on: date | None = None
    started_on: date | None = None
    released_on: date | None = None
    offence_code: str = ""
    previous_sanctions: int | None = None
    age_at_first_sanction: int | None = None
    first_sanction_on: date | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """An officer's judgement that is in force."""

    id: int
    complex: bool
    made_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class Raised:
    """A contact level raised at once, until an assessment says what it should be."""

    level: ContactLevel
    on: date


@dataclass(frozen=True, slots=True)
class Facts:
    """All that `place` looks at. The order within a tuple means nothing."""

    state: CaseState
    retained_by: str = ""
    sex: Sex = Sex.UNKNOWN
    born_on: date | None = None
    nationalities: tuple[str, ...] = ()
    sentence: Sentenced | None = None
    harms: tuple[Harm, ...] = ()
    registers: tuple[Registered, ...] = ()
    ogrs3: tuple[Scored, ...] = ()
    rsr: tuple[Scored, ...] = ()
    judgement: Judged | None = None
    raised: Raised | None = None
