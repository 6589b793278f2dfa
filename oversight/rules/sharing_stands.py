"""A proposal as a senior edits it: how full each officer is before and after, and what one case moved by hand comes to.

Source: features 123 (proposed, edited, then published); product rules, gates (a warning is cleared by one honest sentence).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cases.rules.gaps import Found, gates, warnings
from cases.rules.interim import says_nothing
from cases.rules.words import counted, ended, listed
from oversight.rules.comparing import findings
from oversight.rules.comparing_facts import Asked, CaseFacts, Officer
from oversight.rules.policy import WorkloadPolicy
from oversight.rules.sharing_facts import (
    NOT_OF_A_PAIR,
    TOGETHER,
    ToShare,
    even_shares,
    together,
)
from oversight.rules.workload import Capacity, capacity
from staff.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Stands:
    """One officer before and after. `share`: points that an even share would be; None where they get nothing."""

    officer: Officer
    before: Capacity
    after: Capacity
    cases_before: int
    cases_after: int
    gets: int  # cases
    gives: int
    share: int | None

    @property
    def moves(self) -> str:
        """In words: "gets 3 cases and gives 1 away"."""
        parts = []
        if self.gets:
            parts.append(f"gets {counted(self.gets, 'case')}")
        if self.gives:
            parts.append(f"gives {counted(self.gives, 'case')} away")
        return listed(parts) if parts else "no change"


@dataclass(frozen=True, slots=True)
class Choice:
    """One officer to whom a case might be moved by hand, with all else as it is proposed."""

    officer: Officer
    found: tuple[Found, ...]
    after: Capacity

    @property
    def refused(self) -> bool:
        return bool(gates(self.found))


def stands_of(asked: ToShare, chosen: Mapping[int, int]) -> list[Stands]:
    """Each officer, in the order in which they are asked about. `chosen`: {case: officer} of each case of `asked`."""
    shares = even_shares(asked)
    found = []
    for officer in asked.officers:
        had = {one.key: one.points for one in asked.cases if one.holder == officer.key}
        has = {one.key: one.points for one in asked.cases if chosen.get(one.key) == officer.key}
        gets, gives = has.keys() - had.keys(), had.keys() - has.keys()
        found.append(
            Stands(
                officer=officer,
                before=capacity(officer.points + sum(had.values()), officer.available),
                after=capacity(officer.points + sum(has.values()), officer.available),
                cases_before=officer.cases,
                cases_after=officer.cases + len(gets) - len(gives),
                gets=len(gets),
                gives=len(gives),
                share=shares.get(officer.key),
            )
        )
    return found


def loads_with(asked: ToShare, chosen: Mapping[int, int], but: int | None = None) -> dict[int, int]:
    """{officer: points they would hold}. `but`: a case that is left aside."""
    points = {one.key: one.points for one in asked.cases}
    loads = {one.key: one.points for one in asked.officers}
    for case, officer in chosen.items():
        if case != but:
            loads[officer] += points[case]
    return loads


def choices_for(
    case: CaseFacts,
    asked: ToShare,
    policy: WorkloadPolicy,
    chosen: Mapping[int, int],
    only: int | None = None,
) -> list[Choice]:
    """Each officer for this case, in the order in which they are asked about, all else as it is proposed. `only`: this one."""
    loads = loads_with(asked, chosen, but=case.key)
    team = {one.key: replace(one, points=loads[one.key]) for one in asked.officers}
    mates = {one for pair in asked.apart if case.key in pair for one in pair} - {case.key}
    meet = {chosen[one] for one in mates if one in chosen}
    return [
        Choice(
            officer,
            (
                *findings(Asked(case, officer, team, policy, asked.today)),
                *([together(officer)] if officer.key in meet else []),
            ),
            capacity(officer.points + case.points, officer.available),
        )
        for officer in team.values()
        if only in (None, officer.key)
    ]


def check_moved(choice: Choice, because: str, *, stays: bool) -> str:
    """Refuse what a case given alone would refuse, and a warning that no sentence clears. Gives the sentence, or blank.

    `stays`: with whoever holds it now, which gives nobody anything.
    """
    if stays:
        return "" if says_nothing(because) else ended(because)
    if shut := gates(choice.found):
        raise RuleBroken(" ".join(one.sentence for one in shut))
    unsaid = warnings(choice.found)
    if unsaid and says_nothing(because):
        raise RuleBroken(
            f"Say in one sentence why it is right all the same: {' '.join(one.sentence for one in unsaid)}"
        )
    return "" if says_nothing(because) else ended(because)


def of_a_pair(found: Iterable[Found]) -> list[Found]:
    """The warnings that are of this case and this officer, whatever else they hold."""
    return [one for one in warnings(tuple(found)) if one.key not in NOT_OF_A_PAIR | {TOGETHER}]


def of_officer(stands: Stands, policy: WorkloadPolicy) -> dict[str, str]:
    """{key: sentence} of what is warned of one officer with all that they get: too full, and for weeks."""
    officer, said = stands.officer, {}
    if stands.gets and stands.after.percent > policy.full_percent:
        said["capacity"] = (
            f"With all that they get {officer.name} would be at {stands.after.percent}% of what they have room for."
        )
    elif stands.gets and officer.available <= 0:
        said["capacity"] = (
            f"{officer.name} has no hours for cases now."
            if officer.grade
            else f"No grade of {officer.name} is recorded, so that nobody can tell what they have room for."
        )
    if stands.gets and officer.excess:
        said["excessive"] = f"{officer.name}: {officer.excess.sentence}"
    return said


def over_full(stands: Iterable[Stands], policy: WorkloadPolicy) -> dict[str, str]:
    """{key: sentences} of the same, of all officers who get any."""
    gathered: dict[str, list[str]] = {}
    for one in stands:
        for key, sentence in of_officer(one, policy).items():
            gathered.setdefault(key, []).append(sentence)
    return {key: " ".join(those) for key, those in gathered.items()}
