from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.reference.supervision import MAY_BECOME, ONCE_SIGNED, UNFINISHED, SupervisionState
from oversight.rules.supervised import (
    MOST_AHEAD,
    Stands,
    check_becomes,
    check_names_no_case,
    check_next,
    check_planned,
    check_takes_actions,
    interval,
)
from staff.errors import RuleBroken

TODAY = date(2018, 10, 1)
DAYS = st.one_of(st.none(), st.dates(date(2017, 1, 1), date(2019, 12, 31)))


@pytest.mark.parametrize(
    "last, planned_on, stands, words",
    [
        (None, None, Stands.NEVER, "None was recorded here yet, and none is planned."),
        (None, date(2018, 10, 8), Stands.NEVER, "Planned for 8 October 2018."),
        (date(2018, 9, 3), date(2018, 10, 8), Stands.ON_TIME, "Planned for 8 October 2018."),
        (date(2018, 9, 3), date(2018, 10, 1), Stands.ON_TIME, "Planned for 1 October 2018."),
        (
            date(2018, 9, 3), None, Stands.TO_PLAN,
            "Owed by 15 October 2018: 6 weeks after the last. None is planned.",
        ),
        (
            date(2018, 9, 3), date(2018, 9, 28), Stands.TO_PLAN,
            "Owed by 15 October 2018: 6 weeks after the last. It was planned for 28 September 2018.",
        ),
        (date(2018, 8, 20), None, Stands.TO_PLAN, "Owed by 1 October 2018: 6 weeks after the last. None is planned."),
        (date(2018, 8, 19), None, Stands.OVERDUE, "Owed by 30 September 2018: 6 weeks after the last."),
        (
            date(2018, 8, 19), date(2018, 10, 8), Stands.OVERDUE,
            "Owed by 30 September 2018: 6 weeks after the last. Planned for 8 October 2018.",
        ),
    ],
)  # fmt: skip
def test_where_it_stands_follows_from_the_last_and_the_policy(last, planned_on, stands, words):
    found = interval(last, planned_on, 6, TODAY)

    assert (found.stands, found.words) == (stands, words)


@given(DAYS, DAYS, st.integers(1, 52))
def test_it_is_overdue_exactly_once_the_weeks_are_over_and_more_weeks_never_make_it_so(
    last, planned_on, weeks
):
    found = interval(last, planned_on, weeks, TODAY)

    over = last is not None and last + timedelta(weeks=weeks) < TODAY
    assert (found.stands == Stands.OVERDUE) == over
    if not over:
        assert interval(last, planned_on, weeks + 1, TODAY).stands != Stands.OVERDUE


@pytest.mark.parametrize("state", sorted(SupervisionState))
@pytest.mark.parametrize("to", sorted(SupervisionState))
def test_it_goes_only_where_the_table_lets_it(state, to):
    if to in MAY_BECOME[state]:
        check_becomes(state, to)
        return
    with pytest.raises(RuleBroken):
        check_becomes(state, to)


def test_what_is_signed_is_changed_no_more_but_read():
    assert {to for one in ONCE_SIGNED for to in MAY_BECOME[one]} == {SupervisionState.READ}
    assert set(SupervisionState) - UNFINISHED - ONCE_SIGNED == {SupervisionState.CALLED_OFF}


@pytest.mark.parametrize(
    "words",
    ["Rang X123456.", "(x12345)", "the two of T100010 and of nobody", "X 123456", "Rang X-12345."],
)
def test_a_crn_is_refused_in_what_is_on_no_case(words):
    with pytest.raises(RuleBroken, match="Leave the CRN out"):
        check_names_no_case("We talked.", words)


@pytest.mark.parametrize(
    "words",
    ["", "Form B1234 went on 12/10/2018.", "Room X1, at 09:30", "EX123456", "a 12500 pound grant"],
)
def test_words_without_a_crn_are_taken(words):
    assert check_names_no_case("We talked.", words) is None
    with pytest.raises(RuleBroken, match="Leave the CRN out"):
        check_names_no_case("We talked.", f"{words} X123456")


@pytest.mark.parametrize("state", sorted(SupervisionState))
def test_actions_are_agreed_while_it_is_held_and_at_no_other_time(state):
    if state == SupervisionState.HELD:
        check_takes_actions(state)
        return
    with pytest.raises(RuleBroken):
        check_takes_actions(state)


@pytest.mark.parametrize(
    "days, taken", [(-1, False), (0, True), (MOST_AHEAD.days, True), (MOST_AHEAD.days + 1, False)]
)
def test_it_is_planned_from_today_for_half_a_year(days, taken):
    planned_on = TODAY + timedelta(days=days)
    if taken:
        check_planned(planned_on, TODAY)
        return
    with pytest.raises(RuleBroken):
        check_planned(planned_on, TODAY)


@pytest.mark.parametrize("days, taken", [(0, False), (1, True)])
def test_the_next_comes_after_this_one(days, taken):
    next_on = TODAY + timedelta(days=days)
    if taken:
        check_next(next_on, TODAY, TODAY)
        return
    with pytest.raises(RuleBroken):
        check_next(next_on, TODAY, TODAY)
