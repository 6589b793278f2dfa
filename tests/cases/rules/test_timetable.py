from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest

from cases.rules.calendar import is_working_day
from cases.rules.timetable import hour_due, morning_due, night_due, opens_the_week

LONDON = ZoneInfo("Europe/London")


def minutes(first, days):
    """Every minute of real time, as the clock on the wall shows it."""
    start = datetime.combine(first, datetime.min.time(), UTC)
    return [(start + timedelta(minutes=n)).astimezone(LONDON) for n in range(days * 24 * 60)]


@pytest.mark.parametrize(
    "change", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 6, 10)], ids=str
)
def test_each_night_comes_once_whatever_the_clocks_do(change):
    nights = [night_due(now) for now in minutes(change - timedelta(days=1), 3)]

    assert [night for night, _ in groupby(nights)] == [
        change + timedelta(days=n) for n in range(-2, 2)
    ]


@pytest.mark.parametrize("change", [date(2026, 3, 29), date(2026, 10, 25)], ids=str)
def test_each_hour_comes_once_even_one_that_the_clocks_repeat(change):
    hours = [hour_due(now) for now in minutes(change, 1)]

    in_order = [hour for hour, _ in groupby(hours)]
    assert len(in_order) == len(set(in_order)) == 24
    assert max(map(len, in_order)) <= 20, "a slot of a run holds no more"


def test_the_night_is_named_by_the_day_it_begins():
    assert night_due(datetime(2026, 7, 2, 2, 29, tzinfo=LONDON)) == date(2026, 7, 1)
    assert night_due(datetime(2026, 7, 2, 2, 30, tzinfo=LONDON)) == date(2026, 7, 2)


@pytest.mark.parametrize(
    "first", [date(2026, 3, 26), date(2026, 10, 22), date(2026, 12, 24)], ids=str
)
def test_each_working_day_has_one_morning_and_other_days_have_none(first):
    """Eight days over a change of the clocks, or over Christmas."""
    found = [(now, morning_due(now)) for now in minutes(first, 8)]

    days = [day for day, _ in groupby(day for _, day in found if day)]
    assert days == [day for n in range(8) if is_working_day(day := first + timedelta(days=n))]
    assert {now.time() for now, day in found if day} == {
        now.time() for now, _ in found if time(7, 30) <= now.time() < time(19)
    }


def test_a_bank_holiday_proclaimed_since_has_no_morning():
    now = datetime(2026, 6, 10, 9, tzinfo=LONDON)

    assert morning_due(now) == date(2026, 6, 10)
    assert morning_due(now, frozenset({date(2026, 6, 10)})) is None


@pytest.mark.parametrize(
    "monday, opens",
    [
        (date(2026, 6, 8), date(2026, 6, 8)),
        (date(2026, 5, 4), date(2026, 5, 5)),  # May Day
        (date(2026, 12, 21), date(2026, 12, 21)),
        (date(2026, 12, 28), date(2026, 12, 29)),  # Boxing Day, in lieu of a Saturday
    ],
)
def test_a_week_opens_on_its_first_working_day(monday, opens):
    week = [monday + timedelta(days=n) for n in range(7)]

    assert [day for day in week if opens_the_week(day)] == [opens]
