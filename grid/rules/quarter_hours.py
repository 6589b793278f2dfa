"""The hour at which a session of a proposed quarter begins in each part of the day, and who and what has that hour free.

The solver knows parts of a day alone; a series is held at an hour. Everything is asked for the same hour, so that what is
proposed can be published. Source: local policy.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, time, timedelta

from cases.rules.booking_facts import Hours
from grid.reference.parts_of_day import PartOfDay, When
from grid.rules.free_slots import Week, fits, minute_of
from grid.rules.leader_hours import minutes_from

STARTS = {
    PartOfDay.MORNING: time(10),
    PartOfDay.AFTERNOON: time(14),
    PartOfDay.EVENING: time(18),
}
DAYS = 7


def every_when() -> list[When]:
    return [When(day, part) for day in range(DAYS) for part in PartOfDay]


def comes(week: Week, monday: date, minutes: int, way: int) -> frozenset[When]:
    """When somebody can be at a session of so many minutes in a usual week, with the way to it. `way`: minutes each way.

    What comes on one day alone is left out: it stands in the way of a session, and not of a series.
    """
    usual = replace(week, commitments=tuple(one for one in week.commitments if not one.once))
    return frozenset(
        when
        for when in every_when()
        if fits(
            usual,
            monday + timedelta(days=when.weekday),
            minute_of(STARTS[when.part]),
            minute_of(STARTS[when.part]) + minutes,
            way,
        )
    )


def minutes_free(hours: Iterable[tuple[int, time, time]]) -> Mapping[When, int]:
    """{when: minutes from its hour to the end of theirs}. `hours`: (day of the week, from, to)."""
    hours = list(hours)
    left = {when: minutes_from(hours, when.weekday, STARTS[when.part]) for when in every_when()}
    return {when: minutes for when, minutes in left.items() if minutes}


def shut_when(hours: Iterable[Hours], minutes: int) -> frozenset[When]:
    """When a place is not open to everybody for so many minutes from the hour; never where nobody has put in its hours.

    Hours that are kept for women are taken to be shut: whoever plans a series for them by hand can use them.
    """
    hours = list(hours)
    if not hours:
        return frozenset()
    free = minutes_free(
        (one.weekday, one.from_at, one.to_at) for one in hours if not one.women_only
    )
    return frozenset(when for when in every_when() if free.get(when, 0) < minutes)
