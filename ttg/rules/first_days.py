"""The first days after release as a timetable, and what in it cannot be kept: clashes, ways too far, closed doors.

Distances are straight lines on the national grid between the middles of postcodes; the minutes a kilometre takes, and
the least between any two places, are the policy's: an estimate, and said to be one. Where a place lies is not known,
that is said; it never reads as near. Sources: Through the Gate reference 2 (2020: appointments impossible to travel
between), 6 (first 72 hours with a travel time check), 7.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations, pairwise
from math import ceil, hypot

from cases.reference.codes import Titled
from cases.rules.calendar import ONE_DAY, is_working_day
from cases.rules.words import counted
from staff.rules.dates import say_date, say_time

RELEASE_HOUR = 9  # where nobody has said when they are let out
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FRIDAY = 4


class Problem(Titled):
    CLASH = "clash", "At the same time"
    TOO_FAR = "too_far", "Not enough time to get there"
    NOT_KNOWN = "not_known", "Not known how far"
    CLOSED = "closed", "Closed that day"


@dataclass(frozen=True, slots=True)
class Stop:
    """Somewhere they are to be. `ends` is after `starts`, or the same moment.

    `point` None: not known where. `remote`: by telephone or video, so nobody travels. `weekdays` on which it is open,
    0 is Monday; none: not known.
    """

    key: str
    what: str
    where: str
    starts: datetime
    ends: datetime
    point: tuple[int, int] | None = None
    remote: bool = False
    weekdays: tuple[int, ...] = ()
    to_person: bool = True  # may be said on what they are given


@dataclass(frozen=True, slots=True)
class Trouble:
    """`stops`: the keys of those it is about, in order of the timetable."""

    problem: Problem
    words: str
    stops: tuple[str, ...]


def timetable(stops, released_at, hours):
    """[Stop] of so many hours from release, in one order however they came."""
    last = released_at + timedelta(hours=hours)
    return sorted((one for one in stops if released_at <= one.starts < last), key=_order)


def problems(stops, *, minutes_a_km, least_minutes, holidays=frozenset()):
    """[Trouble] of these stops, every pair looked at; the same in whatever order they come."""
    ordered = sorted(stops, key=_order)
    found = []
    for one, other in combinations(ordered, 2):
        if clash(one, other):
            words = f"{_at(one)} and {_at(other)} are at the same time."
            found.append(Trouble(Problem.CLASH, words, (one.key, other.key)))
        elif words := too_far(one, other, minutes_a_km, least_minutes):
            found.append(Trouble(Problem.TOO_FAR, words, (one.key, other.key)))
    for one, other in pairwise(one for one in ordered if not one.remote):
        if one.starts.date() == other.starts.date() and None in (one.point, other.point):
            words = f"Not known how far it is from {_at(one)} to {_at(other)}: a postcode is missing or cannot be placed."
            found.append(Trouble(Problem.NOT_KNOWN, words, (one.key, other.key)))
    for one in ordered:
        if words := closed(one, holidays):
            found.append(Trouble(Problem.CLOSED, words, (one.key,)))
    return found


def clash(one, other):
    """Whether both want them at one moment. Whichever is named first."""
    overlap = one.starts < other.ends and other.starts < one.ends
    return overlap or one.starts == other.starts


def too_far(one, other, minutes_a_km, least_minutes):
    """Why they cannot get from the earlier to the later, whichever is named first; blank where they can."""
    if one.remote or other.remote or None in (one.point, other.point) or clash(one, other):
        return ""
    first, then = sorted((one, other), key=_order)
    has = (then.starts - first.ends) // timedelta(minutes=1)
    needs = travel_minutes(first.point, then.point, minutes_a_km, least_minutes)
    if has >= needs:
        return ""
    return (
        f"From {_at(first)} to {_at(then)} there {'is' if has == 1 else 'are'} {counted(has, 'minute')}; "
        f"it takes about {needs}."
    )


def travel_minutes(one, other, minutes_a_km, least_minutes):
    """Minutes between two points of the grid; none within one place."""
    metres = hypot(one[0] - other[0], one[1] - other[1])
    return max(least_minutes, ceil(metres * minutes_a_km / 1000)) if metres else 0


def closed(stop, holidays=frozenset()):
    """Why the door is shut when they come; blank where it is open, or nobody knows when it is."""
    day = stop.starts.date()
    if not stop.weekdays:
        return ""
    opens = f"It opens again on {say_day(first_open(day, stop.weekdays, holidays))}."
    if day.weekday() not in stop.weekdays:
        return f"{stop.what}: the book of services has it closed on {DAYS[day.weekday()]}s. {opens}"
    if is_bank_holiday(day, holidays):
        return f"{stop.what}: {say_date(day)} is a bank holiday. {opens}"
    return ""


def first_open(day, weekdays, holidays=frozenset()):
    """The first day from this one on which something with these days is open; bank holidays it is not."""
    while day.weekday() not in weekdays or is_bank_holiday(day, holidays):
        day += ONE_DAY
    return day


def is_bank_holiday(day, holidays=frozenset()):
    """One between Monday and Friday; those `holidays` are proclaimed beside the known ones."""
    return day.weekday() <= FRIDAY and not is_working_day(day, holidays)


def say_day(day):
    return f"{DAYS[day.weekday()]} {say_date(day)}"


def _at(stop):
    return f"{stop.what} ({say_time(stop.starts.time())}, {say_day(stop.starts.date())})"


def _order(stop):
    return stop.starts, stop.ends, stop.key
