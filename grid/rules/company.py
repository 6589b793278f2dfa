"""With whom somebody may be in a group: what stands beside it, asked in the same way when series are offered and when one is joined.

Sources: product rules, groups (non-associations blocked, women-only first-class); report 2.4 (attacked by somebody they were to be
kept apart from). Whoever they are kept apart from is never named, nor where in the series they are: the officer of either may look
at what is recorded.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cases.reference.codes import Sex
from cases.rules.booking import FEMALE_IDENTITY, Beside, Weight, may_use
from grid.rules.groups_open import OpenSeries


@dataclass(frozen=True, slots=True)
class Company:
    """Who somebody is, as far as it bears on whom they are with. Nothing is guessed: what nobody recorded is left as it is."""

    sex: str = Sex.UNKNOWN
    gender_identity: str = ""
    women_only: bool = False  # she chose groups of women alone
    # Cases they are to be kept apart from, whoever asked for it
    apart: frozenset[int] = frozenset()

    @property
    def woman(self) -> bool:
        """By sex or by her own account."""
        return self.sex == Sex.FEMALE or self.gender_identity in FEMALE_IDENTITY


def beside_company(case: int, company: Company, series: OpenSeries) -> Iterator[Beside]:
    """What stands beside their being in it: first who comes to it, then whoever they are kept apart from."""
    yield from _women(case, company, series)
    if company.apart & series.there:
        yield Beside(
            "apart",
            "Somebody they are to be kept apart from is connected with this series. Choose another.",
            Weight.REFUSES,
        )


def _women(case, company, series):
    allowed = may_use(company, series)
    if allowed is False:
        yield Beside("women_only", "This series is for women alone. Choose another.", Weight.REFUSES)  # fmt: skip
    elif allowed is None:
        yield Beside(
            "women_only_unsure",
            "This series is for women alone. Ask whether it is the right one for them.",
        )
    if company.women_only and not series.women_only:
        yield Beside(
            "chose_women_only",
            "Men come to this series, and she chose groups of women alone.",
            Weight.REFUSES,
        )
        return
    woman = company.woman or case in series.women
    if woman and not series.women_only and not series.women - {case}:
        yield Beside(
            "only_woman", "She would be the only woman in this series. Ask her before she joins."
        )
