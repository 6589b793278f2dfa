"""A first answer to sharing out, found without the solver: what the solver begins from.

What is left open by the answer it begins from goes where it counts least, the hardest to place first; then cases are moved and
swapped at random, worse changes too at first and ever fewer of them (simulated annealing, with a fixed seed: the same each
time). A point beyond somebody's room counts more than all else together, so that there is an answer even where the team is
over full. It decides nothing: the solver betters it, and says how far it may be from the best.
"""

from collections.abc import Mapping
from math import exp
from random import Random

from oversight.rules.policy import WorkloadPolicy
from oversight.rules.sharing_facts import Pair, ToShare, even_shares, rooms_of

SEED = 1
TRIES_A_CASE = 500  # moves and swaps that are looked at
SWAPS = 0.8  # of them
HOTTEST, COLDEST = 10.0, 0.5  # points by which a change may be worse, about, at first and at last
BEYOND = 10**9  # of a point beyond somebody's room


def first_answer(
    asked: ToShare,
    policy: WorkloadPolicy,
    pairs: Mapping[tuple[int, int], Pair],
    start: Mapping[int, int] | None = None,
) -> dict[int, int]:
    """{case: officer}, of `pairs` that are possible, of which each case has one. `start`: the same of some of the cases."""
    desk = _Desk(asked, policy, pairs)
    for case, officer in sorted((start or {}).items()):
        desk.place(case, officer)
    desk.fill()
    return desk.bettered()


class _Desk:
    """The answer as it stands, and what each change of it would count."""

    def __init__(self, asked, policy, pairs):
        self.weight = policy.weight_uneven_point
        self.points = {one.key: one.points for one in asked.cases}
        self.load = {one.key: one.points for one in asked.officers}
        rooms = rooms_of(asked, policy)
        self.room = {one.key: one.points + rooms[one.key] for one in asked.officers}
        self.share = even_shares(asked)
        self.cost = {key: pair.counts for key, pair in pairs.items()}
        options: dict[int, list[int]] = {one.key: [] for one in asked.cases}
        for case, officer in sorted(pairs):
            options[case].append(officer)
        self.options = {  # the cheapest first
            case: sorted(those, key=lambda one: (self.cost[case, one], one))
            for case, those in options.items()
        }
        self.chosen: dict[int, int] = {}

    def place(self, case, officer):
        self.chosen[case] = officer
        self.load[officer] += self.points[case]

    def fill(self):
        """Each case that is left finds somebody, the hardest to place first."""
        hardest = sorted(
            self.options.keys() - self.chosen.keys(),
            key=lambda key: (len(self.options[key]), -self.points[key], key),
        )
        for case in hardest:
            points = self.points[case]
            self.place(
                case,
                min(
                    self.options[case],
                    key=lambda one: self.cost[case, one] + self._load_worse_by(one, points),
                ),
            )

    def bettered(self):
        """The best that moves and swaps come by."""
        random = Random(SEED).random
        cases = sorted(self.chosen)
        tries = TRIES_A_CASE * len(cases)
        worth, best, kept = 0, 0, dict(self.chosen)
        for number in range(tries):
            case = cases[int(random() * len(cases))]
            if random() < SWAPS:
                other = cases[int(random() * len(cases))]
                to = self.chosen[other]
            else:
                other, options = None, self.options[case]
                to = options[int(random() ** 2 * len(options))]  # a cheap one more often
            worse = self._worse_by(case, to, other)
            if worse is None:
                continue
            warmth = HOTTEST * (COLDEST / HOTTEST) ** (number / tries)
            if worse <= 0 or random() < exp(-worse / warmth):
                self._take(case, to, other)
                worth += worse
                if worth < best:
                    best, kept = worth, dict(self.chosen)
        return kept

    def _worse_by(self, case, to, other):
        """What it counts more once the case is with `to`, and `other`, one of theirs, where it was. None: it may not be."""
        now = self.chosen[case]
        if to == now or (case, to) not in self.cost:
            return None
        more, worse = self.points[case], self.cost[case, to] - self.cost[case, now]
        if other is not None:
            if (other, now) not in self.cost:
                return None
            more -= self.points[other]
            worse += self.cost[other, now] - self.cost[other, to]
        return worse + self._load_worse_by(to, more) + self._load_worse_by(now, -more)

    def _take(self, case, to, other):
        now, more = self.chosen[case], self.points[case]
        self.chosen[case] = to
        if other is not None:
            self.chosen[other] = now
            more -= self.points[other]
        self.load[to] += more
        self.load[now] -= more

    def _load_worse_by(self, officer, more):
        """What so many more points with somebody count: how much more uneven it gets, and how much is beyond their room."""
        load, room, worse = self.load[officer], self.room[officer], 0
        if officer in self.share:
            off = load - self.share[officer]
            worse = self.weight * (abs(off + more) - abs(off))
        if load > room or load + more > room:
            worse += BEYOND * (max(0, load + more - room) - max(0, load - room))
        return worse
