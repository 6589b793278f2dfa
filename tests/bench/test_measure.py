"""Two ways of doing the same work, measured by a clock that moves only while they work: a busy machine changes nothing here."""

import pytest

from bench.measure import Benchmark, compare


class Machine:
    """Its clock moves by what each piece of work is said to take."""

    def __init__(self):
        self.now = 0.0

    def clock(self):
        return self.now

    def work(self, *takes):
        """Work that takes so many seconds each time in turn, and as long as the last of them ever after."""
        ahead = list(takes)

        def once():
            self.now += ahead.pop(0) if len(ahead) > 1 else ahead[0]

        return once


@pytest.fixture
def machine():
    return Machine()


def test_a_benchmark_is_the_median_of_rounds_taken_in_turn():
    calls = []

    result = compare(
        Benchmark("who goes when", lambda: calls.append("R"), lambda: calls.append("O"), goal=10)
    )

    assert "".join(calls) == "RO" + "ROOR" * 3 + "RO"
    assert len(result.ratios) == 7


@pytest.mark.parametrize(("takes", "met"), [(1.9, True), (2, True), (2.1, False)])
def test_work_may_cost_its_goal_and_no_more(machine, takes, met):
    result = compare(Benchmark("work", machine.work(1), machine.work(takes), goal=2), machine.clock)

    assert result.ratio == pytest.approx(takes)
    assert result.met is met


def test_a_cold_start_and_a_few_slow_rounds_count_for_nothing(machine):
    cold, disturbed = 100, (1, 50, 1, 50, 1, 50, 1)

    result = compare(
        Benchmark("work", machine.work(cold, 1), machine.work(cold, *disturbed), goal=5),
        machine.clock,
    )

    assert result.met
    assert result.ratio == pytest.approx(1)
    assert max(result.ratios) == pytest.approx(50)


def test_what_it_takes_is_told_for_one_piece_of_the_work(machine):
    result = compare(
        Benchmark("work", machine.work(4), machine.work(6), goal=5, size=1_000), machine.clock
    )

    assert (result.reference, result.ours) == pytest.approx((0.004, 0.006))
    assert result.ratio == pytest.approx(1.5)


def test_what_must_be_done_before_is_done_before_each_and_is_in_neither_time(machine):
    calls = []

    def before():
        calls.append("B")
        machine.now += 50

    result = compare(
        Benchmark(
            "work",
            lambda: calls.append("R") or machine.work(1)(),
            lambda: calls.append("O") or machine.work(2)(),
            goal=2,
            rounds=2,
            before=before,
        ),
        machine.clock,
    )

    assert "".join(calls) == "BRBO" + "BRBO" + "BOBR"
    assert result.ratio == pytest.approx(2)
