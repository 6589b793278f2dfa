"""The days a project runs: each against a slow oracle that asks every day in turn."""

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from unpaidwork.reference.sites import Every
from unpaidwork.rules.availability import (
    Runs,
    WorkDay,
    days_of,
    first_day,
    holidays_between,
    runs_on,
)

START = date(2018, 1, 1)  # a Monday
DAYS = st.integers(0, 400).map(lambda days: START + timedelta(days=days))
ROWS = st.builds(
    Runs,
    pk=st.just(1),
    weekday=st.integers(0, 6),
    every=st.sampled_from(Every),
    from_on=DAYS,
    to_on=st.none() | DAYS,
    from_at=st.sampled_from([time(9), time(13)]),
    to_at=st.just(time(16)),
)


def row(**changes):
    given = {
        "pk": 1,
        "weekday": 1,
        "every": Every.WEEK,
        "from_on": date(2018, 5, 1),
        "to_on": None,
        "from_at": time(9),
        "to_at": time(16),
    }
    return Runs(**given | changes)


def days(*rows, first=date(2018, 5, 1), last=date(2018, 5, 31), closed=frozenset()):
    return [one.on.day for one in days_of(rows, first, last, closed)]


@given(st.lists(ROWS, max_size=4), DAYS, DAYS, st.frozensets(DAYS, max_size=20))
def test_days_are_those_that_each_row_names_when_asked_day_by_day(rows, first, last, closed):
    slow = {
        WorkDay(day, one.from_at, one.to_at)
        for day in (first + timedelta(days=n) for n in range((last - first).days + 1))
        for one in rows
        if day not in closed and runs_on(one, day)
    }

    assert days_of(rows, first, last, closed) == sorted(slow)


@given(ROWS, DAYS)
def test_a_row_runs_only_on_its_own_day_of_the_week_and_within_its_days(one, day):
    if runs_on(one, day):
        assert day.weekday() == one.weekday
        assert one.from_on <= day <= (one.to_on or day)


@given(ROWS, DAYS)
def test_a_window_cut_in_two_gives_the_same_days(one, middle):
    last = START + timedelta(days=420)
    whole = days_of([one], START, last)

    halves = days_of([one], START, middle) + days_of([one], middle + timedelta(days=1), last)

    assert whole == halves


def test_every_week_is_every_week():
    assert days(row()) == [1, 8, 15, 22, 29]


def test_every_second_week_counts_from_its_first_day_and_not_from_the_window():
    assert days(row(every=Every.FORTNIGHT, from_on=date(2018, 4, 24))) == [8, 22]


def test_once_is_its_first_day_alone():
    assert days(row(every=Every.ONCE, from_on=date(2018, 5, 8))) == [8]
    assert days(row(every=Every.ONCE, from_on=date(2018, 4, 24))) == []


def test_its_last_day_is_still_a_day():
    assert days(row(to_on=date(2018, 5, 15))) == [1, 8, 15]


def test_a_first_day_that_falls_on_another_day_of_the_week_waits_for_it():
    assert first_day(row(from_on=date(2018, 5, 2))) == date(2018, 5, 8)


def test_nobody_works_on_a_bank_holiday_nor_on_one_that_was_proclaimed_since():
    proclaimed = date(2018, 5, 15)
    closed = holidays_between(
        date(2018, 5, 1), date(2018, 5, 31), frozenset({proclaimed, date(2019, 1, 1)})
    )

    assert closed == {date(2018, 5, 7), date(2018, 5, 28), proclaimed}
    assert days(row(), row(weekday=0), closed=closed) == [1, 8, 14, 21, 22, 29]


def test_the_same_stretch_in_two_rows_is_one_session():
    assert days(row(), row(pk=2, every=Every.FORTNIGHT)) == [1, 8, 15, 22, 29]
