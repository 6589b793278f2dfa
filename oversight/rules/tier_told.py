"""What a completed assessment tells a national tier: sums of its sections, and what counts for women alone.

Source: risk flags reference 1.1 and 1.2; the published shapes of OASys documents. The items and cut-offs of an assessment
signed here are those of OASys, but it asks nothing of what counts for women alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.reference.needs import ITEMS, WEIGHTED, NeedArea, Score
from cases.reference.questions import of_area
from oversight.reference.tiers import EACH_WOMANS_FACTOR, NEEDS

SCORED = frozenset({Score.NONE, Score.SOME, Score.SERIOUS})
PROBLEM = {"NO": 0, "SOME": 1, "SIGNIFICANT": 2}
YES, NO = frozenset({"YES", "Y"}), frozenset({"NO", "N"})


@dataclass(frozen=True, slots=True)
class OfWomen:
    """What counts for women alone; None: it is not told. Our own assessment asks none of it."""

    parenting: bool | None = None  # 6.9 of OASys
    impulsivity: int | None = None  # 11.2
    temper: int | None = None  # 11.4

    @property
    def not_told(self) -> tuple[str, ...]:
        """What of it could still add points."""
        found = []
        if self.parenting is None:
            found.append("responsible for children (OASys 6.9)")
        if not (self.impulsivity or self.temper):
            if self.impulsivity is None:
                found.append("impulsive (11.2)")
            if self.temper is None:
                found.append("unable to control her temper (11.4)")
        return tuple(found)

    @property
    def could_add(self) -> int:
        control = bool(self.impulsivity or self.temper)
        open_still = not control and None in (self.impulsivity, self.temper)
        return EACH_WOMANS_FACTOR * ((self.parenting is None) + open_still)


@dataclass(frozen=True, slots=True)
class Completed:
    """A completed assessment. `needs` is None where what came of it holds no sums of its sections."""

    on: date
    source: str  # "OASys", or "here"
    needs: Mapping[str, int | None] | None
    san: bool = False
    harm: str = ""
    women: OfWomen = OfWomen()


def needs_answered(answers: Mapping[str, Any]) -> dict[str, int | None]:
    """The sum of each section of an assessment signed here; None where none of its items is scored."""
    return {code: _sum(answers, NeedArea(code)) for code in NEEDS}


def needs_weighted(sums: Any) -> dict[str, int | None] | None:
    """The same from the sums of an OASys document; None where it holds none."""
    if not isinstance(sums, Mapping):
        return None
    return {area.value: _whole(sums.get(key)) for area, key in WEIGHTED.items()}


def women_answered(parenting: Any, impulsivity: Any, temper: Any) -> OfWomen:
    """As an OASys document tells it: "Yes", "2-Significant problems" or "SOME_PROBLEMS"; whatever else is not told."""
    said = parenting.strip().upper() if isinstance(parenting, str) else ""
    told = True if said in YES else False if said in NO else None
    return OfWomen(told, _problem(impulsivity), _problem(temper))


def _problem(value):
    if not isinstance(value, str):
        return _whole(value) if value in (0, 1, 2) else None
    words = value.strip().upper()
    number, _, _ = words.partition("-")
    if number in {"0", "1", "2"}:
        return int(number)
    return PROBLEM.get(words.replace("_", " ").partition(" ")[0])


def _sum(answers, area):
    scores = [answers.get(of_area(area, code)) for code, _ in ITEMS[area]]
    found = [int(one) for one in scores if one in SCORED]
    return sum(found) if found else None


def _whole(value):
    return value if isinstance(value, int) and not isinstance(value, bool) else None
