"""Quiet hours: when the system may write to staff, by the clock on the wall in London."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.calendar import is_working_day
from cases.rules.quiet import CLOSES, OPENS, not_before

LONDON = ZoneInfo("Europe/London")


def at(*moment):
    return datetime(*moment, tzinfo=LONDON)


@pytest.mark.parametrize(
    "now, goes",
    [
        (at(2018, 10, 3, 12, 0), at(2018, 10, 3, 12, 0)),
        (at(2018, 10, 3, 7, 29), at(2018, 10, 3, 7, 30)),
        (at(2018, 10, 3, 7, 30), at(2018, 10, 3, 7, 30)),
        (at(2018, 10, 3, 18, 59), at(2018, 10, 3, 18, 59)),
        (at(2018, 10, 3, 19, 0), at(2018, 10, 4, 7, 30)),
        (at(2018, 10, 5, 20, 0), at(2018, 10, 8, 7, 30)),  # a Friday evening
        (at(2018, 10, 6, 12, 0), at(2018, 10, 8, 7, 30)),  # a Saturday
        (at(2018, 12, 24, 19, 30), at(2018, 12, 27, 7, 30)),  # over Christmas and Boxing Day
        (at(2018, 10, 26, 23, 0), at(2018, 10, 29, 7, 30)),  # the clocks go back meanwhile
        (at(2018, 3, 23, 23, 0), at(2018, 3, 26, 7, 30)),  # and forward
    ],
)
def test_nothing_goes_at_night_at_weekends_or_on_bank_holidays(now, goes):
    assert not_before(now, urgent=False) == goes


def test_what_somebody_could_be_hurt_by_waits_for_nothing():
    night = at(2018, 12, 25, 3, 0)

    assert not_before(night, urgent=True) == night


def test_a_bank_holiday_that_the_policy_adds_is_quiet_too():
    day = at(2018, 10, 3, 12, 0)

    assert not_before(day, urgent=False, extra=frozenset({date(2018, 10, 3)})) == at(
        2018, 10, 4, 7, 30
    )


@given(st.integers(0, 366 * 24 * 60))
def test_it_always_goes_in_working_hours_within_five_days(minute):
    now = (datetime(2018, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)).astimezone(LONDON)

    goes = not_before(now, urgent=False)

    assert now <= goes <= now + timedelta(days=5)
    assert is_working_day(goes.date())
    assert OPENS <= goes.time() < CLOSES
