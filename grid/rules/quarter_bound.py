"""What no timetable of a quarter goes beyond, from prices of each person's place and of each room and leader at each time.

At any prices each series can be looked at by itself: what the best of those who could come to it count beyond their own price,
less what it takes. All that is worth it, with all that is for sale, is what no answer goes beyond; it is worked out in whole
numbers and holds whatever the prices are. Good ones come from the question with series that may be run in part, a linear
programme with a hundred thousand numbers that OR-Tools PDLP solves nearly enough in some seconds, by steps and not by the clock.
Sources: Geoffrion 1974 (Lagrangean relaxation); Applegate and others 2021 (PDLP).
"""

from dataclasses import dataclass

from ortools.linear_solver.python import model_builder

from grid.rules.quarter_left import FINE, Prices, free_of_charge
from grid.rules.quarter_series import Board, Possible

STEPS = 5000  # of the solver, at most
NEAR = 3e-4  # of what it comes to: nearer the solver need not come
PARAMETERS = (
    f"termination_criteria {{ simple_optimality_criteria {{ eps_optimal_absolute: 1e-4 "
    f"eps_optimal_relative: {NEAR} }} iteration_limit: {STEPS} }}"
)
NONE, ENDLESS = float("-inf"), float("inf")


@dataclass(frozen=True, slots=True)
class Bound:
    """`total`: in fine parts; `worth`: what each possible series adds at these prices, less than nought where it costs more."""

    total: int
    worth: tuple[int, ...]

    @property
    def at_most(self) -> int:
        return self.total // FINE

    def worth_a_look(self, least: int) -> set[int]:
        """Which series an answer may have that counts more than `least`."""
        room = self.total - (least + 1) * FINE
        return {place for place, worth in enumerate(self.worth) if worth >= -room}


def bound_at(board: Board, prices: Prices) -> Bound:
    """What no answer goes beyond, at whatever prices that are not below nought."""
    sizes = (len(one.people) for one in board.kinds)
    total = sum(number * price for number, price in zip(sizes, prices.places, strict=True))
    total += sum(number * price for number, price in zip(board.lines, prices.lines, strict=True))
    worth = tuple(_worth(board, one, prices) for one in board.possible)
    total += sum(max(0, adds) * one.copies for adds, one in zip(worth, board.possible, strict=True))
    return Bound(total, worth)


def _worth(board: Board, possible: Possible, prices: Prices) -> int:
    """What a series adds at most at these prices, in fine parts."""
    ask = possible.way.ask
    dears = sorted(prices.places[kind] - worth * FINE for kind, worth in possible.worth for _ in board.kinds[kind].people)  # fmt: skip
    gain = -sum(dears[: ask.least]) - sum(min(0, dear) for dear in dears[ask.least : ask.most])
    cheapest = sorted(
        sum(prices.lines[line] * number for line, number in uses)
        for uses in possible.of_leader.values()
    )[: ask.leaders]
    return gain - sum(prices.lines[line] for line in possible.room) - sum(cheapest)


def prices_of(board: Board) -> Prices:
    """Good prices; all free of charge where the solver comes to none."""
    return _Programme(board).prices() if board.possible else free_of_charge(board)


class _Programme:
    """The question with series that may be run in part."""

    def __init__(self, board: Board):
        self.model = model_builder.Model()
        self.model.maximize(0)
        self.people = [self._at_most(len(one.people)) for one in board.kinds]
        self.lines = [self._at_most(number) for number in board.lines]
        for one in board.possible:
            self._series(one, [len(kind.people) for kind in board.kinds])
        self.free = free_of_charge(board)

    def _at_most(self, number):
        return self.model.add_linear_constraint(0, lb=NONE, ub=number)

    def _at_least(self, number):
        return self.model.add_linear_constraint(0, lb=number, ub=ENDLESS)

    def _number(self, most=ENDLESS):
        return self.model.new_num_var(0, most, None)

    def _series(self, possible: Possible, sizes: list[int]) -> None:
        ask, runs = possible.way.ask, self._number(possible.copies)
        for line in possible.room:
            self.lines[line].add_term(runs, 1)
        fits, fills, leads = self._at_most(0), self._at_least(0), self._at_least(0)
        for what, number in ((fits, ask.most), (fills, ask.least), (leads, ask.leaders)):
            what.add_term(runs, -number)
        for kind, worth in possible.worth:
            come = self._within(runs, sizes[kind])
            come.objective_coefficient = worth
            for what in (self.people[kind], fits, fills):
                what.add_term(come, 1)
        for uses in possible.of_leader.values():
            lead = self._within(runs, 1)
            leads.add_term(lead, 1)
            for line, number in uses:
                self.lines[line].add_term(lead, number)

    def _within(self, runs, most):
        """A number of at most so much of each series that runs."""
        number, within = self._number(), self._at_most(0)
        within.add_term(number, 1)
        within.add_term(runs, -most)
        return number

    def prices(self) -> Prices:
        solver = model_builder.Solver("PDLP")
        solver.set_solver_specific_parameters(PARAMETERS)
        status = solver.solve(self.model)
        if status not in (model_builder.SolveStatus.OPTIMAL, model_builder.SolveStatus.FEASIBLE):
            return self.free

        def of(lines):
            return tuple(max(0, round(solver.dual_value(one) * FINE)) for one in lines)

        return Prices(of(self.people), of(self.lines))
