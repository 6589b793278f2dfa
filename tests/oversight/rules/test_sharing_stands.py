"""A proposal as it is edited and published: officers before and after, a case moved by hand, and what is said to warnings."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cases.rules.gaps import gates
from oversight.reference.allocation import Training
from oversight.rules.comparing_facts import CaseFacts, Held
from oversight.rules.sharing_facts import ToShare
from oversight.rules.sharing_said import Warned, check_said, in_the_record
from oversight.rules.sharing_stands import (
    check_moved,
    choices_for,
    loads_with,
    of_a_pair,
    over_full,
    stands_of,
)
from oversight.rules.workload import Excess
from staff.errors import RuleBroken
from tests.oversight.rules.a_team import ANN, BOB, TODAY
from tests.oversight.rules.workload_policy import POLICY

WHY = "They have worked together before, and both agree."
ANN, BOB = replace(ANN, points=100, available=1000, cases=5), replace(BOB, points=300, available=1000, cases=6)  # fmt: skip


def case(key, points=100, holder=None, **facts):
    before = (Held(holder, TODAY),) if holder else ()
    return CaseFacts(key, points, crn=f"X{key:06}", group="M0", holder=holder, before=before, **facts)  # fmt: skip


def asked(*cases, officers=(ANN, BOB), **given):
    return ToShare(cases, officers, TODAY, **given)


# Officers before and after


def test_each_officer_stands_with_what_they_hold_besides_and_what_they_get_and_give():
    question = asked(case(1, holder=1), case(2, 50, holder=1), case(3))

    ann, bob = stands_of(question, {1: 2, 2: 1, 3: 2})

    assert (ann.before.total, ann.after.total) == (250, 150)
    assert (bob.before.total, bob.after.total) == (300, 500)
    assert (ann.cases_before, ann.cases_after, bob.cases_before, bob.cases_after) == (5, 4, 6, 8)
    assert (ann.moves, bob.moves) == ("gives 1 case away", "gets 2 cases")
    assert (ann.share, bob.share) == (325, 325)
    assert (ann.before.percent, bob.after.percent) == (Decimal("25.0"), Decimal("50.0"))


def test_one_who_gets_and_gives_and_one_of_whom_nothing_changes():
    question = asked(case(1, holder=1), case(2, holder=2))
    assert [one.moves for one in stands_of(question, {1: 2, 2: 1})] == ["gets 1 case and gives 1 case away"] * 2  # fmt: skip
    assert [one.moves for one in stands_of(question, {1: 1, 2: 2})] == ["no change", "no change"]


def test_a_case_that_nobody_has_yet_stands_with_nobody():
    ann, bob = stands_of(asked(case(1), case(2)), {1: 1})
    assert (ann.after.total, bob.after.total) == (200, 300)
    assert loads_with(asked(case(1), case(2)), {1: 1, 2: 2}, but=2) == {1: 200, 2: 300}


# One case by hand


def test_each_officer_is_compared_with_all_else_as_it_is_proposed():
    full = replace(POLICY, full_percent=40)
    question = asked(case(1), case(2, 250))

    ann, bob = choices_for(question.cases[0], question, full, {1: 1, 2: 1})

    assert (ann.after.percent, bob.after.percent) == (Decimal("45.0"), Decimal("40.0"))
    assert [one.key for one in ann.found] == ["capacity"]
    assert (list(bob.found), of_a_pair(ann.found)) == ([], [])
    (alone,) = choices_for(question.cases[0], question, full, {2: 1}, only=2)
    assert alone == bob


def test_a_warning_needs_a_sentence_and_what_refuses_no_sentence_clears():
    question = asked(case(1, asks_for=frozenset({Training.CHILD})), officers=(replace(ANN, trained=frozenset()), BOB))  # fmt: skip
    ann, bob = choices_for(question.cases[0], question, POLICY, {})

    with pytest.raises(RuleBroken, match="not trained in safeguarding"):
        check_moved(ann, "n/a", stays=False)
    assert check_moved(ann, WHY, stays=False) == WHY
    assert check_moved(bob, "", stays=False) == ""

    kept_from = replace(question.cases[0], kept_from=frozenset({2}))
    (refused,) = choices_for(kept_from, question, POLICY, {}, only=2)
    assert refused.refused
    assert gates(refused.found)
    with pytest.raises(RuleBroken, match="keeps this person from Bob Ray"):
        check_moved(refused, WHY, stays=False)


def test_that_a_case_stays_where_it_is_asks_for_nothing():
    question = asked(case(1, holder=1, asks_for=frozenset({Training.CHILD})), officers=(replace(ANN, trained=frozenset()), BOB))  # fmt: skip
    ann, _ = choices_for(question.cases[0], question, POLICY, {})

    assert check_moved(ann, "", stays=True) == ""
    assert check_moved(ann, "Nobody else may", stays=True) == "Nobody else may."


# What is said to warnings


def test_whoever_gets_more_than_there_is_room_for_is_named_once_for_all():
    excess = Excess(date(2018, 8, 6), 8)
    busy = replace(BOB, points=900, excess=excess)
    question = asked(case(1, 200), case(2), officers=(ANN, busy))

    found = over_full(stands_of(question, {1: 2, 2: 1}), POLICY)

    assert found == {
        "capacity": "With all that they get Bob Ray would be at 110.0% of what they have room for.",
        "excessive": f"Bob Ray: {excess.sentence}",
    }
    assert over_full(stands_of(question, {1: 1, 2: 1}), POLICY) == {}


def test_each_kind_of_warning_asks_for_one_sentence():
    rows = [{"key": "wish", "rule": "A woman who asks for a woman has one"}, {"key": "travel", "rule": "Near enough to come"}]  # fmt: skip
    kinds = Warned.gathered(
        [("X2", rows[0]), ("X1", rows[0]), ("X1", rows[1])], {"capacity": "Bob would be at 120%."}
    )

    assert [(one.key, one.crns) for one in kinds] == [("travel", ("X1",)), ("wish", ("X1", "X2")), ("capacity", ())]  # fmt: skip
    assert [one.words for one in kinds] == [
        "Near enough to come: not so in 1 case.",
        "A woman who asks for a woman has one: not so in 2 cases.",
        "Bob would be at 120%.",
    ]
    with pytest.raises(RuleBroken, match="not so in 2 cases. Bob would be at 120%."):
        check_said(kinds, {"travel": WHY, "wish": "n/a"})
    said = {"travel": WHY, "wish": "She was asked, and agrees", "capacity": WHY, "other": "x"}
    assert check_said(kinds, said) == {"travel": WHY, "wish": "She was asked, and agrees.", "capacity": WHY}  # fmt: skip


def test_the_record_is_told_how_many_went_together_and_what_spoke_for_the_officer():
    assert in_the_record(["They held it until 3 May 2018."], WHY, 3) == (
        "Shared out by what each officer has room for, together with 2 other cases. They held it until 3 May 2018. "
        f"{WHY}"
    )
    assert in_the_record([], "", 1) == "Shared out by what each officer has room for."
