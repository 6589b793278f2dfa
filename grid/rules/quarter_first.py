"""A first answer to a quarter's timetable, found without the solver: what the solver begins from.

Series are taken one after another, each time the one that adds most beside what it takes of rooms, leaders and people at the
prices of the bound, with those who are worth most beside their own price. Whoever is left then fills what places there are.
It decides nothing: the solver betters it, and the bound says how far it may be from the best.
"""

from heapq import heapify, heapreplace

from grid.rules.quarter_left import (
    FINE,
    Chosen,
    Left,
    Parts,
    Prices,
    counts_of_chosen,
    free_of_charge,
)
from grid.rules.quarter_series import Board, Possible

EAGER = 100 * FINE  # by how much a series may fall short of its price and still be run


def first_answer(board: Board, prices: Prices) -> list[Chosen]:
    """The better of two: at these prices, and as though all were free of charge."""
    answers = [_Desk(board, one).answer() for one in (prices, free_of_charge(board))]
    return max(answers, key=lambda one: counts_of_chosen(board, one))


class _Desk:
    def __init__(self, board: Board, prices: Prices):
        self.board, self.prices = board, prices
        self.left = Left(board)
        self.chosen: list[Chosen] = []
        self.margins = [  # (what a place adds beside its price, kind) of each series, the most first
            sorted(
                ((worth * FINE - prices.places[kind], kind) for kind, worth in one.worth),
                key=lambda each: (-each[0], each[1]),
            )
            for one in board.possible
        ]

    def answer(self) -> list[Chosen]:
        self._fill()
        self._top_up()
        return self.chosen

    def _fill(self):
        """What a series adds only falls as others are taken, so that only the one that seemed best is looked at anew."""
        queue = [(-self._adds(place)[0], place) for place in range(len(self.board.possible))]
        heapify(queue)
        while queue and queue[0][0] < 0:
            seemed, place = queue[0]
            adds, chosen = self._adds(place)
            if chosen is not None and adds >= -seemed:
                self.left.take(chosen)
                self.chosen.append(chosen)
                adds = self._adds(place)[0]
            heapreplace(queue, (-adds, place))

    def _adds(self, place: int) -> tuple[int, Chosen | None]:
        """What it adds, and how it would be run; nothing where it cannot be."""
        possible = self.board.possible[place]
        cost, leaders = self._leaders(possible)
        if not leaders:
            return 0, None
        gain, parts = self._who(place, possible)
        if not parts:
            return 0, None
        cost += sum(self.prices.lines[line] for line in possible.room)
        return max(0, EAGER + gain - cost), Chosen(place, leaders, parts)

    def _leaders(self, possible: Possible) -> tuple[int, tuple[int, ...]]:
        """The cheapest, and what they cost; none where room or leaders are wanting."""
        need = possible.way.ask.leaders
        able = self.left.able(possible) if self.left.has_room(possible) else []
        if len(able) < need:
            return 0, ()
        lines = self.prices.lines
        dear = sorted(
            (sum(lines[line] * number for line, number in possible.of_leader[one]), one)
            for one in able
        )[:need]
        return sum(cost for cost, _ in dear), tuple(one for _, one in dear)

    def _who(self, place: int, possible: Possible) -> tuple[int, Parts]:
        ask, gain, came, parts = possible.way.ask, 0, 0, Parts()
        for margin, kind in self.margins[place]:
            seats = (ask.most if margin > 0 else ask.least) - came
            number = min(seats, self.left.people[kind])
            if number > 0 and self.left.may_join(kind, parts):
                parts[kind] = number
                gain += margin * number
                came += number
        return (gain, parts) if came >= ask.least else (0, {})

    def _top_up(self):
        for number, one in enumerate(self.chosen):
            possible = self.board.possible[one.place]
            seats = possible.way.ask.most - sum(one.parts.values())
            parts = dict(one.parts)
            for kind, _ in possible.worth:
                more = min(seats, self.left.people[kind])
                if more and self.left.may_join(kind, parts):
                    parts[kind] = parts.get(kind, 0) + more
                    self.left.people[kind] -= more
                    seats -= more
            self.chosen[number] = Chosen(one.place, one.leaders, parts)
