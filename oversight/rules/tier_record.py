"""The facts of a national tier from what is recorded of a case, and what of them nobody has recorded.

Source: risk flags reference 1.1 and 1.2. The national service reads nDelius and OASys alone; where an assessment was
signed here, it counts as the completed assessment it is: its items and cut-offs are those of OASys. Of sentences nDelius
tells a code that is not kept; which are custodial is read from the order. Custody for a fine that was not paid is nobody's
to supervise, and is not told apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from cases.reference.codes import Order, Rosh
from cases.rules.words import counted
from oversight.reference.tiers import (
    ASSESSMENT_WEEKS,
    ENFORCEMENT_YEARS,
)
from oversight.rules.policy import WorkloadPolicy
from oversight.rules.tier_facts import (
    Assessment,
    Facts,
    Registered,
    Requirement,
    Scored,
    Sentence,
)
from oversight.rules.tier_told import Completed, OfWomen
from oversight.rules.tiers import Tier, has_mandate, tier_of
from staff.rules.dates import say_date

OASYS = "OASys"
CUSTODIAL = "SC"
CUSTODIAL_ORDERS = frozenset({Order.CUSTODY, Order.CUSTODY_PSS})
ENFORCED = "A breach or recall counts for her by its outcome in nDelius alone."


@dataclass(frozen=True, slots=True)
class OnRegister:
    """A current entry. `raised`: here, and not yet assessed in full, so that nDelius does not know of it."""

    code: str
    on: date | None
    level: str = ""
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """A score that somebody else computed, in per cent."""

    percent: Decimal
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is recorded of one case. `sentences`: current ones, each as (order, ((main code, restrictive), ...))."""

    female: bool = False
    registers: tuple[OnRegister, ...] = ()
    sentences: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...] = ()
    ogrs3: tuple[Known, ...] = ()
    rsr: tuple[Known, ...] = ()
    assessments: tuple[Completed, ...] = ()
    enforcement: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class CaseTier:
    """The tier of a case by the record, and what it would turn on that is not recorded, in sentences."""

    tier: Tier
    not_known: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.tier.code


def tier_by_record(recorded: Recorded, policy: WorkloadPolicy, today: date) -> CaseTier:
    assessment = counting(recorded.assessments, today)
    facts = facts_of(recorded, assessment)
    tier = tier_of(facts, policy)
    return CaseTier(tier, (*tier.marks, *_not_known(recorded, assessment, facts, today)))


def facts_of(recorded: Recorded, assessment: Completed | None) -> Facts:
    rsr = latest(recorded.rsr)
    return Facts(
        rsr=rsr.percent if rsr else None,
        registers=tuple(
            Registered(one.code, one.on, one.level) for one in recorded.registers if not one.raised
        ),
        sentences=tuple(_sentence(*one) for one in recorded.sentences),
        assessment=_answers(assessment) if assessment else None,
        ogrs=tuple(Scored(int(one.percent), one.on, one.source == OASYS) for one in recorded.ogrs3),
        female=recorded.female,
        enforcement=recorded.enforcement,
    )


def _answers(one):
    return Assessment(
        one.needs or {},
        san=one.san,
        parenting=bool(one.women.parenting),
        impulsivity=one.women.impulsivity or 0,
        temper=one.women.temper or 0,
    )


def latest(scores: Iterable[Known]) -> Known | None:
    """The later; on one day that of OASys."""
    return max(scores, key=lambda one: (one.on, one.source == OASYS, one.percent), default=None)


def counting(assessments: Iterable[Completed], today: date) -> Completed | None:
    """The latest that is not too old to count; on one day that of OASys, which the national service reads."""
    first = today - timedelta(weeks=ASSESSMENT_WEEKS)
    found = [one for one in assessments if first <= one.on <= today]
    return max(found, key=lambda one: (one.on, one.source == OASYS), default=None)


def enforcement_since(today: date) -> date:
    """The first day on which a sentence may have ended for what was done under it to count still."""
    year = today.year - ENFORCEMENT_YEARS
    if (today.month, today.day) == (2, 29):
        return date(year, 2, 28)
    return today.replace(year=year)


def _sentence(order, requirements):
    return Sentence(
        CUSTODIAL if order in CUSTODIAL_ORDERS else "",
        tuple(Requirement(code, restrictive) for code, restrictive in requirements),
    )


def _not_known(recorded, assessment, facts, today):
    """What the tier would turn on and is not recorded. RSR and risk of serious harm are marks of the tier itself."""
    yield from _raised(recorded)
    yield from _harm(recorded, assessment)
    if recorded.female:
        yield from _of_women(assessment)
    if not has_mandate(facts.sentences):
        return
    if assessment is None:
        yield from _too_old(recorded, today)
        return
    if assessment.needs is None:
        yield (
            f"The OASys assessment of {say_date(assessment.on)} came without the sums of its sections, so no need counts. "
            "The change level may be too low."
        )
    if not facts.ogrs:
        yield (
            "No OGRS3 has come from nDelius or OASys, which counts as nought here, also where the GRID works one out. "
            "The change level may be too low."
        )


def _raised(recorded):
    number = sum(one.raised for one in recorded.registers)
    if number:
        said = counted(number, "entry that was", "entries that were")
        yield f"{said} raised here and not yet assessed in full: not counted, as nDelius does not have it."


def _of_women(assessment):
    known = assessment.women if assessment else OfWomen()
    if known.not_told:
        more = counted(known.could_add, "point")
        yield (
            f"Whether she is {_either(known.not_told)} is not recorded here, and counts as no. It could be {more} more to "
            "protect."
        )
    yield ENFORCED


def _either(words):
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def _harm(recorded, assessment):
    """Where what was assessed and what is registered are not the same level."""
    if assessment is None or not assessment.harm:
        return
    levels = {one.code for one in recorded.registers if one.code in set(Rosh) and not one.raised}
    if assessment.harm not in levels:
        yield (
            f"The assessment of {say_date(assessment.on)} says {Rosh(assessment.harm).title.lower()} risk of serious harm. "
            "The national tier reads the register alone, which does not."
        )


def _too_old(recorded, today):
    before = max((one.on for one in recorded.assessments if one.on <= today), default=None)
    if before:
        yield (
            f"The last assessment was completed on {say_date(before)}, more than {ASSESSMENT_WEEKS} weeks ago, and counts "
            "no longer."
        )
