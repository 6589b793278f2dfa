"""When somebody can come: what they said, less what they are tied to, and whether a session fits with the way to it.

They say it in parts of a day or in exact hours. Work, the school run, a curfew, or a group in which they have a place already is a
commitment; an appointment of ours that can be moved is none. The way there and back is time too: nobody is expected on a bus while
they are at work. Source: features 76 (day by part of day, used to match); report 2.3; the hours of each part are local policy.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import NamedTuple

from grid.reference.parts_of_day import PartOfDay, When
from staff.errors import RuleBroken
from staff.rules.dates import say_time

ONE_DAY = timedelta(days=1)
MIDNIGHT = 24 * 60  # minutes: the end of a day
WEEK = 7
OUTSIDE = "a time at which they cannot come"


# From and to, in minutes after midnight, the way included: home by ten at night
HOURS = {
    PartOfDay.MORNING: (8 * 60, 12 * 60),
    PartOfDay.AFTERNOON: (12 * 60, 17 * 60),
    PartOfDay.EVENING: (17 * 60, 22 * 60),
}


class WeekHours(NamedTuple):
    """Hours of a day of the week (0 is Monday), in minutes after midnight. The end is not in them."""

    weekday: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Commitment:
    """Something that they are tied to. `first`, `last`: None where it has no end on that side."""

    words: str  # within a sentence: "work", "the school run"
    stretch: WeekHours
    first: date | None = None
    last: date | None = None

    @property
    def once(self) -> bool:
        return self.first is not None and self.first == self.last

    def on(self, day: date) -> bool:
        if day.weekday() != self.stretch.weekday:
            return False
        return not ((self.first and day < self.first) or (self.last and day > self.last))


@dataclass(frozen=True, slots=True)
class Week:
    """What they said of a usual week, and what they are tied to."""

    said: tuple[WeekHours, ...]
    commitments: tuple[Commitment, ...] = ()


def minute_of(moment: time) -> int:
    """Of the day."""
    return moment.hour * 60 + moment.minute


def part_of(minute: int) -> PartOfDay:
    """The part of the day in which what begins then is counted."""
    if minute < HOURS[PartOfDay.AFTERNOON][0]:
        return PartOfDay.MORNING
    return PartOfDay.AFTERNOON if minute < HOURS[PartOfDay.EVENING][0] else PartOfDay.EVENING


def of_parts(parts: Mapping[int, Iterable[PartOfDay]]) -> tuple[WeekHours, ...]:
    """What was ticked, by day of the week."""
    return tuple(
        WeekHours(weekday, *HOURS[part]) for weekday in sorted(parts) for part in parts[weekday]
    )


def of_hours(weekday: int, from_at: time, to_at: time) -> tuple[WeekHours, ...]:
    """Exact hours; past midnight, where the end is the earlier of the two. Refuses hours that are none."""
    if from_at == to_at:
        raise RuleBroken(f"From {say_time(from_at)} to {say_time(to_at)} is no time at all.")
    start, end = minute_of(from_at), minute_of(to_at)
    if start < end:
        return (WeekHours(weekday, start, end),)
    night = (WeekHours(weekday, start, MIDNIGHT), WeekHours((weekday + 1) % WEEK, 0, end))
    return tuple(one for one in night if one.start < one.end)


def tied(
    words: str,
    weekday: int,
    from_at: time,
    to_at: time,
    *,
    first: date | None = None,
    last: date | None = None,
) -> tuple[Commitment, ...]:
    """What comes every week on that day. What goes on past midnight goes on for the night of the last day too."""
    found = []
    for nights, one in enumerate(of_hours(weekday, from_at, to_at)):
        later = nights * ONE_DAY
        found.append(Commitment(words, one, first and first + later, last and last + later))
    return tuple(found)


def tied_once(words: str, on: date, from_at: time, to_at: time) -> tuple[Commitment, ...]:
    """What comes on one day alone."""
    return tied(words, on.weekday(), from_at, to_at, first=on, last=on)


def free_on(week: Week, day: date) -> list[tuple[int, int]]:
    """The stretches of that day, in order and none touching the next, in which they can be on the way or there."""
    busy = [one.stretch for one in week.commitments if one.on(day)]
    return _free(week, day.weekday(), busy)


def fits(week: Week, day: date, start: int, end: int, way: int) -> bool:
    """Whether they can be somewhere from `start` to `end`, in minutes after midnight. `way`: minutes each way."""
    return _holds(free_on(week, day), start - way, end + way)


def in_the_way(week: Week, day: date, start: int, end: int, way: int) -> str:
    """What of theirs stands in the way of that, in words within a sentence; blank where it fits."""
    if fits(week, day, start, end, way):
        return ""
    leaves, is_back = start - way, end + way
    met = [
        one
        for one in week.commitments
        if one.on(day) and one.stretch.start < is_back and leaves < one.stretch.end
    ]
    return min(met, key=lambda one: one.stretch).words if met else OUTSIDE


def free_parts(week: Week, day: date, minutes: int, way: int) -> set[When]:
    """The parts of the week in which a session of that length could begin, in a usual week from that day on.

    What comes on one day alone is left out.
    """
    found = set()
    for later in range(WEEK):
        on = day + later * ONE_DAY
        busy = [one.stretch for one in week.commitments if one.on(on) and not one.once]
        for start, end in _free(week, on.weekday(), busy):
            for part, (opens, closes) in HOURS.items():
                begins = max(opens, start + way)
                if begins < closes and begins + minutes + way <= end:
                    found.add(When(on.weekday(), part))
    return found


def _free(week, weekday, busy):
    free = _joined((one.start, one.end) for one in week.said if one.weekday == weekday)
    for cut in busy:
        free = [piece for stretch in free for piece in _without(stretch, cut)]
    return free


def _joined(stretches):
    """Those that touch or overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _without(stretch, cut):
    start, end = stretch
    if cut.end <= start or end <= cut.start:
        return [stretch]
    pieces = ((start, cut.start), (cut.end, end))
    return [piece for piece in pieces if piece[0] < piece[1]]


def _holds(free, leaves, is_back):
    return any(start <= leaves and is_back <= end for start, end in free)
