from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.calendar import (
    add_working_days,
    bank_holidays,
    is_working_day,
    latest_start,
    working_days_between,
)

# As published for England and Wales, typed in apart from the library: substitute days included
PUBLISHED = """
2015-01-01 2015-04-03 2015-04-06 2015-05-04 2015-05-25 2015-08-31 2015-12-25 2015-12-28
2016-01-01 2016-03-25 2016-03-28 2016-05-02 2016-05-30 2016-08-29 2016-12-26 2016-12-27
2017-01-02 2017-04-14 2017-04-17 2017-05-01 2017-05-29 2017-08-28 2017-12-25 2017-12-26
2018-01-01 2018-03-30 2018-04-02 2018-05-07 2018-05-28 2018-08-27 2018-12-25 2018-12-26
2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26
2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28
2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19
2022-12-26 2022-12-27
2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25
2023-12-26
2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26
2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-08-28 2028-12-25 2028-12-26
2029-01-01 2029-03-30 2029-04-02 2029-05-07 2029-05-28 2029-08-27 2029-12-25 2029-12-26
2030-01-01 2030-04-19 2030-04-22 2030-05-06 2030-05-27 2030-08-26 2030-12-25 2030-12-26
"""
CLOSED = {date.fromisoformat(day) for day in PUBLISHED.split()}
FIRST, LAST = date(2015, 1, 1), date(2030, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
OPEN = [day for day in EVERY_DAY if day.weekday() < 5 and day not in CLOSED]  # the brute force
days = st.dates(FIRST, LAST)


@pytest.mark.parametrize("year", range(2015, 2031))
def test_the_bank_holidays_on_weekdays_are_those_published(year):
    known = {day for day in bank_holidays(year) if day.weekday() < 5}

    assert known == {day for day in CLOSED if day.year == year}


def test_a_working_day_is_a_weekday_that_is_not_a_bank_holiday():
    assert [day for day in EVERY_DAY if is_working_day(day)] == OPEN


@given(days, st.integers(0, 80))
def test_adding_working_days_lands_on_the_nth_of_the_calendar(day, number):
    after = [other for other in OPEN if other > day][:number]
    if len(after) < number:
        return  # beyond the years published

    assert add_working_days(day, number) == (after[-1] if number else day)


@given(days, days)
def test_working_days_between_counts_the_end_and_not_the_start(one, other):
    start, end = sorted([one, other])

    counted = working_days_between(start, end)

    assert counted == sum(start < day <= end for day in OPEN)
    assert working_days_between(end, start) == -counted


@given(days, st.integers(0, 80))
def test_so_many_working_days_after_a_day_there_are_so_many_between(day, number):
    assert working_days_between(day, add_working_days(day, number)) == number


@given(days, st.integers(1, 40))
def test_the_latest_start_is_the_last_day_from_which_so_many_have_passed(today, number):
    start = latest_start(number, today)

    assert working_days_between(start, today) >= number
    assert working_days_between(start + timedelta(days=1), today) < number


def test_five_working_days_from_20_december_2024_are_new_years_eve():
    assert add_working_days(date(2024, 12, 20), 5) == date(2024, 12, 31)


def test_years_before_2000_are_counted_too():
    assert working_days_between(date(1999, 12, 24), date(2000, 1, 4)) == 3


def test_a_day_proclaimed_since_is_no_working_day():
    proclaimed = frozenset([date(2026, 6, 15)])

    assert not is_working_day(date(2026, 6, 15), proclaimed)
    assert add_working_days(date(2026, 6, 12), 1, proclaimed) == date(2026, 6, 16)
    assert working_days_between(date(2026, 6, 12), date(2026, 6, 16), proclaimed) == 1
