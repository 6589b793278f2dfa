"""Betters an answer to a quarter's timetable part by part, or, where it is small enough, puts the whole of it to the solver.

One part after another is taken out (series at one site, with the same leaders or of one intervention) and asked anew with all
that it leaves over, everything else staying; what is found counts as much or more. Chosen by chance from a seed, and ended by how
much the solver has worked: the same each time. Source: Shaw 1998 (large neighbourhood search).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from time import monotonic

from grid.rules.quarter_bound import Bound
from grid.rules.quarter_left import FINE, Chosen, Left, counts_of_chosen
from grid.rules.quarter_model import Search, placed_anew, solve
from grid.rules.quarter_series import Board, Possible

SMALL = 3000  # numbers of people who come to a series: so many are put as a whole
PART = 8  # series that are asked anew at once
SHORT = (
    30 * FINE
)  # by how much a series may fall short of its price and still be looked at in a part
EACH = 0.6  # work on one part, at most
A_PART = 0.02  # work that putting one part is reckoned as
SAME_SITE, SAME_LEADER, SAME_CODE, CHANCE = 2.0, 2.0, 1.0, 1.5  # how near two series are


@dataclass(frozen=True, slots=True)
class Bettered:
    chosen: list[Chosen]
    at_most: int
    by_the_clock: bool


def bettered(board: Board, first: list[Chosen], bound: Bound, search: Search) -> Bettered:
    """The best that is come by, and what none goes beyond. `search`: what it may take in all."""
    counts = counts_of_chosen(board, first)
    if counts >= bound.at_most:
        return Bettered(first, counts, by_the_clock=False)
    among = bound.worth_a_look(counts)
    if sum(len(board.possible[place].worth) for place in among) <= SMALL:
        return _whole(board, first, among, bound, search)
    return _Parts(board, first, bound, search).searched()


def _whole(board, first, among, bound, search):
    found = solve(board, (), first, among, search)
    chosen = max(first, found.chosen, key=lambda one: counts_of_chosen(board, one))
    told = bound.at_most if found.at_most is None else min(bound.at_most, found.at_most)
    return Bettered(chosen, max(counts_of_chosen(board, chosen), told), found.by_the_clock)


class _Parts:
    def __init__(self, board: Board, first: list[Chosen], bound: Bound, search: Search):
        self.board, self.bound, self.seed = board, bound, search.seed
        self.random = Random(search.seed)
        self.chosen = list(first)
        self.short = [place for place, worth in enumerate(bound.worth) if worth >= -SHORT]
        self.work, self.until = search.work, monotonic() + search.seconds

    def searched(self) -> Bettered:
        clock = False
        while self.work > 0 and self.chosen and not clock:
            clock = self._one_part()
        left = Search(EACH, max(0.0, self.until - monotonic()), self.seed)
        anew = placed_anew(self.board, self.chosen, left)
        best = max(self.chosen, anew, key=lambda one: counts_of_chosen(self.board, one))
        return Bettered(best, self.bound.at_most, clock)

    def _one_part(self) -> bool:
        """Whether it was the clock that ended it."""
        out = self._near(self.random.choice(self.chosen))
        keep = [one for number, one in enumerate(self.chosen) if number not in out]
        gone = [one for number, one in enumerate(self.chosen) if number in out]
        seconds = self.until - monotonic()
        if seconds <= 0:
            return True
        search = Search(min(EACH, self.work), seconds, self.seed)
        found = solve(self.board, keep, gone, self._among(keep), search)
        if counts_of_chosen(self.board, found.chosen) >= counts_of_chosen(self.board, gone):
            self.chosen = [*keep, *found.chosen]
        self.work -= found.work + A_PART
        return found.by_the_clock

    def _near(self, middle: Chosen) -> set[int]:
        way = self.board.possible[middle.place].way

        def nearness(number: int) -> float:
            one = self.chosen[number]
            other = self.board.possible[one.place].way
            return (
                SAME_SITE * (other.site == way.site)
                + SAME_LEADER * (not set(one.leaders).isdisjoint(middle.leaders))
                + SAME_CODE * (other.ask == way.ask)
                + CHANCE * chances[number]
            )

        chances = [self.random.random() for _ in self.chosen]
        return set(sorted(range(len(self.chosen)), key=nearness, reverse=True)[:PART])

    def _among(self, keep: Sequence[Chosen]) -> list[int]:
        """The series that could run with what is left, with enough people."""
        left = Left(self.board, keep)
        return [place for place in self.short if _could_run(left, self.board.possible[place])]


def _could_run(left: Left, possible: Possible) -> bool:
    ask = possible.way.ask
    come = sum(left.people[kind] for kind, _ in possible.worth)
    return come >= ask.least and left.has_room(possible) and len(left.able(possible)) >= ask.leaders
