"""How many of the planted reviews that change nothing are found, and how many honest ones are called hollow.

Goals of the whole system: of 200 planted, half hollow, at least 95% found and at most 10% false alarms. Each seed
is printed with the kinds most often taken for the other, so that no average hides them. The detector was
written against other seeds, and against half of the words alone; "kept back" draws from the other half.
"""

from collections import Counter
from dataclasses import dataclass, field

from bench.planted import hollow, honest
from bench.planted.making import Planted, plant
from cases.rules.differences import differences
from cases.rules.hollow import EventAnswer, no_change

NUMBER = 200
SEEDS = (2018, 41, 977, 31415, 20181001)
KEPT_BACK = 1  # the half of the words
RECALL, FALSE_ALARMS = 0.95, 0.10
WORST = 3


@dataclass
class Figures:
    """Of one sample: how many of each sort there were, and how many were taken for the other."""

    planted: Counter = field(default_factory=Counter)
    wrong: Counter = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        return 1 - self.wrong["hollow"] / self.planted["hollow"]

    @property
    def false_alarms(self) -> float:
        return self.wrong["honest"] / self.planted["honest"]

    @property
    def met(self) -> bool:
        return self.recall >= RECALL and self.false_alarms <= FALSE_ALARMS

    @property
    def worst(self) -> list[str]:
        kinds = [kind for kind in self.wrong if kind not in ("hollow", "honest")]
        kinds.sort(key=lambda kind: (-self.wrong[kind] / self.planted[kind], kind))
        return [
            f"{kind.replace('_', ' ')} {self.wrong[kind]} of {self.planted[kind]}"
            for kind in kinds[:WORST]
        ]


def is_called_hollow(review: Planted) -> bool:
    own = (review.teller.slots["name"],)
    answers = [
        EventAnswer(
            one.key, one.how, one.words, tuple(one.changes), one.step, one.raised, one.together
        )
        for one in review.answers
    ]
    found = differences(review.before, review.after, own)
    return no_change(review.events, answers, found, own).hollow


def judge(seed: int, number: int = NUMBER, half: int | None = None) -> Figures:
    figures = Figures()
    for review in plant(seed, number, hollow.KINDS, honest.KINDS, half):
        sorts = ("hollow" if review.hollow else "honest", review.kind)
        figures.planted.update(sorts)
        if is_called_hollow(review) != review.hollow:
            figures.wrong.update(sorts)
    return figures


def show_all() -> int:
    """Print every sample. How many missed a goal."""
    print(
        f"{'reviews that change nothing':<52}{'recall':>10}{'goal':>8}{'false alarms':>14}{'goal':>8}  most often wrong"
    )
    missed = 0
    samples: list[tuple[int, int | None]] = [(seed, None) for seed in SEEDS]
    for seed, half in [*samples, (SEEDS[0], KEPT_BACK), (SEEDS[-1], KEPT_BACK)]:
        figures = judge(seed, half=half)
        kept = ", words kept back" if half is not None else ""
        print(
            f"{f'{NUMBER} planted, seed {seed}{kept}':<52}{figures.recall:>10.1%}{RECALL:>8.0%}"
            f"{figures.false_alarms:>14.1%}{FALSE_ALARMS:>8.0%}  {', '.join(figures.worst)}"
            f"{'' if figures.met else '  MISSED'}",
            flush=True,
        )
        missed += not figures.met
    return missed
