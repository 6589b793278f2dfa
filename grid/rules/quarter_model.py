"""The question of a quarter's timetable, put to CP-SAT: which series run, who leads each, and how many of each kind come.

It may be put in part: what is kept of an answer stays as it is, and the rest is asked anew with what that leaves over.
Source: Google OR-Tools, CP-SAT. One worker, a seed and a limit of work done make it answer alike each time.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor, isfinite

from ortools.sat.python import cp_model

from grid.rules.quarter_left import Chosen, Left
from grid.rules.quarter_series import Board, Possible

WORKERS = 1
LINEAR = 2  # how much of the question the solver also looks at as a linear programme: twice as quick here
ROUNDING = 1e-6  # of the solver's bound, which is no whole number
FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)


@dataclass(frozen=True, slots=True)
class Search:
    """How long it may look: in the solver's own measure of work, and by the clock, whichever is over first."""

    work: float
    seconds: float
    seed: int


@dataclass(frozen=True, slots=True)
class Solved:
    """`at_most`: what no answer to what was put comes to more than, None where the solver cannot tell."""

    chosen: list[Chosen]
    at_most: int | None
    work: float
    by_the_clock: bool


def solve(
    board: Board,
    keep: Sequence[Chosen],
    begin: Sequence[Chosen],
    among: Iterable[int],
    search: Search,
) -> Solved:
    """The best there is beside `keep`, of the series `among`; `begin`: an answer to begin from, which stands if none is found.

    What is told, and the bound, are of what is put alone, without `keep`.
    """
    return _Put(board, Left(board, keep), begin, among).solved(search)


def placed_anew(board: Board, chosen: Sequence[Chosen], search: Search) -> list[Chosen]:
    """The same series with the same leaders, and everybody placed among them as counts most."""
    left = Left(board, [Chosen(one.place, one.leaders, {}) for one in chosen])
    return _Put(board, left, chosen, (), settled=True).solved(search).chosen


class _Put:
    def __init__(self, board, left, begin, among, *, settled=False):
        self.board, self.left, self.begin = board, left, list(begin)
        self.model = cp_model.CpModel()
        self.people: dict[int, list] = defaultdict(list)  # {kind: how many come to each}
        self.lines: dict[int, list] = defaultdict(list)  # {line: (what takes it, how much of it)}
        self.worth: list = []
        self.series: list[
            tuple
        ] = []  # (place, who leads it already, whether it runs, {kind: how many}, {leader: whether})
        if settled:
            for one in self.begin:
                self._run(one.place, one.leaders, 1, one)
        else:
            self._each({*among, *(one.place for one in self.begin)})
        self._limits()
        self.model.maximize(sum(self.worth))

    def _each(self, places):
        begun = defaultdict(list)
        for one in self.begin:
            begun[one.place].append(one)
        for place in sorted(places):
            possible, before = self.board.possible[place], None
            for number in range(self._copies(possible)):
                hint = begun[place][number] if number < len(begun[place]) else None
                runs = self.model.new_bool_var(f"{place} runs")
                self.model.add_hint(runs, hint is not None)
                if before is not None:
                    self.model.add_implication(runs, before)
                before = runs
                self._run(place, (), runs, hint)

    def _copies(self, possible: Possible) -> int:
        """How many alike could run with what is left, at most."""
        ask = possible.way.ask
        came = sum(self.left.people[kind] for kind, _ in possible.worth)
        able = len(self.left.able(possible)) // ask.leaders
        return min(possible.copies, able, came // ask.least, *(self.left.lines[line] for line in possible.room))  # fmt: skip

    def _run(self, place, leaders, runs, hint):
        possible = self.board.possible[place]
        come = {
            kind: self._come(place, kind, worth, runs, hint)
            for kind, worth in possible.worth
            if self.left.people[kind]
        }
        self.model.add(sum(come.values()) <= possible.way.ask.most * runs)
        self.model.add(sum(come.values()) >= possible.way.ask.least * runs)
        for kind in come:
            for other in self.left.apart.get(kind, ()):
                if other in come and kind < other:
                    self.model.add(come[kind] + come[other] <= 1)
        lead = {} if leaders else self._lead(place, possible, runs, hint)
        self.series.append((place, leaders, runs, come, lead))

    def _come(self, place, kind, worth, runs, hint):
        most = self.left.people[kind]
        come = self.model.new_int_var(0, most, f"{kind} to {place}")
        self.model.add_hint(come, hint.parts.get(kind, 0) if hint else 0)
        self.model.add(come <= most * runs)
        self.people[kind].append(come)
        self.worth.append(worth * come)
        return come

    def _lead(self, place, possible, runs, hint):
        lead = {}
        for leader in self.left.able(possible):
            lead[leader] = self.model.new_bool_var(f"{leader} leads {place}")
            self.model.add_hint(lead[leader], hint is not None and leader in hint.leaders)
            self.model.add_implication(lead[leader], runs)
            for line, number in possible.of_leader[leader]:
                self.lines[line].append((lead[leader], number))
        self.model.add(sum(lead.values()) == possible.way.ask.leaders * runs)
        for line in possible.room:
            self.lines[line].append((runs, 1))
        return lead

    def _limits(self):
        for kind, come in self.people.items():
            self.model.add(sum(come) <= self.left.people[kind])
        for line, uses in self.lines.items():
            capacity = self.left.lines[line]
            if capacity == 1 and all(number == 1 for _, number in uses):
                self.model.add_at_most_one(one for one, _ in uses)
            else:
                self.model.add(sum(number * one for one, number in uses) <= capacity)

    def solved(self, search: Search) -> Solved:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = WORKERS
        solver.parameters.random_seed = search.seed
        solver.parameters.linearization_level = LINEAR
        solver.parameters.max_deterministic_time = search.work
        solver.parameters.max_time_in_seconds = max(0.0, search.seconds)
        status = solver.solve(self.model)
        work = solver.response_proto.deterministic_time
        clock = status != cp_model.OPTIMAL and work < search.work
        bound = solver.best_objective_bound
        at_most = floor(bound + ROUNDING) if isfinite(bound) and status in FOUND else None
        chosen = self._chosen(solver) if status in FOUND else self.begin
        return Solved(chosen, at_most, work, clock)

    def _chosen(self, solver):
        found = []
        for place, leaders, runs, come, lead in self.series:
            if solver.value(runs):
                parts = {kind: solver.value(one) for kind, one in come.items()}
                those = leaders or tuple(key for key, one in lead.items() if solver.value(one))
                found.append(Chosen(place, those, {kind: one for kind, one in parts.items() if one}))  # fmt: skip
        return found
