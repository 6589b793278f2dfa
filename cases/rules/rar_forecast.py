"""When the days of a rehabilitation activity requirement (RAR) will be used up, or how many will be left.

Source: supervision reference 2.4 (the requirement lives to the end of the order; a calendar day counts once). Report 2.3:
days sat unused while a group was not running. A forecast says what comes of it if every day is kept, and no more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cases.rules.calendar import is_working_day
from cases.rules.rar import Ordered, Tally, how_it_stands, idle_since
from cases.rules.words import counted
from staff.errors import RuleBroken
from staff.rules.dates import say_date

ONE_DAY = timedelta(days=1)
NO_DAYS: frozenset[date] = frozenset()
MOST_EVERY = 92  # days from one to the next: beyond a quarter it is no pace


@dataclass(frozen=True, slots=True)
class Stall:
    """A time without a day, from the last before it (or from when work could begin) to the next, or the order's end."""

    from_on: date
    to_on: date

    @property
    def weeks(self) -> int:
        return (self.to_on - self.from_on).days // 7

    def __str__(self) -> str:
        return (
            f"Nothing between {say_date(self.from_on)} and {say_date(self.to_on)}: "
            f"{counted(self.weeks, 'week')}."
        )


@dataclass(frozen=True, slots=True)
class Forecast:
    """`days`: those by which they are used up, in order; `paced`: of these, how many are planned and not booked."""

    days: tuple[date, ...] = ()
    paced: int = 0
    used_up_on: date | None = None
    left_over: int | None = None  # when the order ends, or no more is planned; None: cannot be said
    too_late: tuple[date, ...] = ()  # booked after the order's end
    spare: tuple[date, ...] = ()  # booked beyond what the court ordered
    stalls: tuple[Stall, ...] = ()
    words: str = ""


def forecast(
    order: Ordered,
    found: Tally,
    sessions: Iterable[date],
    *,
    every_days: int | None,
    today: date,
    stalled_weeks: int,
    extra: frozenset[date] = NO_DAYS,
) -> Forecast:
    """What becomes of the days that are left.

    `sessions`: days of series in which they have a place, booked or not; `every_days`: of the plan, a day every so many
    days after the last that is booked, on a working day (None: no more is planned); `stalled_weeks`: of policy, the
    fewest that are a stall; `extra`: bank holidays that the library does not know of.
    """
    if every_days is not None and not 1 <= every_days <= MOST_EVERY:
        raise RuleBroken(f"Plan a day every 1 to {MOST_EVERY} days.")
    stands = how_it_stands(order, found, None, today)
    if not _runs(order, found, today):
        return Forecast(left_over=0 if found.left == 0 else None, words=stands)
    coming = _coming(found, sessions, today)
    in_time = [day for day in coming if _is_in_time(order, day)]
    days = in_time[: found.left]
    booked = len(days)
    if every_days is not None:
        days += _paced(order, days, found.left - booked, every_days, today, extra)
    left_over = found.left - len(days)
    how = _how(booked, None if every_days is None else len(days) - booked)
    return Forecast(
        days=tuple(days),
        paced=len(days) - booked,
        used_up_on=days[-1] if days and not left_over else None,
        left_over=left_over,
        too_late=tuple(day for day in coming if not _is_in_time(order, day)),
        spare=tuple(in_time[found.left :]),
        stalls=tuple(_stalls(order, found, days, left_over, today, stalled_weeks)),
        words=_said(order, days, left_over, how) if found.left else stands,
    )


def _runs(order, found, today):
    """Whether a day can still be credited, as far as is recorded."""
    over = not order.runs or (order.ends_on is not None and order.ends_on < today)
    return not (over or order.held or order.enough or found.ordered is None)


def _coming(found, sessions, today):
    """Every day from today on that somebody booked, once, less those that are credited."""
    days = {*found.booked, *sessions} - set(found.credited)
    return sorted(day for day in days if day >= today)


def _is_in_time(order, day):
    return order.ends_on is None or day <= order.ends_on


def _paced(order, days, wanted, every_days, today, extra):
    """The days of the plan after the last that is booked, or after today, or the day on which the order begins."""
    planned = max(filter(None, [today, order.began_on, *days[-1:]]))
    last = planned
    found: list[date] = []
    while len(found) < wanted:
        planned += every_days * ONE_DAY
        day = planned
        while not is_working_day(day, extra):
            day += ONE_DAY
        if not _is_in_time(order, day):
            break
        if day > last:  # two that fall on one weekend come to one Monday
            found.append(day)
            last = day
    return found


def _stalls(order, found, days, left_over, today, weeks):
    before = idle_since(order, found, today) or order.began_on or today
    ends = [order.ends_on] if left_over and order.ends_on else []
    for day in (*days, *ends):
        if day - before >= timedelta(weeks=weeks):
            yield Stall(before, day)
        before = day


def _how(booked, paced):
    """`paced`: None where no more is planned than what is booked."""
    return f"{booked:,} booked" if paced is None else f"{booked:,} booked and {paced:,} planned"


def _said(order, days, left_over, how):
    number = len(days) + left_over
    left = counted(number, "day")
    if not left_over:
        said = (
            f"If every day is kept, the {left} left {_are(number)} used up on "
            f"{say_date(days[-1])} ({how})."
        )
        return f"{said} {_end(order)}"
    if order.ends_on is None:
        return f"Of {left} left, {left_over:,} {_has(left_over)} no day yet ({how}). {_end(order)}"
    end = f"unused when the order ends on {say_date(order.ends_on)}"
    if not days:
        return f"Nothing is booked in time: the {left} left {_are(number)} {end}."
    return f"Even if every day is kept, {left_over:,} of the {left} left {_are(left_over)} {end} ({how})."


def _end(order):
    if order.ends_on is None:
        return "When the order ends is not recorded."
    return f"The order ends on {say_date(order.ends_on)}."


def _are(number):
    return "is" if number == 1 else "are"


def _has(number):
    return "has" if number == 1 else "have"
