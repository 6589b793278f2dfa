"""When the jobs that go through the caseload are due, by the clock on the wall in London.

Source: product rules, checks (flags hourly and nightly). The hour of the night is one that every
night has once: the clocks change between 1am and 2am.
"""

from datetime import date, datetime, time, timedelta

NIGHT = time(2, 30)


def night_due(now: datetime) -> date:
    """The last night whose hour has struck. `now` is local; a night is named by its own date."""
    return now.date() if now.time() >= NIGHT else now.date() - timedelta(days=1)


def hour_due(now: datetime) -> str:
    """The hour that `now`, local, is in. With its offset: an hour that the clocks repeat is two."""
    return f"{now:%Y-%m-%dT%H%z}"
