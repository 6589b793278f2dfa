"""What is warned of in a proposal as a whole, kind by kind, the sentence that clears each, and what the record is told.

Source: product rules, gates (a warning is cleared by one honest sentence); a reason is given once and kept with each case.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cases.rules.interim import says_nothing
from cases.rules.words import counted, ended
from staff.errors import RuleBroken

OF_OFFICERS = {  # what is warned of officers and not of one case
    "capacity": "Nobody is given more than they have room for",
    "excessive": "Nothing more for somebody whose workload is excessive",
}


@dataclass(frozen=True, slots=True)
class Warned:
    """One kind of warning. `crns`: the cases it is of; none where it is of officers, and `sentence` says which."""

    key: str
    rule: str
    crns: tuple[str, ...] = ()
    sentence: str = ""

    @property
    def words(self) -> str:
        return self.sentence or f"{self.rule}: not so in {counted(len(self.crns), 'case')}."

    @classmethod
    def gathered(
        cls, pairs: Iterable[tuple[str, Mapping[str, str]]], whole: Mapping[str, str]
    ) -> list["Warned"]:
        """`pairs`: (CRN, warning as a move keeps it); `whole`: {key: sentence} of officers."""
        crns: dict[tuple[str, str], list[str]] = {}
        for crn, row in pairs:
            crns.setdefault((row["key"], row["rule"]), []).append(crn)
        of_cases = [
            cls(key, rule, tuple(sorted(those))) for (key, rule), those in sorted(crns.items())
        ]
        return of_cases + [
            cls(key, OF_OFFICERS[key], sentence=words) for key, words in whole.items()
        ]


def check_said(kinds: Iterable[Warned], said: Mapping[str, str]) -> dict[str, str]:
    """Refuse a kind of warning that no sentence clears. Gives the sentences that count, by key."""
    kinds = list(kinds)
    unsaid = [one for one in kinds if says_nothing(said.get(one.key, ""))]
    if unsaid:
        raise RuleBroken(
            f"Say in one sentence why it is right all the same: {' '.join(one.words for one in unsaid)}"
        )
    return {one.key: ended(said[one.key]) for one in kinds}


def in_the_record(why: Iterable[str], because: str, number: int) -> str:
    """Why this case goes to this officer, for its log or for whoever is offered it. `number`: of cases that move.

    What was said to a warning is kept beside the warning, and not here a second time.
    """
    together = "Shared out by what each officer has room for"
    others = f", together with {counted(number - 1, 'other case')}" if number > 1 else ""
    return " ".join(filter(None, [f"{together}{others}.", *why, because]))
