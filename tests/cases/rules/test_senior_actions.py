from datetime import date, timedelta

import pytest

from cases.reference.senior_actions import SENIOR_ACTION_MAY_BECOME, SeniorActionState
from cases.rules.senior_actions import (
    MOST_DAYS,
    SAY,
    check_becomes,
    check_due,
    check_has_officer,
    check_says,
)
from staff.errors import RuleBroken

TODAY = date(2018, 10, 1)


@pytest.mark.parametrize("state", sorted(SeniorActionState))
@pytest.mark.parametrize("to", sorted(SeniorActionState))
def test_it_goes_only_where_the_table_lets_it(state, to):
    if to in SENIOR_ACTION_MAY_BECOME[state]:
        check_becomes(state, to)
        return
    with pytest.raises(RuleBroken):
        check_becomes(state, to)


@pytest.mark.parametrize(
    "days, taken", [(-1, False), (0, True), (MOST_DAYS, True), (MOST_DAYS + 1, False)]
)
def test_the_day_is_the_seniors_from_today_for_half_a_year(days, taken):
    due_on = TODAY + timedelta(days=days)
    if taken:
        check_due(due_on, TODAY)
        return
    with pytest.raises(RuleBroken, match="Choose"):
        check_due(due_on, TODAY)


@pytest.mark.parametrize("box", sorted(SAY))
@pytest.mark.parametrize("words", ["", "  ", "n/a", "none identified", None])
def test_what_says_nothing_is_refused_with_what_is_asked_for(box, words):
    with pytest.raises(RuleBroken, match=SAY[box].split(",")[0]):
        check_says(**{box: words})


def test_what_says_something_is_given_back_trimmed():
    assert check_says(what="  Ring his mother.  ") == {"what": "Ring his mother."}


def test_a_case_of_nobody_has_nobody_who_would_do_it():
    check_has_officer(object())
    with pytest.raises(RuleBroken, match="Name an officer first"):
        check_has_officer(None)
