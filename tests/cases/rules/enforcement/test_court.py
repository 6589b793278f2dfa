"""A day in court: which may be recorded, and what its clock waits for."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.reference.enforcement import BreachState
from cases.rules.enforcement.court import (
    asks_the_day,
    check_hearing,
    check_put_off,
    court_owed,
)
from staff.errors import RuleBroken

ACCEPTED = date(2018, 11, 23)
AT = datetime(2018, 11, 26, 10, tzinfo=UTC)


def test_no_court_hears_it_before_the_nps_accepted_it():
    known = {"court": "Reading", "set_on": None, "accepted_on": ACCEPTED}

    assert check_hearing(BreachState.ACCEPTED, ACCEPTED, **known) == "Reading"
    with pytest.raises(RuleBroken, match="accepted this breach on 23 November 2018"):
        check_hearing(BreachState.ACCEPTED, ACCEPTED - timedelta(days=1), **known)


def test_a_day_is_put_off_to_a_later_one():
    check_put_off(AT, AT + timedelta(days=20))
    for to in (AT, AT - timedelta(days=1)):
        with pytest.raises(RuleBroken, match="comes after this one"):
            check_put_off(AT, to)


@pytest.mark.parametrize("state", [BreachState.ACCEPTED, BreachState.SUMMONS, BreachState.WARRANT])
def test_a_clock_says_whether_it_waits_for_the_day_or_for_what_came_of_it(state):
    assert asks_the_day(court_owed(state, ACCEPTED, None).why)
    assert not asks_the_day(court_owed(state, ACCEPTED, AT.date()).why)
