"""`make bench`: runs every benchmark, or those whose name holds the words given, and says which goals are missed."""

import sys

from bench import ogrs3, placement, queue, reviews, team, work
from bench.measure import compare

MODULES = [
    ogrs3,
    placement,
    work,
    queue,
    team,
]  # each has benchmarks(), which prepares what it needs and returns its list
REVIEWS = "reviews that change nothing"  # found or not: counted, and not timed


def main(words):
    missed = reviews.show_all() if words.lower() in REVIEWS else 0
    if words and words.lower() in REVIEWS:
        return 1 if missed else 0
    print(f"{'benchmark':<52}{'least':>10}{'ours':>10}{'ratio':>8}{'range':>16}{'goal':>8}")
    for module in MODULES:
        for benchmark in module.benchmarks():
            if words.lower() in benchmark.name.lower():
                missed += not show(compare(benchmark))
    return 1 if missed else 0


def show(result):
    low, high = min(result.ratios), max(result.ratios)
    verdict = "" if result.met else "  MISSED"
    print(
        f"{result.benchmark.name:<52}{in_words(result.reference):>10}{in_words(result.ours):>10}"
        f"{result.ratio:>8.2f}{f'{low:.2f} to {high:.2f}':>16}{result.benchmark.goal:>8.1f}{verdict}",
        flush=True,
    )
    return result.met


def in_words(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.2f} {unit}"
    return f"{seconds / 1e-6:.2f} us"


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
