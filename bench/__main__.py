"""`make bench`: runs every benchmark, or those whose name holds the words given, and says which goals are missed."""

import sys

from bench import (
    banned_areas,
    exporting,
    importing,
    names,
    ogrs3,
    placement,
    quarter,
    queue,
    reviews,
    sharing,
    team,
    work,
)
from bench.measure import compare

MODULES = [
    ogrs3,
    placement,
    work,
    queue,
    team,
]  # each has benchmarks(), which prepares what it needs and returns its list
COUNTED = {  # measured by what they find, or in seconds, and not beside a least
    "reviews that change nothing": reviews.show_all,
    "sharing cases out": sharing.show_all,
    "banned areas": banned_areas.show_all,
    "a quarter of interventions": quarter.show_all,
    "names typed with a slip": names.show_all,
    "an extract of ndelius": importing.show_all,
    "the caseload as a file": exporting.show_all,
}


def main(words):
    counted = [show_all for name, show_all in COUNTED.items() if words.lower() in name]
    missed = sum(show_all() for show_all in counted)
    if words and counted:
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
