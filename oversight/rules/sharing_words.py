"""Why each case of a proposal goes where it goes, in sentences; and how full everybody would be.

Source: features 123; product rules, GRID (a decision shows its working).
"""

from collections.abc import Collection, Mapping

from cases.rules.words import counted, listed
from oversight.rules.policy import WorkloadPolicy
from oversight.rules.sharing_facts import Given, Pair, ToShare, even_shares, rooms_of
from oversight.rules.sharing_model import Pairs, may_have
from oversight.rules.workload import capacity
from staff.reference import StatedSex
from staff.rules.dates import say_date


def explained(
    asked: ToShare,
    policy: WorkloadPolicy,
    pairs: Pairs,
    chosen: Mapping[int, int],
    only: Collection[int] | None = None,
) -> tuple[Given, ...]:
    """Each case, in the order of their keys. `chosen`: {case: officer}; `only`: these cases, of which `pairs` are."""
    desk = _Desk(asked, policy, pairs, chosen)
    return tuple(desk.given(case) for case in sorted(chosen if only is None else only))


class _Desk:
    """The whole proposal, against which each part of it is explained."""

    def __init__(self, asked, policy, pairs, chosen):
        self.asked, self.policy, self.pairs, self.chosen = asked, policy, pairs, chosen
        self.team = sorted(asked.officers, key=lambda one: one.key)
        self.share = even_shares(asked)
        rooms = rooms_of(asked, policy)
        self.room = {one.key: one.points + rooms[one.key] for one in self.team}
        self.load = {one.key: one.points for one in self.team}
        points = {one.key: one.points for one in asked.cases}
        for case, officer in chosen.items():
            self.load[officer] += points[case]
        self.mates: dict[int, list[int]] = {}
        for one, other in sorted(asked.apart):
            self.mates.setdefault(one, []).append(other)
            self.mates.setdefault(other, []).append(one)
        self.full = {
            one.key: capacity(self.load[one.key], one.available).percent for one in self.team
        }

    def given(self, case):
        pair = self.pairs[case, self.chosen[case]]
        settled = case in self.asked.locked
        speaks = tuple(_speaks_for(pair))
        why = ["A senior has settled this."] if settled else [*speaks]
        why.append(
            f"With all that is proposed for them, {pair.officer.name} would be at {self.full[pair.officer.key]}%."
        )
        if not settled:
            why.append(self._instead(pair))
        return Given(case, pair.officer.key, settled, tuple(why), pair.warned, speaks)

    def _instead(self, pair):
        """What the next best would be, everything else staying as it is proposed."""
        others = [self.pairs[pair.case.key, one.key] for one in self.team if one != pair.officer]
        able = [one for one in others if may_have(one, self.asked)]
        if not able:
            return "Nobody else who is here may have it."
        fits = [
            one
            for one in able
            if self.load[one.officer.key] + pair.case.points <= self.room[one.officer.key]
        ]
        if not fits:
            return "Nobody else who may have it has room for it."
        best = min(fits, key=lambda one: (self.more_with(one, pair), one.officer.key))
        more = self.more_with(best, pair)
        if more < 0:
            return f"With {best.officer.name} it would count {-more:,} less: the search ended before it came to that."
        if more == 0:
            return f"{best.officer.name} would do as well."
        return f"Next best is {best.officer.name}, which would count {counted(more, 'point')} more{_because(best, pair)}."

    def more_with(self, other: Pair, pair: Pair) -> int:
        points = pair.case.points
        more = other.counts - pair.counts
        meet = self._would_meet(other) - self._would_meet(pair)
        more += self.policy.weight_safety * meet
        more += self.policy.weight_uneven_point * (
            self._uneven(other.officer.key, points) + self._uneven(pair.officer.key, -points)
        )
        return more

    def _would_meet(self, pair):
        """How many from whom this person must be kept apart this officer would have."""
        mates = self.mates.get(pair.case.key, ())
        return sum(self.chosen.get(one) == pair.officer.key for one in mates)

    def _uneven(self, officer, points):
        if officer not in self.share:
            return 0
        off = self.load[officer] - self.share[officer]
        return abs(off + points) - abs(off)


def _speaks_for(pair):
    """Facts that speak for this officer."""
    case, officer = pair.case, pair.officer
    before = [one.until for one in case.before if one.officer == officer.key and not one.complained]
    if case.holder == officer.key:
        yield "It stays with them."
    elif before:
        yield f"They held it until {say_date(max(before))}."
    if met := case.asks_for & officer.trained:
        yield f"Trained in what it asks for: {listed(sorted(one.title.lower() for one in met))}."
    if case.asked_for_woman and officer.sex == StatedSex.WOMAN:
        yield "She asked for a woman."
    if (minutes := officer.minutes.get(case.key)) is not None:
        yield f"About {minutes} minutes each way."


def _because(other, pair):
    """What of the other counts that does not count here; nothing where it is the evenness alone."""
    here = {key for key, _ in pair.parts}
    names = [one.rule for one in other.warned if one.key not in here]
    return (
        f" ({listed(sorted(f'{name[:1].lower()}{name[1:]}' for name in names))})" if names else ""
    )
