from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.deadlines import KINDS
from cases.reference.enforcement import RECALL_MAY_BECOME, RECALL_OVER, RecallState
from cases.reference.recall import PART_A, Alternative, Term
from cases.rules.enforcement.recalls import (
    ANSWERED_BY,
    CLOCKS,
    ENDED_FOR_A_REASON,
    OUTSIDE,
    OWED,
    check_countersign,
    check_part_a,
    check_said,
    check_step,
    request_by,
    term_of,
    to_do,
)
from staff.errors import RuleBroken

SAID = {one.code: "He moved to an address that his licence forbids." for one in PART_A}
TRIED = {str(one): "Tried in September, and he did not keep to it." for one in Alternative}


@given(st.lists(st.sampled_from(sorted(RecallState)), max_size=10))
def test_no_sequence_of_steps_leaves_the_table(steps):
    state = RecallState.DISCUSSED
    for to in steps:
        if to in RECALL_MAY_BECOME[state]:
            check_step(state, to)
            state = to
        else:
            with pytest.raises(RuleBroken, match="is not open to it"):
                check_step(state, to)


def test_nothing_reaches_the_nps_without_a_countersignature():
    before = {state for state, to in RECALL_MAY_BECOME.items() if RecallState.WITH_NPS in to}

    assert before == {RecallState.COUNTERSIGNED}


def test_somebody_owes_something_until_it_is_over():
    assert set(OWED) == set(RecallState) - RECALL_OVER
    assert set(CLOCKS) <= KINDS.keys()
    assert set(ANSWERED_BY) == set(CLOCKS)


def test_a_whole_part_a_leaves_nothing_to_do():
    assert to_do(said=SAID, tried=TRIED) == []
    check_part_a(said=SAID, tried=TRIED, emergency=False)


@pytest.mark.parametrize("question", PART_A, ids=lambda one: one.code)
def test_each_question_of_part_a_is_asked_for(question):
    (found,) = to_do(said=SAID | {question.code: "n/a"}, tried=TRIED)

    assert found.key == f"said.{question.code}"
    with pytest.raises(RuleBroken, match="Part A does not say"):
        check_part_a(said=SAID | {question.code: ""}, tried=TRIED, emergency=False)


@pytest.mark.parametrize("alternative", sorted(Alternative))
def test_each_alternative_is_tried_or_said_not_to_be(alternative):
    without = {key: words for key, words in TRIED.items() if key != alternative}

    (found,) = to_do(said=SAID, tried=without)

    assert found.key == f"tried.{alternative}"


def test_an_emergency_waits_for_three_answers_alone():
    three = {code: SAID[code] for code in ("what", "risk", "managed")}

    check_part_a(said=three, tried={}, emergency=True)
    for code in three:
        with pytest.raises(RuleBroken):
            check_part_a(said=three | {code: ""}, tried={}, emergency=True)
    with pytest.raises(RuleBroken):
        check_part_a(said=three, tried={}, emergency=False)


def test_nobody_countersigns_their_own():
    with pytest.raises(RuleBroken, match="another senior"):
        check_countersign(asked_by=1, by=1, words="", goes=True)

    check_countersign(asked_by=1, by=2, words="", goes=True)


def test_whoever_sends_it_back_says_why():
    with pytest.raises(RuleBroken, match="put right"):
        check_countersign(asked_by=1, by=2, words="-", goes=False)


@pytest.mark.parametrize("to", sorted(OUTSIDE))
def test_an_answer_from_outside_has_a_name(to):
    with pytest.raises(RuleBroken, match="Name who decided"):
        check_said(to, "They can be managed with a curfew.", "")


@pytest.mark.parametrize("to", sorted(ENDED_FOR_A_REASON))
def test_an_end_without_recall_has_a_reason(to):
    with pytest.raises(RuleBroken, match="Say why"):
        check_said(to, "as above", "B Senior, NPS Reading")

    check_said(to, "They can be managed with a curfew.", "B Senior, NPS Reading")


@pytest.mark.parametrize(
    ("from_on", "to_on", "term"),
    [
        (date(2018, 1, 1), date(2018, 12, 30), Term.FIXED_14),
        (date(2018, 1, 1), date(2018, 12, 31), Term.FIXED_28),  # twelve months
        (date(2016, 2, 29), date(2017, 2, 26), Term.FIXED_14),
        (date(2016, 2, 29), date(2017, 2, 27), Term.FIXED_28),
        (None, date(2018, 12, 31), None),
        (date(2018, 1, 1), None, None),
    ],
)
def test_the_fixed_term_goes_by_the_length_of_the_sentence(from_on, to_on, term):
    assert term_of(from_on, to_on) == term


def test_the_request_is_due_a_day_later_to_the_minute_and_over_a_weekend():
    begun = datetime(2018, 11, 23, 17, 5, tzinfo=ZoneInfo("Europe/London"))  # a Friday

    assert request_by(begun) == begun + timedelta(days=1)
