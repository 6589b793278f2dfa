"""How two ways of doing the same work are compared: turn and turn about in one run, so that a busy machine slows both."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

ROUNDS = 7


def nothing() -> None:
    """What most work needs done before it."""


@dataclass(frozen=True)
class Benchmark:
    """`ours` may cost at most `goal` times `reference`; each call of either does `size` pieces of the work.

    `before` is called ahead of each of them and is in neither's time.
    """

    name: str
    reference: Callable[[], object]
    ours: Callable[[], object]
    goal: float
    size: int = 1
    rounds: int = ROUNDS
    before: Callable[[], object] = nothing


@dataclass(frozen=True)
class Result:
    benchmark: Benchmark
    reference: float  # seconds a piece, the median of the rounds
    ours: float
    ratios: tuple[float, ...]  # of each round

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    @property
    def met(self) -> bool:
        return self.ratio <= self.benchmark.goal


def timed(work: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    """How long it took, in the clock's seconds."""
    gc.collect()
    started = clock()
    work()
    return clock() - started


def compare(benchmark: Benchmark, clock: Callable[[], float] = perf_counter) -> Result:
    """Each in turn, round after round."""

    def once(work: Callable[[], object]) -> float:
        benchmark.before()
        return timed(work, clock)

    once(benchmark.reference)  # not counted, so that neither pays for a cold start
    once(benchmark.ours)
    rounds = []
    for number in range(benchmark.rounds):
        if number % 2:  # whoever goes second has the warmer machine, so they take turns
            ours = once(benchmark.ours)
            reference = once(benchmark.reference)
        else:
            reference = once(benchmark.reference)
            ours = once(benchmark.ours)
        rounds.append((reference, ours))
    return Result(
        benchmark,
        reference=median(reference for reference, _ in rounds) / benchmark.size,
        ours=median(ours for _, ours in rounds) / benchmark.size,
        ratios=tuple(ours / reference for reference, ours in rounds),
    )
