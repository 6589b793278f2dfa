"""When the jobs that go through the caseload are due, by the clock on the wall in London.

Source: product rules, checks (flags hourly and nightly; officer and senior daily, head weekly; an
agency chased once a week). The hour of the night is one that every night has once: the clocks change
between 1am and 2am.
"""

from datetime import date, datetime, time, timedelta

from cases.rules.calendar import is_working_day
from cases.rules.quiet import CLOSES, OPENS

NIGHT = time(2, 30)
NONE: frozenset[date] = frozenset()  # bank holidays beyond those the library knows


def night_due(now: datetime) -> date:
    """The last night whose hour has struck. `now` is local; a night is named by its own date."""
    return now.date() if now.time() >= NIGHT else now.date() - timedelta(days=1)


def hour_due(now: datetime) -> str:
    """The hour that `now`, local, is in. With its offset: an hour that the clocks repeat is two."""
    return f"{now:%Y-%m-%dT%H%z}"


def morning_due(now: datetime, extra: frozenset[date] = NONE) -> date | None:
    """The working day whose morning has struck, until its evening: what tells of a day is not sent after it."""
    today = now.date()
    return today if is_working_day(today, extra) and OPENS <= now.time() < CLOSES else None


def opens_the_week(day: date, extra: frozenset[date] = NONE) -> bool:
    """Whether this is the first working day of its week: Monday, or the day after a bank holiday."""
    monday = day - timedelta(days=day.weekday())
    earlier = (monday + timedelta(days=n) for n in range(day.weekday()))
    return is_working_day(day, extra) and not any(is_working_day(one, extra) for one in earlier)
