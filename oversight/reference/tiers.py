"""The national tiers in force from 2020 to 2026 ("v2"): protect level A to D and change level 0 to 3, and what they turn on.

Source: ministryofjustice/hmpps-tier at affac98 (`ProtectLevelCalculator.kt`, `AdditionalFactorsForWomen.kt`,
`ChangeLevelCalculator.kt`, `MandateForChange.kt`, `NeedSection.kt`), retold in risk flags reference 1.1 and 1.2. Sure of
every figure: each was read in that code. Lists: `tier_needs.csv` (weights and thresholds of the sections of OASys;
"san": of assessments of strengths and needs), `tier_complexity.csv`, `tier_enforcement.csv`.
"""

from dataclasses import dataclass
from decimal import Decimal

from cases.reference.codes import MappaLevel, Rosh, Titled
from oversight.reference.tables import rows


class Protect(Titled):
    """How much there is to protect others from. A is the most."""

    A = "A", "Protect level A"
    B = "B", "Protect level B"
    C = "C", "Protect level C"
    D = "D", "Protect level D"


class Change(Titled):
    """How much there is to change. 3 is the most; 0 where nothing gives a mandate for it."""

    THREE = "3", "Change level 3"
    TWO = "2", "Change level 2"
    ONE = "1", "Change level 1"
    ZERO = "0", "Change level 0"


UNSUPERVISED = "S"  # at the end of a tier: nobody supervises this case any longer
TWO_THIRDS = "PRC"  # the register of the unsupervised third
PROTECT_FROM = ((Protect.A, 150), (Protect.B, 20), (Protect.C, 10), (Protect.D, 0))  # points
CHANGE_FROM = ((Change.THREE, 20), (Change.TWO, 10), (Change.ONE, 0))
RSR_RANGES = (  # per cent, both ends included, and the points of whatever lies between
    (Decimal("7.00"), Decimal("99.99"), 20),
    (Decimal("3.00"), Decimal("6.99"), 10),
)
ROSH_POINTS = {Rosh.VERY_HIGH: 150, Rosh.HIGH: 20, Rosh.MEDIUM: 10, Rosh.LOW: 0}
MAPPA_POINTS = {MappaLevel.THREE: 150, MappaLevel.TWO: 150, MappaLevel.ONE: 5}
EACH_COMPLEXITY = EACH_WOMANS_FACTOR = IOM_POINTS = 2
TEN = 10  # each whole ten per cent of OGRS3 is a point
CUSTODIAL = frozenset({"NC", "SC"})  # sentence types
UNPAID_WORK = frozenset({"W", "W1"})  # main categories of requirements that give no mandate
ASSESSMENT_WEEKS = 55  # for which a completed assessment counts (`AssessmentApiService.kt` at 01cbd20; later code leaves it to the service of assessments)
ENFORCEMENT_YEARS = 1  # after a sentence has ended, within which a breach or recall under it counts (`AdditionalFactorsForWomen.kt` at 0523276)
MOST_CHANGE = 32  # 20 of needs, 10 of OGRS3 and 2 of integrated offender management


@dataclass(frozen=True, slots=True)
class Thresholds:
    standard: int  # the score of the section from which the need is one
    severe: int


@dataclass(frozen=True, slots=True)
class Need:
    """A section of OASys that counts. Finance and emotional well-being weigh nothing, and are left out."""

    code: str
    name: str
    weight: int
    thresholds: Thresholds
    san: Thresholds


NEEDS = {
    row["code"]: Need(
        row["code"],
        row["name"],
        int(row["weight"]),
        Thresholds(int(row["standard_from"]), int(row["severe_from"])),
        Thresholds(int(row["san_standard_from"]), int(row["san_severe_from"])),
    )
    for row in rows("tier_needs")
}
COMPLEXITY = {row["code"]: row["name"] for row in rows("tier_complexity")}
ENFORCEMENT = frozenset(row["code"] for row in rows("tier_enforcement"))  # outcomes that count


class RsrGap(Titled):
    """What an RSR between two ranges comes to. The ranges leave 6.99 to 7.00 out: that this was meant is an inference."""

    AS_WRITTEN = "as_written", "No points, as the ranges are written"
    AS_BELOW = "as_below", "The points of the range below"
    AS_ABOVE = "as_above", "The points of the range above"


class SameDay(Titled):
    """Which of several levels registered on one day counts. The national service says nothing of it."""

    HIGHEST = "highest", "The highest"
    LOWEST = "lowest", "The lowest"
