"""How long until somebody leaves, in words and bands."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttg.rules.days_left import NEAR, Band, band_of, is_in, say_leaves, say_left

TODAY = date(2018, 11, 28)


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (-1, Band.OVERDUE),
        (0, Band.WEEK),
        (7, Band.WEEK),
        (8, Band.FORTNIGHT),
        (14, Band.FORTNIGHT),
        (15, Band.MONTH),
        (28, Band.MONTH),
        (56, Band.TWO_MONTHS),
        (84, Band.QUARTER),
        (85, Band.LATER),
    ],
)
def test_each_day_stands_in_the_narrowest_band(days, band):
    assert band_of(TODAY + timedelta(days=days), TODAY) == band


def test_a_day_nobody_knows_stands_by_itself():
    assert band_of(None, TODAY) == Band.UNKNOWN


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (None, "The day they leave is not known"),
        (date(2018, 12, 21), "Leaves in 23 days, on Friday 21 December 2018"),
        (date(2018, 11, 29), "Leaves tomorrow, Thursday 29 November 2018"),
        (TODAY, "Leaves today, Wednesday 28 November 2018"),
        (date(2018, 11, 27), "Was to leave 1 day ago, on Tuesday 27 November 2018"),
    ],
)
def test_how_long_is_left_is_said_with_the_day_of_the_week(day, words):
    assert say_leaves(day, TODAY) == words


def test_whoever_has_left_is_said_to_have_left():
    assert say_left(TODAY) == "Left on Wednesday 28 November 2018"


@given(st.dates(date(2018, 1, 1), date(2019, 12, 31)))
def test_later_days_never_stand_in_an_earlier_band(day):
    order = list(Band)

    assert order.index(band_of(day, TODAY)) <= order.index(band_of(day + timedelta(days=1), TODAY))


@given(st.dates(date(2018, 1, 1), date(2019, 12, 31)))
def test_four_weeks_asked_for_together_are_the_days_from_today_to_the_28th(day):
    assert is_in(NEAR, day, TODAY) == (0 <= (day - TODAY).days <= 28)
    assert [band for band in Band if is_in(band, day, TODAY)] == [band_of(day, TODAY)]


def test_nobody_whose_day_is_not_known_leaves_within_four_weeks():
    assert not is_in(NEAR, None, TODAY)
