from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest

from cases.rules.timetable import hour_due, night_due

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
