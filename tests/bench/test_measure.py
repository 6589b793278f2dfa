from bench.measure import Benchmark, compare


def work(pieces):
    return lambda: sum(range(pieces))


def test_a_benchmark_is_the_median_of_rounds_taken_in_turn():
    calls = []

    result = compare(
        Benchmark("who goes when", lambda: calls.append("R"), lambda: calls.append("O"), goal=10)
    )

    assert "".join(calls) == "RO" + "ROOR" * 3 + "RO"
    assert len(result.ratios) == 7


def test_work_that_costs_more_than_its_goal_misses_it():
    result = compare(Benchmark("ten times the work", work(20_000), work(200_000), goal=2))

    assert not result.met
    assert result.ratio > 2


def test_work_that_costs_no_more_than_its_goal_meets_it():
    result = compare(Benchmark("the same work", work(50_000), work(50_000), goal=5, size=50_000))

    assert result.met
    assert result.ours < 1e-5
