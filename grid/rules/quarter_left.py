"""What a timetable in the making has taken of rooms, leaders and people, and what is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from grid.rules.quarter_series import Board, Possible

FINE = 10**4  # parts of a point in which prices are reckoned
Parts = dict[int, int]  # {kind: how many people}


@dataclass(frozen=True, slots=True)
class Prices:
    """In fine parts, none below nought: of one place for each kind, and of one of each line."""

    places: tuple[int, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A series that runs, by its place in the board; who leads it, and how many of each kind come."""

    place: int
    leaders: tuple[int, ...]
    parts: Parts


def free_of_charge(board: Board) -> Prices:
    return Prices((0,) * len(board.kinds), (0,) * len(board.lines))


def counts_of_chosen(board: Board, chosen: Sequence[Chosen]) -> int:
    """What an answer in the making comes to, in points."""
    total = 0
    for one in chosen:
        worth = dict(board.possible[one.place].worth)
        total += sum(worth[kind] * number for kind, number in one.parts.items())
    return total


def apart_kinds(board: Board) -> dict[int, frozenset[int]]:
    """{kind: kinds with none of whom they may be in one group}; whoever must be kept apart is a kind of their own."""
    kind_of = {key: place for place, kind in enumerate(board.kinds) for key in kind.people}
    found: dict[int, frozenset[int]] = {}
    for one, other in board.question.apart:
        if one in kind_of and other in kind_of:
            for this, that in ((one, other), (other, one)):
                mates = found.get(kind_of[this], frozenset())
                found[kind_of[this]] = mates | {kind_of[that]}
    return found


class Left:
    """How much there still is of each line, and how many of each kind are without a place."""

    def __init__(self, board: Board, chosen: Sequence[Chosen] = ()):
        self.board = board
        self.lines = list(board.lines)
        self.people = [len(kind.people) for kind in board.kinds]
        self.apart = apart_kinds(board)
        for one in chosen:
            self.take(one)

    def take(self, chosen: Chosen) -> None:
        possible = self.board.possible[chosen.place]
        for line in possible.room:
            self.lines[line] -= 1
        for leader in chosen.leaders:
            for line, number in possible.of_leader[leader]:
                self.lines[line] -= number
        for kind, number in chosen.parts.items():
            self.people[kind] -= number

    def has_room(self, possible: Possible) -> bool:
        return all(self.lines[line] >= 1 for line in possible.room)

    def able(self, possible: Possible) -> list[int]:
        """Who can lead it as things stand, in the order of their keys."""
        return [
            leader
            for leader, uses in possible.of_leader.items()
            if all(self.lines[line] >= number for line, number in uses)
        ]

    def may_join(self, kind: int, parts: Parts) -> bool:
        return not self.apart.get(kind, frozenset()) & parts.keys()
