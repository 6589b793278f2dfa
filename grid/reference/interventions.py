"""What there is to change what leads to offending: the interventions of the report, and each one's form one to one.

Source: HMIP Thames Valley CRC 2018, Annex 3 (the twelve names, in three families), 1.3 and the glossary (what some of them
are). What none of them says (for whom, how long, by whom, at what price) is the provider's policy on interventions, dated
and set by a head: `grid.rules.intervention_policy`. One-to-one forms are local policy: report 2.3, where nobody was told
what to do while a group could not be had. Retold in `interventions.csv`; codes are only added to.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from cases.reference.codes import Titled


class Family(Titled):
    ACCREDITED = "accredited", "Accredited programmes"
    OTHER = "other", "Other interventions"
    WOMEN = "women", "For women"
    ONE_TO_ONE = "one_to_one", "One to one, where no group fits"


class Hook(Titled):
    """By what somebody may be required, or asked, to come. In the order in which one is looked for."""

    PROGRAMME = "programme", "Programme requirement of the order"
    RAR = "rar", "Rehabilitation activity requirement"
    LICENCE = "licence", "Licence condition"
    PSS = "pss", "Post-sentence supervision requirement"
    VOLUNTARY = "voluntary", "By their own choice"


@dataclass(frozen=True, slots=True)
class Intervention:
    """One that is in the catalogue. Whether it runs, and for whom, is policy."""

    code: str
    title: str
    family: Family
    equal_to: (
        str  # code of the group intervention whose content this has one to one; blank: of none
    )
    what: str  # for anybody: a sentence or two
    source: str

    @property
    def one_to_one(self) -> bool:
        return self.family is Family.ONE_TO_ONE


def _read(path: Path) -> dict[str, Intervention]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: _one(row) for row in csv.DictReader(file)}


def _one(row: dict[str, str]) -> Intervention:
    code, title, equal_to, what, source = (
        row[name] for name in ("code", "title", "equal_to", "what", "source")
    )
    return Intervention(code, title, Family(row["family"]), equal_to, what, source)


INTERVENTIONS = _read(Path(__file__).with_suffix(".csv"))
