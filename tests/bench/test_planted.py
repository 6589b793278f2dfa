import ast
from pathlib import Path

import pytest

from bench import planted
from bench.planted import happened, harder, hollow, honest, phrases
from bench.planted.making import plant
from bench.reviews import FALSE_ALARMS, RECALL, judge
from cases.reference.reviews import EventKind
from cases.reference.wording import SAME
from cases.rules import interim, stock

ROOT = Path(planted.__file__).parent
APART = ("cases.rules", "cases.queries", "cases.services", "cases.models", "bench.reviews")
TABLES = ("cases.reference.wording", "cases.reference.event_words")


@pytest.mark.parametrize("module", sorted(path.name for path in ROOT.glob("*.py")))
def test_what_is_planted_knows_nothing_of_the_rule(module):
    tree = ast.parse((ROOT / module).read_text())
    imported = {
        name
        for node in ast.walk(tree)
        for name in (
            [f"{node.module}.{one.name}" for one in node.names]
            if isinstance(node, ast.ImportFrom)
            else [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }

    assert not [one for one in imported if one.startswith((*APART, *TABLES))]


def test_its_empty_phrases_are_not_those_of_the_rule():
    ours = {stock._plain(one) for one in (*stock.PHRASES, *interim.SAYS_NOTHING)}
    theirs = {stock._plain(one) for one in (*phrases.EMPTY, *harder.PROSE)}

    assert len(theirs & ours) <= 3, theirs & ours


def test_it_puts_words_for_others_that_the_rule_does_not_know():
    known = [set(group) for group in SAME]
    unknown = [pair for pair in phrases.THESAURUS if not any(set(pair) <= group for group in known)]

    assert len(unknown) >= len(phrases.THESAURUS) / 2


def test_it_can_speak_of_everything_that_may_happen():
    spoken = set(happened.WHAT) | {kind for kind, _ in happened.SMALL}

    assert set(EventKind) - spoken == {EventKind.RAISED, EventKind.OTHER}
    assert (
        set(happened.WHAT)
        == set(happened.NOTHING)
        == set(happened.NEW_STEPS)
        == set(harder.NOTHING)
    )


def test_half_of_what_is_planted_is_hollow_and_a_seed_makes_the_same_again():
    first, again = (
        [
            (one.kind, one.hollow, one.before, one.after, one.answers)
            for one in plant(5, 80, hollow.KINDS, honest.KINDS)
        ]
        for _ in range(2)
    )

    assert first == again
    assert sum(is_hollow for _, is_hollow, *_ in first) == 40


@pytest.mark.parametrize("half", [None, 0, 1])
def test_reviews_that_change_nothing_are_found_and_honest_ones_left_alone(half):
    figures = judge(seed=1918, number=200, half=half)

    assert figures.recall >= RECALL, figures.worst
    assert figures.false_alarms <= FALSE_ALARMS, figures.worst
