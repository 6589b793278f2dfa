"""Working days of England and Wales: Monday to Friday less bank holidays.

Sources: Banking and Financial Dealings Act 1971 and the proclamations of single years, as the
`holidays` library keeps them; a day proclaimed since is added to the policy "clocks".
"""

from datetime import date, timedelta
from functools import cache, lru_cache

import holidays

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Every bank holiday of that year. Wales keeps the same days as England."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year, expand=False))


def is_working_day(day: date, extra: frozenset[date] = frozenset()) -> bool:
    """`extra` are bank holidays that the library does not know of."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year) and day not in extra


@lru_cache(maxsize=20_000)
def add_working_days(day: date, number: int, extra: frozenset[date] = frozenset()) -> date:
    """The working day that is `number` of them after this day, which is day 0 whatever day it is.

    Nought working days after a Saturday is that Saturday.
    """
    while number > 0:
        day += ONE_DAY
        number -= is_working_day(day, extra)
    return day


@lru_cache(maxsize=20_000)
def working_days_before(day: date, number: int, extra: frozenset[date] = frozenset()) -> date:
    """The working day that is `number` of them before this day."""
    while number > 0:
        day -= ONE_DAY
        number -= is_working_day(day, extra)
    return day


def working_days_between(start: date, end: date, extra: frozenset[date] = frozenset()) -> int:
    """How many working days have passed by `end`, the start not counted and the end counted.

    Negative when the end comes first.
    """
    if end < start:
        return -working_days_between(end, start, extra)
    return _working_days_to(end, extra) - _working_days_to(start, extra)


@lru_cache(maxsize=20_000)
def latest_start(number: int, today: date, extra: frozenset[date] = frozenset()) -> date:
    """The last day from which `number` working days have passed by today."""
    day = today
    while working_days_between(day, today, extra) < number:
        day -= ONE_DAY
    return day


@lru_cache(maxsize=20_000)
def _working_days_to(day: date, extra: frozenset[date]) -> int:
    """Working days from the first of the year 2000 up to and including this day."""
    before = _working_days_before(day.year, extra)
    first = date(day.year, 1, 1)
    return before + sum(
        is_working_day(first + n * ONE_DAY, extra) for n in range((day - first).days + 1)
    )


@cache
def _working_days_before(year: int, extra: frozenset[date]) -> int:
    if year == 2000:
        return 0
    step = 1 if year > 2000 else -1
    of_a_year = year - 1 if year > 2000 else year
    return _working_days_before(year - step, extra) + step * _working_days_in(of_a_year, extra)


@cache
def _working_days_in(year: int, extra: frozenset[date]) -> int:
    first, days = date(year, 1, 1), (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return sum(is_working_day(first + n * ONE_DAY, extra) for n in range(days))
