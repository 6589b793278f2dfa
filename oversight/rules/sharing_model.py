"""The question of sharing out, put to CP-SAT: one yes or no for each case with each officer who might have it.

Source: Google OR-Tools, CP-SAT. One worker, a fixed seed and a limit of work done make it answer alike each time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, isfinite

from ortools.sat.python import cp_model

from oversight.rules.policy import WorkloadPolicy
from oversight.rules.sharing_facts import (
    Pair,
    ToShare,
    demanded,
    even_shares,
    is_here,
    rooms_of,
)

SEED = 1
WORKERS = 1
WORK = 0.1  # of the seconds allowed, in the solver's own measure of work, which is to run out before the clock does

ROUNDING = 1e-6  # of the solver's bound, which is no whole number
FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)
Pairs = Mapping[tuple[int, int], Pair]


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it was put: the model, and the yes or no of each pair."""

    model: cp_model.CpModel
    given: dict[tuple[int, int], cp_model.IntVar]


@dataclass(frozen=True, slots=True)
class Beyond:
    """Points for which there is no room: how many at least, and with whom they would be."""

    at_least: int
    with_whom: dict[int, int]


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
    asked: ToShare, policy: WorkloadPolicy, pairs: Pairs, first: Mapping[int, int] | None = None
) -> Put:
    """The question with all its demands; the answer that counts least is asked for. `first`: an answer to begin from."""
    model, given = _each_case_once(asked, pairs)
    if first:
        for (case, officer), is_it in given.items():
            model.add_hint(is_it, first[case] == officer)
    shares = even_shares(asked)
    rooms, uneven = rooms_of(asked, policy), []
    for officer in sorted(asked.officers, key=lambda one: one.key):
        added = _added(officer.key, pairs, given)
        model.add(added <= rooms[officer.key])
        if officer.key in shares:
            off = model.new_int_var(0, sum(one.points for one in asked.cases) + abs(officer.points) + shares[officer.key], f"off {officer.key}")  # fmt: skip
            model.add(off >= officer.points + added - shares[officer.key])
            model.add(off >= shares[officer.key] - officer.points - added)
            uneven.append(off)
    of_pairs = sum(pairs[key].counts * is_it for key, is_it in given.items())
    meet = policy.weight_safety * sum(_would_meet(model, asked, given))
    model.minimize(of_pairs + meet + policy.weight_uneven_point * sum(uneven))
    return Put(model, given)


def _would_meet(model, asked, given):
    """A yes or no for each two who must be kept apart, and each officer whom both would have."""
    for one, other in sorted(asked.apart):
        for officer in sorted(each.key for each in asked.officers):
            if (one, officer) in given and (other, officer) in given:
                both = model.new_bool_var(f"{one} and {other} with {officer}")
                model.add(both >= given[one, officer] + given[other, officer] - 1)
                yield both


def least_beyond(
    asked: ToShare, policy: WorkloadPolicy, pairs: Pairs, seconds: float
) -> Beyond | None:
    """How many points beyond everybody's room it takes at least, all other demands met. None: not found in the time."""
    model, given = _each_case_once(asked, pairs)
    most = sum(one.points for one in asked.cases)
    rooms, beyond = rooms_of(asked, policy), {}
    for officer in sorted(asked.officers, key=lambda one: one.key):
        beyond[officer.key] = model.new_int_var(0, most, f"beyond {officer.key}")
        added = _added(officer.key, pairs, given)
        model.add(added <= rooms[officer.key] + beyond[officer.key])
    model.minimize(sum(beyond.values()))
    solver = solver_for(seconds)
    if solver.solve(model) not in FOUND:
        return None
    with_whom = {
        key: solver.value(points) for key, points in beyond.items() if solver.value(points)
    }
    return Beyond(least_of(solver), with_whom)


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


def _each_case_once(asked, pairs):
    model = cp_model.CpModel()
    given = {
        key: model.new_bool_var(f"{key[0]} to {key[1]}")
        for key, pair in pairs.items()
        if may_have(pair, asked)
    }
    of_case: dict[int, list] = {one.key: [] for one in asked.cases}
    for (case, _), is_it in given.items():
        of_case[case].append(is_it)
    for those in of_case.values():
        model.add_exactly_one(those)
    return model, given


def _added(officer, pairs, given):
    """The points that an officer would get."""
    return sum(pairs[key].case.points * is_it for key, is_it in given.items() if key[1] == officer)
