"""What is known of somebody that an intervention turns on, each thing with what says so.

Plain values: what gathers them is `grid.queries.suitability`. Nothing is guessed: what nobody recorded is None, which is
neither yes nor no.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from cases.reference.codes import Rosh, Sex, Titled
from cases.reference.needs import NeedArea
from cases.rules.needs import Need
from grid.reference.interventions import Hook

T = TypeVar("T")


class Met(Titled):
    """What comes of looking at a criterion."""

    MET = "met", "Met"
    NOT_MET = "not_met", "Not met"
    NOT_KNOWN = "not_known", "Not known"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What says so: "OGRS3 of 3 August 2018", "Register: domestic abuse perpetrator"."""

    words: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Known(Generic[T]):
    """A fact, or None where nobody recorded it, with what says so or what was looked for."""

    value: T | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Attached:
    """Something of a sentence by which somebody can be required, or asked, to come."""

    hook: Hook
    words: str  # "Rehabilitation activity requirement, 20 days, 14 left"
    until: date | None  # the last day of it; None: not known
    days_left: int | None = None  # of a RAR; None: not counted or not known
    ordered: str = (
        ""  # code of the accredited programme that the court ordered; blank: none is named
    )
    begun_on: date | None = None  # of a programme under way; None: it is still to begin
    to_book: int | None = None  # of the days left of a RAR, those for which nothing is booked yet


@dataclass(frozen=True, slots=True)
class Person:
    """Of one case."""

    today: date
    sex: Sex
    likelihood: Known[Decimal]  # OGRS3, two years, per cent
    harm: Known[Rosh]
    needs: Mapping[NeedArea, Known[Need]]
    partner_violence: Known[bool]
    violence: Known[bool]
    attached: tuple[Attached, ...] = ()
    held: bool = False  # in custody now
    escalated: bool = False  # at the NPS's threshold, or theirs: the GRID does not place them
    planned: frozenset[str] = field(default_factory=frozenset)  # codes of what is planned or done
