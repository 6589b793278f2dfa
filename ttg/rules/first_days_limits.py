"""What a curfew and the length of a day allow of the first days after release. It is told, and refuses nothing.

Source: Through the Gate reference 2 (2020: appointments impossible to travel between), 6; local policy for the hours of a day.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time

from cases.rules.calendar import ONE_DAY
from cases.rules.words import counted
from staff.rules.dates import say_time
from ttg.rules.first_days import (
    MINUTE,
    Problem,
    Trouble,
    in_order,
    say_day,
    say_stop,
    travel_minutes,
    ways,
)

ERRAND_MINUTES = 30
DAY_BEGINS, DOORS_CLOSE, DAY_ENDS = time(7), time(17), time(21)
HOURS = re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Curfew:
    """From when in the evening they must be at home until when. None: there is one, and nobody recorded its hours."""

    from_at: time | None = None
    to_at: time | None = None


def against_curfew(stops, curfew, released_at, home, *, minutes_a_km, least_minutes):
    """[Trouble] of what cannot be kept by somebody who must be at home: the way there and back is looked at.

    `home`: where it lies; None where that is not known, and then the way is left out and said to be.
    """
    if curfew is None or not curfew.from_at or not curfew.to_at:
        return []
    found, hours = [], say_curfew(curfew)
    away = [one for one in sorted(stops, key=in_order) if not one.remote and not one.at_home]
    for one in away:
        known = home is not None and one.point is not None
        way = travel_minutes(one.point, home, minutes_a_km, least_minutes) if known else 0
        leaves, back = one.starts - way * MINUTE, one.ends + way * MINUTE
        if any(leaves < end and back > start for start, end in _curfews(one, curfew, released_at)):
            far = f" Home is about {counted(way, 'minute')} away." if way else ""
            found.append(Trouble(Problem.CURFEW, f"{say_stop(one)} does not go with the curfew, {hours}.{far}", (one.key,)))  # fmt: skip
        elif not known and _is_last(one, away):
            words = f"Not known how far home is from {say_stop(one)}; the curfew is {hours}."
            found.append(Trouble(Problem.NOT_KNOWN, words, (one.key,)))
    return found


def too_much(stops, errands, curfew, released_at, *, minutes_a_km, least_minutes):
    """[Trouble] of each day whose stops, errands and ways take longer than there is, whatever order they are done in.

    Where there are errands, what begins before doors close is held to when they close. A way that is not known is left
    out, so that nothing is said to be too much which may not be.
    """
    found = []
    days = {one.starts.date() for one in stops} | {one.on for one in errands}
    for day in sorted(days):
        theirs = sorted((one for one in stops if one.starts.date() == day), key=in_order)
        todo = [one for one in errands if one.on == day]
        begins, ends = _span(day, curfew, released_at)
        if todo:
            ends = min(ends, datetime.combine(day, DOORS_CLOSE, released_at.tzinfo))
            theirs = [one for one in theirs if one.starts < ends]
        has = max(0, (ends - begins) // MINUTE)
        asks = sum(one.minutes for one in theirs) + len(todo) * ERRAND_MINUTES
        asks += sum(way or 0 for way in ways(theirs, minutes_a_km, least_minutes).values())
        if asks > has:
            words = f"{say_day(day)} asks for about {say_minutes(asks)} with the ways, and there are {say_minutes(has)}."
            keys = [one.key for one in (*theirs, *todo)]
            found.append(Trouble(Problem.TOO_MUCH, words, tuple(keys)))
    return found


def curfew_in(text):
    """The hours that a condition of licence gives, as "between 19:00 and 07:00" or "7pm to 7am"; without hours where it gives none."""
    found = [_time(*one) for one in HOURS.findall(text)]
    hours = [one for one in found if one is not None]
    if len(found) != 2 or len(hours) != 2 or hours[0] == hours[1]:
        return Curfew()
    return Curfew(*hours)


def say_curfew(curfew):
    return f"{say_time(curfew.from_at)} to {say_time(curfew.to_at)}"


def say_minutes(minutes):
    """ "2 hours and 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = [counted(hours, "hour")] if hours else []
    return " and ".join(parts + ([counted(rest, "minute")] if rest or not hours else []))


def _curfews(stop, curfew, released_at):
    """When they must be at home around this stop; never before they are out."""
    for back in (1, 0, -1):
        day = stop.starts.date() - back * ONE_DAY
        start = datetime.combine(day, curfew.from_at, released_at.tzinfo)
        until = day if curfew.from_at < curfew.to_at else day + ONE_DAY
        if start >= released_at:
            yield start, datetime.combine(until, curfew.to_at, released_at.tzinfo)


def _is_last(stop, stops):
    return all(one.starts.date() != stop.starts.date() or in_order(one) <= in_order(stop) for one in stops)  # fmt: skip


def _span(day, curfew, released_at):
    """From when to when something can be done on that day."""
    begins, ends = DAY_BEGINS, DAY_ENDS
    if curfew and curfew.from_at and curfew.to_at and curfew.from_at > curfew.to_at:
        begins, ends = max(begins, curfew.to_at), min(ends, curfew.from_at)
    starts = datetime.combine(day, begins, released_at.tzinfo)
    if day == released_at.date():
        starts = max(starts, released_at)
    return starts, datetime.combine(day, ends, released_at.tzinfo)


def _time(hours, minutes, half):
    hour, minute = int(hours), int(minutes or 0)
    if half:
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    elif not minutes:
        return None
    return time(hour, minute) if hour < 24 and minute < 60 else None
