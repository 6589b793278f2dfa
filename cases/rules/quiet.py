"""When the system may write to people: in working hours, unless somebody could be hurt.

Source: local policy (quiet hours): staff are not written to at night, at weekends or on bank holidays.
"""

from datetime import date, datetime, time, timedelta

from cases.rules.calendar import is_working_day

OPENS, CLOSES = time(7, 30), time(19, 0)  # by the clock on the wall in London


def not_before(now: datetime, *, urgent: bool, extra: frozenset[date] = frozenset()) -> datetime:
    """The first moment at or after `now`, local and aware, at which a message may go."""
    if urgent:
        return now
    day = now.date()
    if is_working_day(day, extra) and now.time() < CLOSES:
        return max(now, _opening(day, now))
    day += timedelta(days=1)
    while not is_working_day(day, extra):
        day += timedelta(days=1)
    return _opening(day, now)


def _opening(day, now):
    return datetime.combine(day, OPENS, tzinfo=now.tzinfo)
