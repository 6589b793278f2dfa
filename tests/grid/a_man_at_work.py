"""The man of the report: in work from 8am to 6pm on weekdays, who needs a group in the evening or at the weekend."""

from datetime import time

from grid.rules.series import Weekly
from tests.factories import UserFactory
from tests.grid.a_place import is_free, somebody
from tests.grid.a_week import tie
from tests.grid.planned_series import NOW, oxford, planned, room_at, waits

MORNINGS, EVENINGS = Weekly(1, time(10)), Weekly(1, time(19))
EIGHT_AM, SIX_PM = time(8), time(18)


def at_work(**known):
    """On an order until the end of August 2019, on the waiting list of Making Amends since 28 August 2018."""
    known.setdefault("officer", UserFactory())
    case = somebody(asked=False, **known)
    is_free(case)
    for weekday in range(5):
        tie(case, "work", weekday, EIGHT_AM, SIX_PM, now=NOW)
    return case, waits(case)


def by_day(**changes):
    """Six Tuesday mornings of October 2018: the only series that is planned."""
    return planned(weekly=[MORNINGS], **changes)


def by_night(place=None, **changes):
    """Six Tuesday evenings, from 7pm to 9pm."""
    place = place or oxford(name="Oxford rooms")
    return planned(weekly=[EVENINGS], place=place, room=room_at(place, "Room 2"), **changes)
