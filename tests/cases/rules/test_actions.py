"""What an analysis of a reply must say: all that it changes, each once, and never something and nothing."""

from itertools import chain, combinations

import pytest

from cases.reference.checks import Changes
from cases.rules.actions import check_analysis
from cases.rules.checks import say_changes
from staff.errors import RuleBroken

STEP = [("Meet the school", "Sam Field", None)]
SOMETHING = [one for one in Changes if one != Changes.NOTHING]
EVERY_SET = list(
    chain.from_iterable(combinations(Changes, size) for size in range(len(Changes) + 1))
)


@pytest.mark.parametrize("changes", EVERY_SET, ids="-".join)
def test_of_every_set_of_choices_those_are_taken_that_change_something_or_nothing(changes):
    taken = bool(changes) and (changes == (Changes.NOTHING,) or Changes.NOTHING not in changes)

    if taken:
        twice = [*reversed(changes), *changes]
        assert check_analysis(twice, "Worse than we thought.", STEP) == list(changes)
    else:
        with pytest.raises(RuleBroken, match="changes"):
            check_analysis(changes, "Worse than we thought.", STEP)


@pytest.mark.parametrize("changes", [one for one in EVERY_SET if one and set(one) <= set(SOMETHING)], ids="-".join)  # fmt: skip
def test_what_changes_the_plan_puts_something_in_it_whatever_else_it_changes(changes):
    if Changes.PLAN in changes:
        with pytest.raises(RuleBroken, match="by whom and by when"):
            check_analysis(changes, "See the school.", [])
    else:
        assert check_analysis(changes, "See the school.", []) == list(changes)


@pytest.mark.parametrize(
    "changes, says",
    [
        ([Changes.NOTHING], "It changes nothing"),
        ([Changes.PLAN], "It changes the plan"),
        ([Changes.RISK, Changes.PLAN], "It changes the risk of harm and the plan"),
        (
            [Changes.RISK, Changes.FLAG, Changes.CONTACT],
            "It changes the risk of harm, a register or flag and the contact level",
        ),
    ],
)
def test_what_it_changes_reads_as_one_sentence(changes, says):
    assert say_changes(changes) == says
