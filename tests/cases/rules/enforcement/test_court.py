"""A day in court: which may be recorded, and what its clock waits for."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.reference.enforcement import BreachState
from cases.rules.enforcement.court import (
    asks_the_day,
    check_hearing,
    check_near,
    check_put_off,
    court_owed,
    ring_them,
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


def test_a_day_in_court_is_within_a_year():
    check_near(date(2019, 11, 24), ACCEPTED)
    with pytest.raises(RuleBroken, match="25 November 2019 is more than a year ahead"):
        check_near(date(2019, 11, 25), ACCEPTED)


def test_the_officer_hears_which_day_it_is_or_that_there_is_none():
    said = "X1: the day in court is 26 November 2018, and the letter that went to them does not say so. Ring them."
    assert ring_them("X1", AT.date()) == said
    assert "the day in court is called off" in ring_them("X1", None)
    again = ring_them("X1", AT.date(), again=True)
    assert again.startswith("X1: the day in court is 26 November 2018 after all. Ring them")
