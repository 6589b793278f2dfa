"""How long the item of a breach may rest once the NPS was asked and has not answered."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.reference.enforcement import BreachState
from cases.rules.calendar import add_working_days, is_working_day
from cases.rules.enforcement.chasing import again_by, check_chase, say_silent, usual_again
from staff.errors import RuleBroken

MONDAY = date(2018, 10, 1)
DAYS = st.dates(date(2018, 1, 1), date(2019, 12, 31))


@settings(deadline=None)  # the first look loads the bank holidays
@given(today=DAYS, days=st.none() | st.integers(-30, 60))
def test_it_rests_a_week_at_most_and_never_beyond_the_last_safe_day_that_can_be_kept(today, days):
    lay_by = None if days is None else today + timedelta(days=days)

    latest, usual = again_by(today, lay_by), usual_again(today, lay_by)

    assert today < usual <= latest <= add_working_days(today, 5)
    assert is_working_day(latest)
    assert is_working_day(usual)
    next_day = add_working_days(today, 1)
    if lay_by is None or lay_by < today:
        assert latest == add_working_days(today, 5)
    else:
        assert latest <= max(lay_by, next_day)


def test_it_is_usually_looked_at_again_after_two_working_days():
    assert usual_again(MONDAY, None) == date(2018, 10, 3)
    assert usual_again(MONDAY, date(2018, 10, 2)) == date(2018, 10, 2)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"state": BreachState.RETURNED}, "does not wait for an answer"),
        ({"whom": " - "}, "Say whom you asked"),
        ({"again_on": MONDAY}, "Choose another day to look again. A working day after today"),
        ({"again_on": date(2018, 10, 9)}, "Monday 8 October 2018 at the latest"),
        ({"again_on": date(2018, 10, 6)}, "Choose another day"),
    ],
)
def test_what_would_let_it_rest_for_good_or_says_nothing_is_refused(changed, words):
    known = {"state": BreachState.SUBMITTED, "whom": "Jo  Hall, NPS", "again_on": date(2018, 10, 3)}
    known |= {"today": MONDAY, "latest": date(2018, 10, 8)}

    assert check_chase(**known) == "Jo Hall, NPS"
    with pytest.raises(RuleBroken, match=words):
        check_chase(**known | changed)


def test_the_history_says_until_when_however_the_day_is_written():
    assert say_silent(MONDAY) == say_silent("2018-10-01")
    assert say_silent(MONDAY).endswith("looked at again on 1 October 2018")
