"""The next free times to offer: within the hours of the place, when the person and whoever sees them are free.

Sources: product rules, failures ("women-only slots first"); local policy ("meeting") for how near a clash is.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from cases.rules.booking import may_use, overlaps
from cases.rules.booking_facts import Hours
from cases.rules.calendar import bank_holidays, is_working_day

STEP = 30  # minutes from one time to the next that is offered
DAYS = 28  # looked through
MOST, MOST_KEPT = 6, 4  # offered, and of these in hours kept for women: the rest are at other hours
A_DAY = 2  # offered of one day, so that there is a choice of days
OUR_DAY = tuple(Hours(day, time(9), time(17)) for day in range(5))  # where no place sets hours


@dataclass(frozen=True, slots=True)
class Offer:
    """A free time, local."""

    starts_at: datetime
    women_only: bool = False


def offers(facts, *, minutes, after, most=MOST):
    """The next free times from the moment `after`, those in hours kept for women first where she may come.

    `facts`: as for what stands beside a date, for the whole stretch. `after` carries the local zone.
    """
    kept = _spread(_free_times(facts, minutes, after, women_only=True), MOST_KEPT)
    others = _free_times(facts, minutes, after, women_only=False)
    return [*kept, *_spread(others, most - len(kept))]


def _free_times(facts, minutes, after, *, women_only):
    """One after another, so that no more days are looked through than are needed."""
    office = facts.office
    hours = office.hours if office and office.hours else OUR_DAY
    if not any(one.women_only == women_only for one in hours):
        return
    for n in range(DAYS):
        day = after.date() + timedelta(days=n)
        if not is_working_day(day, facts.extra) and not _opens_then(office, day, facts.extra):
            continue
        if (office and office.closed_on and office.closed_on <= day) or _away(facts, day):
            continue
        if any(one.on == day for one in facts.person if not one.timed):
            continue
        if any(one.is_on(day) for one in facts.elsewhere):
            continue
        yield from _of_day(day, hours, _near(facts, day), minutes, after, women_only)


def _near(facts, day):
    """The same with the diaries of about that day alone."""

    def about(busy):
        return tuple(one for one in busy if abs((one.on - day).days) <= 1 and one.timed)

    staff = tuple(replace(one, busy=about(one.busy)) for one in facts.staff)
    return replace(facts, person=about(facts.person), staff=staff, apart=about(facts.apart))


def _opens_then(office, day, extra):
    """A place may open at a weekend; on a bank holiday nobody is there."""
    if office is None or day in bank_holidays(day.year) or day in extra:
        return False
    return any(one.weekday == day.weekday() for one in office.hours)


def _away(facts, day: date):
    away = (days for one in facts.staff for days in one.away)
    return any(from_on <= day <= to_on for from_on, to_on in away)


def _of_day(day, hours, facts, minutes, after, women_only):
    kept = [one for one in hours if one.weekday == day.weekday() and one.women_only]
    for one in sorted(hours, key=lambda h: (h.weekday, h.from_at)):
        if one.weekday != day.weekday() or one.women_only != women_only:
            continue
        if may_use(facts.theirs, one) is not True:
            continue
        starts_at = datetime.combine(day, one.from_at, after.tzinfo)
        last = datetime.combine(day, one.to_at, after.tzinfo) - timedelta(minutes=minutes)
        while starts_at <= last:
            ends_at = starts_at + timedelta(minutes=minutes)
            apart = women_only or not any(_within(h, starts_at, ends_at) for h in kept)
            if starts_at > after and apart and _free(starts_at, ends_at, facts):
                yield Offer(starts_at, women_only)
            starts_at += timedelta(minutes=STEP)


def _within(hours, starts_at, ends_at):
    """Whether any of this time lies in those hours."""
    return hours.from_at < ends_at.time() and hours.to_at > starts_at.time()


def _free(starts_at, ends_at, facts):
    near = facts.clash_minutes
    return not (
        any(overlaps(one, starts_at, ends_at, near) for one in facts.person)
        or any(overlaps(busy, starts_at, ends_at) for one in facts.staff for busy in one.busy)
        or any(overlaps(one, starts_at, ends_at, near) for one in facts.apart)
    )


def _spread(found, most):
    """No more than a few of one day, so that the person has days to choose from."""
    chosen: list[Offer] = []
    of_day: dict[date, int] = {}
    for one in found:
        if len(chosen) == most:
            break
        day = one.starts_at.date()
        if of_day.get(day, 0) < A_DAY:
            chosen.append(one)
            of_day[day] = of_day.get(day, 0) + 1
    return chosen
