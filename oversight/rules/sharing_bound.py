"""What no answer to sharing out counts less than, from the question with cases that may be split.

That is a linear programme, solved by OR-Tools GLOP in well under a second. Its prices of a point with each officer give the
bound, which is worked out again from them in whole numbers: it holds whatever the prices are, and better prices make it
closer. The same prices tell which kinds of case can go to whom in no better answer, so that they need not be looked at.
Sources: Geoffrion 1974 (Lagrangean relaxation); Google OR-Tools, GLOP. It works by steps and not by the clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.linear_solver.python import model_builder

from oversight.rules.policy import WorkloadPolicy
from oversight.rules.sharing_facts import ToShare, even_shares, rooms_of
from oversight.rules.sharing_kinds import Kind

FINE = 10**6  # parts of a point in which prices are reckoned
BEYOND = (
    10**4
)  # what a point beyond somebody's room counts while it is not known how many there must be


@dataclass(frozen=True, slots=True)
class Relaxed:
    """`parts`: {(kind, officer): cases, not in whole numbers}; `prices`: {officer: (of evenness, of room)}, in fine parts."""

    parts: Mapping[tuple[int, int], float]
    prices: Mapping[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Bound:
    """`total`: in fine parts; `dearer`: {(kind, officer): by how much more any answer counts that has such a case with them}."""

    total: int
    dearer: Mapping[tuple[int, int], int]

    @property
    def at_least(self) -> int:
        return max(0, -(-self.total // FINE))

    def worth_a_look(self, most: int) -> set[tuple[int, int]]:
        """Which kinds with whom an answer may have that counts less than `most`."""
        room = (most - 1) * FINE - self.total
        return {key for key, more in self.dearer.items() if more <= room}


def relaxed(
    asked: ToShare, policy: WorkloadPolicy, kinds: Sequence[Kind], spare: int | None = None
) -> Relaxed | None:
    """The question with cases that may be split. `spare`: points beyond room in all; None: as many as it takes, and each dear."""
    return _Programme(asked, policy, kinds, spare).solved()


class _Programme:
    def __init__(self, asked, policy, kinds, spare):
        self.asked, self.weight, self.spare = asked, policy.weight_uneven_point, spare
        self.model = model_builder.Model()
        self.rooms, self.shares = rooms_of(asked, policy), even_shares(asked)
        self.costs: list = []
        self.parts: dict = {}  # {(kind, officer): how many cases}
        self.beyond: list = []  # points of each officer
        self.lines: dict = {}  # {officer: (of room, of what is above an even share, of what is below)}
        gets: dict[int, list] = {one.key: [] for one in asked.officers}
        for place, kind in enumerate(kinds):
            for officer, counts in kind.counts:
                part = self._number(f"{place} to {officer}")
                self.parts[place, officer] = part
                self.costs.append(counts * part)
                gets[officer].append(kind.points * part)
            of_kind = [self.parts[place, officer] for officer, _ in kind.counts]
            self.model.add(sum(of_kind) == len(kind.cases))
        for officer in sorted(asked.officers, key=lambda one: one.key):
            self.lines[officer.key] = self._officer(officer, gets[officer.key])
        if spare is None:
            self.costs.extend(BEYOND * one for one in self.beyond)
        elif spare:
            self.model.add(sum(self.beyond) <= spare)
        self.model.minimize(sum(self.costs))

    def _number(self, name):
        return self.model.new_num_var(0, float("inf"), name)

    def _officer(self, officer, gets):
        """The lines that bear on one officer: their room, above and below an even share."""
        added, beyond = self._number(f"added {officer.key}"), None
        self.model.add(added - sum(gets) == 0)
        if self.spare != 0:
            beyond = self._number(f"beyond {officer.key}")
            self.beyond.append(beyond)
            room = self.model.add(added - beyond <= self.rooms[officer.key])
        else:
            room = self.model.add(added <= self.rooms[officer.key])
        if officer.key not in self.shares:
            return room, None, None
        off, below = self._number(f"off {officer.key}"), self.shares[officer.key] - officer.points
        self.costs.append(self.weight * off)
        return room, self.model.add(off - added >= -below), self.model.add(off + added >= below)

    def solved(self):
        solver = model_builder.Solver("GLOP")
        if solver.solve(self.model) != model_builder.SolveStatus.OPTIMAL:
            return None
        prices = {}
        for key, (room, above, below) in self.lines.items():
            even = 0.0
            if above is not None:
                even = solver.dual_value(above) - solver.dual_value(below)
            prices[key] = round(even * FINE), round(-solver.dual_value(room) * FINE)
        parts = {key: float(solver.value(part)) for key, part in self.parts.items()}
        return Relaxed(parts, prices)


def bound_from(
    prices: Mapping[int, tuple[int, int]],
    asked: ToShare,
    policy: WorkloadPolicy,
    kinds: Sequence[Kind],
    spare: int = 0,
) -> Bound:
    """What no answer with `spare` points beyond room at most counts less than, by whatever prices, in whole numbers.

    |off| is at least any price of up to one weight times off, and a price on room that is kept to is nought or less; what is
    left is the least of each case by itself.
    """
    rooms, shares = rooms_of(asked, policy), even_shares(asked)
    most = policy.weight_uneven_point * FINE
    total, of_room, a_point = 0, 0, {}
    for officer in asked.officers:
        even, room = prices[officer.key]
        even = max(-most, min(most, even)) if officer.key in shares else 0
        room = max(0, room)
        of_room = max(of_room, room)
        total += even * (officer.points - shares.get(officer.key, 0)) - room * rooms[officer.key]
        a_point[officer.key] = even + room
    total -= of_room * spare
    dearer = {}
    for place, kind in enumerate(kinds):
        priced = {one: FINE * counts + a_point[one] * kind.points for one, counts in kind.counts}
        least = min(priced.values())
        total += len(kind.cases) * least
        dearer.update({(place, one): price - least for one, price in priced.items()})
    return Bound(total, dearer)
