"""The first days after release as a timetable, and what in it cannot be kept: clashes, ways too far, closed doors.

What a curfew and the length of a day allow: `ttg.rules.first_days_limits`. All of it is told and refuses nothing.

Distances are straight lines on the national grid between the middles of postcodes; the minutes a kilometre takes, and
the least between any two places, are the policy's: an estimate, and said to be one. Where a place lies is not known,
that is said; it never reads as near. Sources: Through the Gate reference 2 (2020: appointments impossible to travel
between), 6 (first 72 hours with a travel time check), 7.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations, pairwise
from math import ceil, hypot

from cases.reference.codes import Titled
from cases.rules.calendar import ONE_DAY, is_working_day
from cases.rules.words import counted
from staff.rules.dates import say_date, say_time

RELEASE_HOUR = 9  # where nobody has said when they are let out
RELEASE_KEY = "release"  # of the stop at which they leave prison
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FRIDAY = 4
MINUTE = timedelta(minutes=1)


class Problem(Titled):
    CLASH = "clash", "At the same time"
    TOO_FAR = "too_far", "Not enough time to get there"
    NOT_KNOWN = "not_known", "Not known how far"
    CLOSED = "closed", "Closed that day"
    EARLY = "early", "Before they are let out"
    CURFEW = "curfew", "Against the curfew"
    TOO_MUCH = "too_much", "More than the day holds"


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
    at_home: bool = False
    told: str = ""  # what it is called on a paper for the person; blank: as it is called here

    @property
    def minutes(self):
        return (self.ends - self.starts) // MINUTE


@dataclass(frozen=True, slots=True)
class Errand:
    """Somewhere they must go on that day, at no time that is known."""

    key: str
    what: str
    where: str
    on: date
    weekdays: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """`stops`: the keys of those it is about, in order of the timetable."""

    problem: Problem
    words: str
    stops: tuple[str, ...]


def timetable(stops, released_at, hours):
    """[Stop] of so many hours from release, in one order however they came."""
    last = released_at + timedelta(hours=hours)
    return sorted((one for one in stops if released_at <= one.starts < last), key=in_order)


def problems(stops, *, minutes_a_km, least_minutes, holidays=frozenset()):
    """[Trouble] between these stops, every pair looked at; the same in whatever order they come."""
    ordered = sorted(stops, key=in_order)
    found = []
    for one, other in combinations(ordered, 2):
        if clash(one, other):
            words = f"{say_stop(one)} and {say_stop(other)} are at the same time."
            found.append(Trouble(Problem.CLASH, words, (one.key, other.key)))
        elif words := too_far(one, other, minutes_a_km, least_minutes):
            found.append(Trouble(Problem.TOO_FAR, words, (one.key, other.key)))
    for one, other in pairwise(one for one in ordered if not one.remote):
        if one.starts.date() == other.starts.date() and None in (one.point, other.point):
            words = f"Not known how far it is from {say_stop(one)} to {say_stop(other)}: a postcode is missing or cannot be placed."
            found.append(Trouble(Problem.NOT_KNOWN, words, (one.key, other.key)))
    for one in ordered:
        if words := closed(one, holidays):
            found.append(Trouble(Problem.CLOSED, words, (one.key,)))
    return found


def early(stops, released_at):
    """[Trouble] of what is on the day of release before they are out."""
    return [
        Trouble(Problem.EARLY, f"{say_stop(one)} is before they leave prison, at about {say_time(released_at.time())}.", (one.key,))
        for one in sorted(stops, key=in_order)
        if one.starts < released_at
    ]  # fmt: skip


def shut(errands, holidays=frozenset()):
    """[Trouble] of what must be gone to on a day on which it is closed."""
    found = [(one, why_closed(one.what, one.on, one.weekdays, holidays)) for one in errands]
    return [Trouble(Problem.CLOSED, words, (one.key,)) for one, words in found if words]


def ways(stops, minutes_a_km, least_minutes, home=None):
    """{key of a stop: minutes from the place before it on that day, or from home}; None: not known how far.

    What is by telephone has none, nor the first of a day where it is not known where they wake.
    """
    found: dict[str, int | None] = {}
    before, day = None, None
    for one in sorted((one for one in stops if not one.remote), key=in_order):
        first = one.starts.date() != day
        if first:
            before = home if day else None
        if before and one.point:
            found[one.key] = travel_minutes(before, one.point, minutes_a_km, least_minutes)
        elif not first:
            found[one.key] = None
        before, day = one.point, one.starts.date()
    return found


def ways_home(stops, home, *, minutes_a_km, least_minutes):
    """{day: minutes home from where they are last}; None: not known how far."""
    last = {one.starts.date(): one for one in sorted(stops, key=in_order) if not one.remote}
    return {
        day: travel_minutes(one.point, home, minutes_a_km, least_minutes)
        if one.point and home
        else None
        for day, one in last.items()
    }


def clash(one, other):
    """Whether both want them at one moment. Whichever is named first."""
    overlap = one.starts < other.ends and other.starts < one.ends
    return overlap or one.starts == other.starts


def too_far(one, other, minutes_a_km, least_minutes):
    """Why they cannot get from the earlier to the later, whichever is named first; blank where they can."""
    if one.remote or other.remote or None in (one.point, other.point) or clash(one, other):
        return ""
    first, then = sorted((one, other), key=in_order)
    has = (then.starts - first.ends) // timedelta(minutes=1)
    needs = travel_minutes(first.point, then.point, minutes_a_km, least_minutes)
    if has >= needs:
        return ""
    return (
        f"From {say_stop(first)} to {say_stop(then)} there {'is' if has == 1 else 'are'} {counted(has, 'minute')}; "
        f"it takes about {needs}."
    )


def travel_minutes(one, other, minutes_a_km, least_minutes):
    """Minutes between two points of the grid; none within one place."""
    metres = hypot(one[0] - other[0], one[1] - other[1])
    return max(least_minutes, ceil(metres * minutes_a_km / 1000)) if metres else 0


def closed(stop, holidays=frozenset()):
    """Why the door is shut when they come; blank where it is open, or nobody knows when it is."""
    return why_closed(stop.what, stop.starts.date(), stop.weekdays, holidays)


def why_closed(what, day, weekdays, holidays=frozenset()):
    """The same of anything with days on which it is open."""
    if not weekdays:
        return ""
    opens = f"It opens again on {say_day(first_open(day, weekdays, holidays))}."
    if day.weekday() not in weekdays:
        return f"{what}: the book of services has it closed on {DAYS[day.weekday()]}s. {opens}"
    if is_bank_holiday(day, holidays):
        return f"{what}: {say_date(day)} is a bank holiday. {opens}"
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


def say_stop(stop):
    return f"{stop.what} ({say_time(stop.starts.time())}, {say_day(stop.starts.date())})"


def in_order(stop):
    return stop.starts, stop.ends, stop.key
