"""Proposes a quarter's timetable of interventions and who has a place in it, by OR-Tools: facts in, an answer out, nothing decided.

In four steps. Everything that could be run is laid out, with people who count alike taken together. Prices tell what no answer
goes beyond. With them a first answer is made by hand, as it were. CP-SAT then betters it: as a whole where it is small, and
otherwise part by part. Whoever asks the same twice is proposed the same: the search is stopped by how much it has worked and
not by the clock; where the clock had to stop it, that is said.
Sources: report 1.3 and 2.3 (places too few, waits too long); design, stack (OR-Tools); `grid.rules.quarter_facts` says what counts.
"""

from collections import Counter
from collections.abc import Sequence
from time import monotonic

from grid.reference.parts_of_day import PartOfDay
from grid.rules.quarter_better import bettered
from grid.rules.quarter_bound import bound_at, prices_of
from grid.rules.quarter_check import check
from grid.rules.quarter_facts import (
    Answer,
    Group,
    Series,
    Status,
    ToPlan,
    check_asked,
    counts_of,
    in_words,
)
from grid.rules.quarter_first import first_answer
from grid.rules.quarter_left import Chosen
from grid.rules.quarter_model import Search
from grid.rules.quarter_series import Board, board_of
from grid.rules.quarter_words import explained

SEED = 1
PARTS = list(PartOfDay)
WORK = 0.5  # of the seconds allowed, in the solver's own measure of work, which is to run out before the clock does


def propose(question: ToPlan, *, seconds: float, seed: int = SEED) -> Answer:
    """The best timetable that is found in so many seconds, about. Raises RuleBroken for what is no question.

    The prices of the bound take some ten of the seconds where 900 wait, and are waited for even if there are fewer.
    """
    until = monotonic() + seconds
    check_asked(question)
    board = board_of(question)
    prices = prices_of(board)
    bound = bound_at(board, prices)
    first = first_answer(board, prices)
    search = Search(seconds * WORK, max(0.0, until - monotonic()), seed)
    found = bettered(board, first, bound, search)
    groups = groups_of(board, found.chosen)
    check(question, groups)
    counts = counts_of(question, groups)
    return Answer(
        status=Status.BEST if counts >= found.at_most else Status.GOOD,
        groups=groups,
        counts=counts,
        at_most=found.at_most,
        explained=explained(board, groups),
        working=in_words(question),
        by_the_clock=found.by_the_clock,
    )


def groups_of(board: Board, chosen: Sequence[Chosen]) -> tuple[Group, ...]:
    """By the day on which each begins; of people who count alike, whoever has waited longest begins first."""
    left = [iter(kind.people) for kind in board.kinds]
    groups = []
    for one in sorted(chosen, key=lambda each: _order(board, each)):
        way = board.possible[one.place].way
        people = (
            next(left[kind]) for kind, number in sorted(one.parts.items()) for _ in range(number)
        )
        series = Series(way.ask.code, way.site.key, way.times, way.first_week, tuple(sorted(one.leaders)))  # fmt: skip
        groups.append(Group(series, tuple(sorted(people))))
    return tuple(groups)


def _order(board, one):
    way = board.possible[one.place].way
    week, when = way.sittings[0]
    return week, when.weekday, PARTS.index(when.part), way.ask.code, way.site.key, one.leaders


def chosen_of(board: Board, groups: Sequence[Group]) -> list[Chosen]:
    """The other way round, of groups that have been looked through."""
    places = {
        (one.way.ask.code, one.way.site.key, one.way.times, one.way.first_week): place
        for place, one in enumerate(board.possible)
    }
    kinds = {key: place for place, kind in enumerate(board.kinds) for key in kind.people}
    found = []
    for one in groups:
        run, parts = one.series, Counter(kinds[key] for key in one.people)
        place = places[run.code, run.site, run.times, run.first_week]
        found.append(Chosen(place, run.leaders, dict(parts)))
    return found
