"""The question of sharing out, put to CP-SAT: how many cases of each kind go to each officer who might have them.

Source: Google OR-Tools, CP-SAT. One worker, a fixed seed and a limit of work done make it answer alike each time.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, isfinite

from ortools.sat.python import cp_model

from oversight.rules.policy import WorkloadPolicy
from oversight.rules.sharing_facts import (
    Pair,
    ToShare,
    beyond_rooms,
    demanded,
    even_shares,
    is_here,
    rooms_of,
)
from oversight.rules.sharing_kinds import Kind, answer_of, numbers_of

SEED = 1
WORKERS = 1
WORK = 0.1  # of the seconds allowed, in the solver's own measure of work, which is to run out before the clock does

ROUNDING = 1e-6  # of the solver's bound, which is no whole number
FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)
Pairs = Mapping[tuple[int, int], Pair]


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it was put: the model, and how many of each kind go to each officer."""

    model: cp_model.CpModel
    numbers: dict[tuple[int, int], cp_model.IntVar]


@dataclass(frozen=True, slots=True)
class Beyond:
    """An answer with as few points beyond everybody's room as were come by, with whom they are, and how few there must be."""

    at_least: int
    with_whom: dict[int, int]
    answer: dict[int, int]
    by_the_clock: bool = False

    @property
    def points(self) -> int:
        return sum(self.with_whom.values())

    @property
    def proved(self) -> bool:
        return self.points <= self.at_least


def may_have(pair: Pair, asked: ToShare) -> bool:
    """Whether this officer could have this case at all, room apart."""
    there = is_here(pair.officer, asked.today) and pair.officer.available > 0
    stays = pair.case.holder == pair.officer.key
    if pair.refused or not (there or stays):
        return False
    if pair.case.key in asked.locked:  # stands above what is demanded of all
        return asked.locked[pair.case.key] == pair.officer.key
    return not demanded(pair, asked.demands)


def put(
    asked: ToShare,
    policy: WorkloadPolicy,
    kinds: Sequence[Kind],
    first: Mapping[int, int],
    *,
    counts: tuple[int, int],
    spare: int = 0,
    among: Collection[tuple[int, int]] | None = None,
) -> Put:
    """The answer that counts least is asked for, with `spare` points beyond room at most.

    `first`: an answer to begin from; `counts`: what any counts at least, and what that one counts; `among`: which kinds with
    whom are looked at besides those of the first.
    """
    model, numbers = _each_case_once(kinds, first, among)
    shares, rooms = even_shares(asked), rooms_of(asked, policy)
    beyond, uneven = [], []
    for officer in sorted(asked.officers, key=lambda one: one.key):
        added = _added(officer.key, kinds, numbers)
        if spare:
            beyond.append(model.new_int_var(0, spare, f"beyond {officer.key}"))
            model.add(added <= rooms[officer.key] + beyond[-1])
        else:
            model.add(added <= rooms[officer.key])
        if officer.key in shares:
            off = model.new_int_var(0, sum(one.points for one in asked.cases) + abs(officer.points) + shares[officer.key], f"off {officer.key}")  # fmt: skip
            model.add(off >= officer.points + added - shares[officer.key])
            model.add(off >= shares[officer.key] - officer.points - added)
            uneven.append(off)
    model.add(sum(beyond) <= spare)
    of_pairs = sum(
        number * dict(kinds[place].counts)[officer] for (place, officer), number in numbers.items()
    )
    meet = policy.weight_safety * sum(_would_meet(model, asked, kinds, numbers))
    whole = model.new_int_var(*counts, "counts")
    model.add(whole == of_pairs + meet + policy.weight_uneven_point * sum(uneven))
    model.minimize(whole)
    return Put(model, numbers)


def _would_meet(model, asked, kinds, numbers):
    """A yes or no for each two who must be kept apart, and each officer whom both would have."""
    places = {kind.cases[0]: place for place, kind in enumerate(kinds)}
    for one, other in sorted(asked.apart):
        for officer in sorted(each.key for each in asked.officers):
            first, second = (numbers.get((places[each], officer)) for each in (one, other))
            if first is not None and second is not None:
                both = model.new_bool_var(f"{one} and {other} with {officer}")
                model.add(both >= first + second - 1)
                yield both


def least_beyond(
    asked: ToShare,
    policy: WorkloadPolicy,
    kinds: Sequence[Kind],
    first: Mapping[int, int],
    seconds: float,
) -> Beyond:
    """As few points beyond everybody's room as the solver comes by, all other demands met. `first`: to begin from."""
    rooms = rooms_of(asked, policy)
    surely = max(0, sum(one.points for one in asked.cases) - sum(rooms.values()))
    begun = Beyond(surely, beyond_rooms(asked, policy, first), dict(first))
    if begun.proved:
        return begun
    model, numbers = _each_case_once(kinds, first)
    beyond = []
    for officer in sorted(asked.officers, key=lambda one: one.key):
        beyond.append(model.new_int_var(0, begun.points, f"beyond {officer.key}"))
        model.add(_added(officer.key, kinds, numbers) <= rooms[officer.key] + beyond[-1])
    whole = model.new_int_var(surely, begun.points, "beyond")
    model.add(whole == sum(beyond))
    model.minimize(whole)
    solver = solver_for(seconds)
    status = solver.solve(model)
    clock = stopped_by_the_clock(solver, status)
    if status not in FOUND:
        return Beyond(surely, begun.with_whom, begun.answer, clock)
    answer = answer_of(kinds, {key: solver.value(number) for key, number in numbers.items()})
    with_whom = beyond_rooms(asked, policy, answer)
    return Beyond(max(surely, least_of(solver)), with_whom, answer, clock)


def solver_for(seconds: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.random_seed = SEED
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.max_deterministic_time = seconds * WORK
    return solver


def least_of(solver: cp_model.CpSolver) -> int:
    """What no answer counts less than, as far as the solver came; nought where it did not come so far."""
    bound = solver.best_objective_bound
    return max(0, ceil(bound - ROUNDING)) if isfinite(bound) else 0


def stopped_by_the_clock(solver: cp_model.CpSolver, status: cp_model.CpSolverStatus) -> bool:
    """Whether it was the time, and not the work done, that ran out."""
    limit = solver.parameters.max_deterministic_time
    return status != cp_model.OPTIMAL and solver.response_proto.deterministic_time < limit


def _each_case_once(kinds, first, among=None):
    """How many of each kind each officer has, beginning from the first answer; `among`: all pairs unless it is given."""
    model, numbers = cp_model.CpModel(), {}
    has = numbers_of(kinds, first)
    for place, kind in enumerate(kinds):
        for officer, _ in kind.counts:
            key = place, officer
            if among is None or key in among or has[key]:
                numbers[key] = model.new_int_var(0, len(kind.cases), f"{place} to {officer}")
                model.add_hint(numbers[key], has[key])
        of_kind = [numbers[place, one] for one, _ in kind.counts if (place, one) in numbers]
        model.add(sum(of_kind) == len(kind.cases))
    return model, numbers


def _added(officer, kinds, numbers):
    """The points that an officer would get."""
    return sum(kinds[place].points * number for (place, key), number in numbers.items() if key == officer)  # fmt: skip
