import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.checks import EnquiryState, Reply
from cases.rules.replies import (
    answer_about,
    check_answers,
    check_right,
    is_worse,
    overall,
    why_none_is_taken,
)
from staff.errors import RuleBroken

N, S, P, R = Reply  # no trace, said something, partial, refused


@pytest.mark.parametrize(
    "answers, whole",
    [
        ([N, N], N),
        ([R, R], R),
        ([S], S),
        ([N, S], S),
        ([N, ""], P),
        ([S, ""], P),
        ([S, P], P),
        ([N, R], P),
        ([P, P], P),
        (["", R], P),
    ],
)
def test_what_was_answered_about_each_comes_to_one_reply(answers, whole):
    assert overall(answers) == whole


@pytest.mark.parametrize("answers", [[], ["", ""]])
def test_an_answer_about_nobody_is_no_reply(answers):
    with pytest.raises(RuleBroken, match="at least one"):
        overall(answers)


@given(st.lists(st.sampled_from([*Reply, ""]), min_size=1).filter(any))
def test_no_trace_as_a_whole_is_no_trace_of_everybody(answers):
    assert (overall(answers) == N) == (set(answers) == {N})


def test_a_reply_recorded_as_a_whole_speaks_of_everybody():
    assert answer_about("", ["", ""], N) == N


def test_part_of_an_answer_recorded_as_a_whole_speaks_of_nobody():
    assert answer_about("", ["", ""], P) == ""


def test_a_reply_recorded_of_each_says_nothing_of_the_others():
    assert answer_about("", ["", N], P) == ""
    assert answer_about(N, ["", N], P) == N


@pytest.mark.parametrize("answer", [S, P, R])
def test_all_but_no_trace_comes_with_its_words(answer):
    with pytest.raises(RuleBroken, match="what the agency said"):
        check_answers({1: N, 2: answer}, {1, 2}, " ")


def test_an_answer_about_somebody_who_was_not_asked_about_is_refused():
    with pytest.raises(RuleBroken, match="not among those"):
        check_answers({3: N}, {1, 2}, "")


def test_those_left_out_make_it_part_of_an_answer():
    assert check_answers({1: N}, {1, 2}, "") == P


def test_only_an_enquiry_that_waits_for_a_reply_takes_one():
    taking = [state for state in EnquiryState if not why_none_is_taken(state, None)]

    assert taking == [EnquiryState.SENT]


def test_an_enquiry_with_a_reply_says_who_recorded_it_and_when():
    first = ("Pat Lane", "3 May 2018 at 9am")

    said = why_none_is_taken(EnquiryState.ANALYSED, first)

    assert said == "Pat Lane recorded a reply to this enquiry on 3 May 2018 at 9am."


@pytest.mark.parametrize(
    "was, said, worse",
    [
        ({1: N}, {1: S}, True),  # known after all
        ({1: N}, {}, True),  # nobody has said that there is no trace
        ({1: N}, {1: R}, True),
        ({1: R}, {1: S}, True),
        ({}, {1: S}, True),
        ({1: N, 2: S}, {1: S, 2: N}, True),  # the one was taken for the other
        ({1: S}, {1: N}, False),
        ({1: S}, {}, False),
        ({1: S, 2: N}, {1: S, 2: N}, False),
        ({1: P}, {1: R}, False),
    ],
)
def test_it_is_worse_where_somebody_is_told_of_or_no_longer_without_trace(was, said, worse):
    assert is_worse(was, said) == worse


@pytest.mark.parametrize("state", EnquiryState)
def test_only_a_reply_that_stands_is_put_right(state):
    if state in (EnquiryState.REPLIED, EnquiryState.ANALYSED):
        check_right(state, False, "It was misread.")
    else:
        with pytest.raises(RuleBroken, match="taken the place|no reply to put right"):
            check_right(state, False, "It was misread.")


@pytest.mark.parametrize("same, because", [(True, "It was misread."), (False, " ")])
def test_a_reply_is_put_right_for_a_reason_and_to_something_else(same, because):
    with pytest.raises(RuleBroken):
        check_right(EnquiryState.ANALYSED, same, because)
