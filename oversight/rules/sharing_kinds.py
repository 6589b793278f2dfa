"""Cases that count alike with every officer, taken together: which of them goes where makes no difference to an answer.

Hundreds of cases are some hundred kinds, so that the question is several times smaller and has no two answers that are the same
but for who is called what. Where all cases differ, each is a kind by itself, and nothing is lost.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from oversight.rules.sharing_facts import Pair, ToShare

ALMOST = 1e-6  # by which the relaxed answer may fall short of a whole number


@dataclass(frozen=True, slots=True)
class Kind:
    """`counts`: (officer, what it counts) of each who may have such a case, in the order of their keys."""

    points: int
    counts: tuple[tuple[int, int], ...]
    cases: tuple[int, ...]


def kinds_of(asked: ToShare, possible: Mapping[tuple[int, int], Pair]) -> tuple[Kind, ...]:
    """In the order of the first case of each. Whoever must be kept apart from another is a kind of their own."""
    counts: dict[int, list[tuple[int, int]]] = {one.key: [] for one in asked.cases}
    for case, officer in sorted(possible):
        counts[case].append((officer, possible[case, officer].counts))
    alone = {case for pair in asked.apart for case in pair}
    found: dict[tuple, list[int]] = {}  # by all that a case counts with
    for one in sorted(asked.cases, key=lambda one: one.key):
        itself = one.key if one.key in alone else None
        key = (one.points, one.holder, tuple(counts[one.key]), itself)
        found.setdefault(key, []).append(one.key)
    return tuple(Kind(key[0], key[2], tuple(cases)) for key, cases in found.items())


def numbers_of(kinds: Sequence[Kind], answer: Mapping[int, int]) -> dict[tuple[int, int], int]:
    """{(place of the kind, officer): how many of its cases they have}, of all who may have any."""
    found = {}
    for place, kind in enumerate(kinds):
        has = [answer[case] for case in kind.cases]
        found.update({(place, officer): has.count(officer) for officer, _ in kind.counts})
    return found


def answer_of(
    kinds: Sequence[Kind], numbers: Mapping[tuple[int, int], int | float]
) -> dict[int, int]:
    """{case: officer}, the first cases to the first officers. Of a relaxed answer only what is whole: the rest is left open."""
    answer = {}
    for place, kind in enumerate(kinds):
        left = iter(kind.cases)
        for officer in _each_so_often(place, kind, numbers):
            answer[next(left)] = officer
    return answer


def _each_so_often(place, kind, numbers) -> Iterable[int]:
    for officer, _ in kind.counts:
        yield from [officer] * int(numbers.get((place, officer), 0) + ALMOST)
