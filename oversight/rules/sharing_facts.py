"""Sharing out many cases at once: what is asked, what an answer holds, and what each pair of case and officer counts.

Sources: features 123 (reallocation in bulk when somebody leaves) and 120; the weights are local policy. What counts against
a pair is what an allocation of that case to that officer alone would warn of, so that the two can never disagree.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, auto
from fractions import Fraction

from cases.rules.gaps import Found, Weight, gates, warnings
from cases.rules.words import listed
from oversight.reference.sharing import DEMANDED, Demand
from oversight.rules.comparing import KEPT_APART, findings
from oversight.rules.comparing_facts import Asked, CaseFacts, Officer
from oversight.rules.figures import half_up
from oversight.rules.policy import WorkloadPolicy
from staff.errors import RuleBroken

SAFETY, WISH, SUPPORT, CONTINUITY = "safety", "wish", "support", "continuity"
COUNTS_AS = {  # what each warning is, as far as sharing out weighs it
    "training:domestic_abuse": SAFETY,
    "training:child": SAFETY,
    "not-by:woman": SAFETY,
    "not-by:man": SAFETY,
    "apart": SAFETY,
    "wish": WISH,
    "complained": WISH,
    "grade:group": SUPPORT,
    "induction": SUPPORT,
    "away": SUPPORT,
    "leaving": SUPPORT,
    "held-before": CONTINUITY,
}
# How full somebody is depends on all that is given to them: the ceiling and the even share see to it
NOT_OF_A_PAIR = frozenset({"capacity", "excessive"})
TRAVEL = "travel"  # counted by the minute beyond what is near enough
TOGETHER = "together"  # of two of these cases and one officer: it hangs on where both go


@dataclass(frozen=True, slots=True)
class ToShare:
    """Cases to be shared out among officers, whose `points` are those of what they keep besides.

    `locked`: {case: officer} that a senior has settled; it stays, or the answer says that it cannot.
    `today`: the day on which they would get them. Whoever is on leave that day gets none.
    `demands`: what is asked never to be weighed, of all cases but those that are settled.
    `apart`: pairs of these cases who must be kept apart. Whom else an officer holds is told of each case.
    """

    cases: tuple[CaseFacts, ...]
    officers: tuple[Officer, ...]
    today: date
    locked: Mapping[int, int] = field(default_factory=dict)
    demands: frozenset[Demand] = frozenset()
    apart: frozenset[tuple[int, int]] = frozenset()


class Status(StrEnum):
    BEST = auto()  # nothing better is possible
    GOOD = auto()  # every demand is met; the gap says how much better it might be
    CANNOT = auto()  # no answer meets every demand
    NOT_FOUND = auto()  # the ceiling was demanded, and the time was up before any answer kept to it


@dataclass(frozen=True, slots=True)
class Given:
    """One case, whom it is proposed for, why in sentences, and what an allocation would warn of."""

    case: int
    officer: int
    locked: bool
    why: tuple[str, ...]
    warned: tuple[Found, ...]
    speaks: tuple[str, ...] = ()  # of `why`, what speaks for this officer: what the record is told


@dataclass(frozen=True, slots=True)
class Proposal:
    """`counts` and `at_least` are in points of uneven load: what the answer comes to, and what any would."""

    status: Status
    given: tuple[Given, ...] = ()
    counts: int | None = None
    at_least: int | None = None
    in_the_way: tuple[str, ...] = ()  # why there is no answer, or what goes beyond the ceiling
    working: tuple[str, ...] = ()
    by_the_clock: bool = False  # time ran out by the clock: another run may propose otherwise

    @property
    def gap(self) -> Fraction | None:
        """By what share of itself the answer might be better: 0 where it is the best."""
        if self.counts is None or self.at_least is None:
            return None
        return Fraction(self.counts - self.at_least, self.counts) if self.counts else Fraction(0)


@dataclass(frozen=True, slots=True)
class Pair:
    """What giving one case to one officer is: refused, or what it counts against the answer, part by part."""

    case: CaseFacts
    officer: Officer
    found: tuple[Found, ...]
    parts: tuple[tuple[str, int], ...]  # (key of what was found, what it counts)

    @property
    def refused(self) -> bool:
        return bool(gates(self.found))

    @property
    def counts(self) -> int:
        return sum(number for _, number in self.parts)

    @property
    def warned(self) -> tuple[Found, ...]:
        return tuple(one for one in warnings(self.found) if one.key not in NOT_OF_A_PAIR)


def demanded(pair: Pair, demands: Iterable[Demand]) -> tuple[Found, ...]:
    """What of this pair somebody asked never to be weighed against anything."""
    keys = {key for demand in demands for key in DEMANDED[demand]}
    return tuple(one for one in warnings(pair.found) if one.key in keys)


def pairs_of(
    asked: ToShare, policy: WorkloadPolicy, only: Container[int] | None = None
) -> dict[tuple[int, int], Pair]:
    """{(case, officer): what it is} of each case with each officer, in the order of their keys. `only`: of these cases."""
    team = {one.key: one for one in asked.officers}
    weights = {
        SAFETY: policy.weight_safety,
        WISH: policy.weight_wish,
        SUPPORT: policy.weight_support,
        CONTINUITY: policy.weight_continuity,
    }
    found = {}
    for case in sorted(asked.cases, key=lambda one: one.key):
        if only is not None and case.key not in only:
            continue
        for key in sorted(team):
            one = findings(Asked(case, team[key], team, policy, asked.today))
            found[case.key, key] = _pair(case, team[key], one, weights, policy)
    return found


def _pair(case, officer, found, weights, policy):
    parts = []
    for one in warnings(found):
        if one.key in COUNTS_AS:
            parts.append((one.key, weights[COUNTS_AS[one.key]]))
        elif one.key == TRAVEL:
            beyond = officer.minutes[case.key] - policy.travel_minutes
            parts.append((one.key, beyond * policy.weight_travel_minute))
    return Pair(case, officer, found, tuple(parts))


def room_of(officer: Officer, policy: WorkloadPolicy) -> int:
    """Points that may be added to what they hold, up to the ceiling; none where they are over it."""
    return max(0, officer.available * policy.ceiling_percent // 100 - officer.points)


def rooms_of(asked: ToShare, policy: WorkloadPolicy) -> dict[int, int]:
    """{officer: points of these cases that they may have}: up to the ceiling, or as many as they hold of them now."""
    holds = {one.key: 0 for one in asked.officers}
    for case in asked.cases:
        if case.holder is not None and case.holder in holds:
            holds[case.holder] += case.points
    return {one.key: max(room_of(one, policy), holds[one.key]) for one in asked.officers}


def beyond_rooms(
    asked: ToShare, policy: WorkloadPolicy, chosen: Mapping[int, int]
) -> dict[int, int]:
    """{officer: points beyond what they may have}, of those who would get so many. `chosen`: {case: officer}."""
    points = {one.key: one.points for one in asked.cases}
    gets = dict.fromkeys((one.key for one in asked.officers), 0)
    for case, officer in chosen.items():
        gets[officer] += points[case]
    rooms = rooms_of(asked, policy)
    return {key: gets[key] - room for key, room in sorted(rooms.items()) if gets[key] > room}


def is_here(officer: Officer, today: date) -> bool:
    return officer.away_until(today) is None


def even_shares(asked: ToShare) -> dict[int, int]:
    """{officer: points they would hold if all were as full as each other}, of those who are here and have hours."""
    here = [one for one in asked.officers if is_here(one, asked.today) and one.available > 0]
    keep = {one.key for one in asked.officers} - {one.key for one in here}  # what they hold
    cases = sum(one.points for one in asked.cases if one.holder not in keep)
    total = sum(one.points for one in here) + cases
    room = sum(one.available for one in here)
    return {one.key: half_up(Fraction(total * one.available, room)) for one in here}


def uneven_points(asked: ToShare, chosen: Mapping[int, int]) -> int:
    """By how many points, all together, officers would be above or below an even share. `chosen`: {case: officer}."""
    points = {one.key: one.points for one in asked.cases}
    loads = {one.key: one.points for one in asked.officers}
    for case, officer in chosen.items():
        loads[officer] += points[case]
    return sum(abs(loads[key] - share) for key, share in even_shares(asked).items())


def kept_together(asked: ToShare, chosen: Mapping[int, int]) -> list[tuple[int, int]]:
    """Who must be kept apart and would have one officer. `chosen`: {case: officer}."""
    return sorted(
        (one, other)
        for one, other in asked.apart
        if one in chosen and other in chosen and chosen[one] == chosen[other]
    )


def together(officer: Officer) -> Found:
    """What is warned of where an officer would hold two people who must be kept apart."""
    return Found(
        TOGETHER,
        Weight.WARNING,
        f"{officer.name} would hold this person and somebody from whom they must be kept apart. Say how they are never seen on one day.",
        KEPT_APART,
    )


def counts_of(asked: ToShare, pairs, policy: WorkloadPolicy, chosen: Mapping[int, int]) -> int:
    """What an answer comes to: what each pair counts, who would meet, and how uneven the loads are."""
    of_pairs = sum(pairs[case, officer].counts for case, officer in chosen.items())
    meet = policy.weight_safety * len(kept_together(asked, chosen))
    return of_pairs + meet + policy.weight_uneven_point * uneven_points(asked, chosen)


def in_words(policy: WorkloadPolicy) -> tuple[str, ...]:
    """What is demanded, and what is weighed against what."""
    return (
        f"Each case goes to exactly one officer who is here and may hold it, and nobody beyond {policy.ceiling_percent}% of "
        "what they have room for, or beyond what they hold now where that is more. Where that cannot be, as few points as "
        "possible go beyond it and it is said with whom; where it was demanded, nothing is proposed. Whoever is away keeps "
        "what they hold and gets nothing. What a senior has settled stays.",
        "Of all such answers the one that counts least is proposed. It counts, in points of uneven load:",
        f"{policy.weight_safety} for a case with somebody untrained for it, by whom they must not be supervised, or who holds or gets somebody they must be kept apart from;",
        f"{policy.weight_wish} for a wish that is not met: a woman’s for a woman, or somebody’s for another officer;",
        f"{policy.weight_support} for a grade below what the case asks for, an induction without support, leave or a leaving;",
        f"{policy.weight_continuity} for a case that does not go back to whoever held it last;",
        f"{policy.weight_travel_minute} for each minute each way beyond {policy.travel_minutes};",
        f"{policy.weight_uneven_point} for each point by which somebody is above or below an even share.",
    )


def check_asked(asked: ToShare) -> None:
    """Refuse what is no question: the same twice, nobody to share among, or something settled that is not asked about."""
    for what, keys in (
        ("case", [one.key for one in asked.cases]),
        ("officer", [one.key for one in asked.officers]),
    ):
        if len(set(keys)) < len(keys):
            raise RuleBroken(f"The same {what} is in the list twice.")
    if not asked.cases:
        raise RuleBroken("Choose at least one case to share out.")
    if not asked.officers:
        raise RuleBroken("Choose at least one officer to share the cases out among.")
    strange = sorted(set(asked.locked) - {one.key for one in asked.cases})
    unknown = sorted(set(asked.locked.values()) - {one.key for one in asked.officers})
    if strange or unknown:
        names = listed(map(str, (*strange, *unknown)))
        raise RuleBroken(
            f"Something is settled that is not among these cases and officers: {names}."
        )


def names_of(officers: Iterable[Officer]) -> str:
    return listed(sorted(one.name for one in officers))
