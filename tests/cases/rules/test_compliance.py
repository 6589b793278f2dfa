from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.appointments import (
    ACCEPTABLE_ABSENCES,
    OUTCOMES,
    Called,
    Decided,
    Interpreter,
    Safe,
    ToldHow,
)
from cases.rules.calendar import working_days_between
from cases.rules.compliance import (
    Before,
    cautions,
    check_call,
    check_decision,
    is_early,
    pattern_words,
    reason_until,
)
from staff.errors import RuleBroken

HAPPENED = date(2018, 5, 3)  # a Thursday
CLEAR = Before(told_how=ToldHow.IN_PERSON, called=Called.SPOKE)
AWAITED = sorted(code for code, one in OUTCOMES.items() if one.awaits)
DAYS = st.dates(date(2016, 1, 1), date(2020, 12, 31))


def codes(before):
    return [one.code for one in cautions(before)]


def decision(**given):
    known = {
        "state": Decided.AWAITING,
        "to": Decided.FAILURE,
        "voluntary": False,
        "outcome": "AFTA",
        "reason": "",
        "because": "He said that he had forgotten.",
        "early": False,
    }
    return check_decision(**known | given)


@given(DAYS)
def test_a_reason_may_be_given_for_six_working_days(happened):
    assert working_days_between(happened, reason_until(happened)) == 6


@given(DAYS, st.integers(0, 30))
def test_a_letter_that_is_served_late_leaves_three_working_days_more(happened, later):
    served = happened + timedelta(days=later)

    until = reason_until(happened, served_on=served)

    assert until >= reason_until(happened)
    assert working_days_between(served, until) >= 3
    assert until == reason_until(happened) or working_days_between(served, until) == 3


def test_a_bank_holiday_is_no_working_day_of_it():
    assert reason_until(HAPPENED) == date(2018, 5, 14)  # 7 May was a bank holiday


def test_on_the_last_day_nobody_need_say_why_they_do_not_wait():
    until = reason_until(HAPPENED)

    assert is_early(until, until - timedelta(days=1))
    assert not is_early(until, until)


def test_where_nothing_stands_against_it_nothing_is_said():
    assert codes(CLEAR) == []


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("circumstances", {"circumstances": 1}),
        ("in_touch", {"in_touch": 2}),
        ("interpreter", {"needs_interpreter": True, "interpreter": Interpreter.TO_BOOK}),
        ("language", {"language": "Polish"}),
        ("not_rung", {"called": None}),
        ("not_told", {"told_how": ToldHow.NOT_YET}),
        ("reminder_failed", {"reminder_failed": True}),
        ("stood_down", {"stood_down": True}),
        ("early", {"reason_until": HAPPENED + timedelta(days=1), "today": HAPPENED}),
    ],
)
def test_each_thing_that_stands_against_a_failure_is_said_by_itself(code, changed):
    assert codes(replace(CLEAR, **changed)) == [code]


@pytest.mark.parametrize("outcome", AWAITED)
def test_a_voluntary_absence_is_never_a_failure(outcome):
    with pytest.raises(RuleBroken, match="voluntary"):
        decision(voluntary=True, outcome=outcome)


def test_a_failure_of_whoever_did_not_come_is_an_absence_without_good_reason():
    assert decision() == "UAAB"


@pytest.mark.parametrize("outcome", ["AFTC", "ATSH"])
def test_a_failure_of_whoever_came_stays_what_it_was(outcome):
    assert decision(outcome=outcome) == outcome


@pytest.mark.parametrize("outcome", ["AFTC", "ATSH"])
def test_what_went_wrong_at_an_attendance_may_be_acceptable(outcome):
    assert decision(outcome=outcome, to=Decided.ACCEPTABLE) == "AFDA"


@pytest.mark.parametrize("reason", sorted(ACCEPTABLE_ABSENCES))
def test_an_absence_that_is_accepted_says_the_reason(reason):
    assert decision(to=Decided.ACCEPTABLE, reason=reason) == reason


@pytest.mark.parametrize("reason", ["", "UAAB", "ATTC", "RSOF"])
def test_an_absence_is_accepted_for_no_other_reason(reason):
    with pytest.raises(RuleBroken, match="reason"):
        decision(to=Decided.ACCEPTABLE, reason=reason)


def test_late_proof_turns_a_failure_into_something_acceptable():
    found = decision(state=Decided.FAILURE, outcome="UAAB", to=Decided.ACCEPTABLE, reason="AAME")

    assert found == "AAME"


@pytest.mark.parametrize(
    ("state", "to"),
    sorted(
        (state, to)
        for state, to in product(Decided, Decided)
        if (state, to)
        not in {
            (Decided.AWAITING, Decided.ACCEPTABLE),
            (Decided.AWAITING, Decided.FAILURE),
            (Decided.FAILURE, Decided.ACCEPTABLE),
        }
    ),
)
def test_nothing_else_is_decided_again(state, to):
    with pytest.raises(RuleBroken):
        decision(state=state, to=to, reason="AAME")


def test_whoever_does_not_wait_says_why():
    with pytest.raises(RuleBroken, match="why you do not wait"):
        decision(early=True)
    assert decision(early=True, not_waiting="He rang to say that he will not come again.")


@pytest.mark.parametrize("because", ["", " ", "n/a", "-"])
def test_words_that_say_nothing_decide_nothing(because):
    with pytest.raises(RuleBroken):
        decision(because=because)


@pytest.mark.parametrize(
    ("called", "safe", "note", "refused"),
    [
        (Called.SPOKE, "", "", True),
        (Called.SPOKE, Safe.YES, "", False),
        (Called.SPOKE, Safe.NO, "", True),
        (Called.SPOKE, Safe.UNSURE, "He hung up when asked.", False),
        (Called.MESSAGE, "", "", False),
        (Called.MESSAGE, Safe.YES, "", True),
        (Called.NO_ANSWER, "", "", False),
        (Called.NOT_SAFE, "", "", True),
        (Called.NOT_SAFE, "", "Asked the hostel.", False),
        (Called.NO_NUMBER, "", "n/a", True),
    ],
)
def test_a_call_says_first_if_they_are_safe_and_what_was_done_where_nobody_rang(
    called, safe, note, refused
):
    if refused:
        with pytest.raises(RuleBroken):
            check_call(called, safe, note)
    else:
        check_call(called, safe, note)


def test_the_pattern_of_the_last_months_is_said_in_words():
    assert pattern_words(0, 0, 0) == "No appointment with an outcome is on record for that time."
    assert pattern_words(5, 1, 2) == (
        "Attended 5, absent with good reason 2, missed or not complied with 1."
    )
