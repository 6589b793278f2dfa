"""A Tuesday evening group, a man who works, and the figures of waiting, each to be changed by whoever asks."""

from datetime import date, datetime, time, timedelta

from grid.reference.parts_of_day import PartOfDay
from grid.rules.coming import Seeker, Suited
from grid.rules.free_slots import Week, of_parts, tied
from grid.rules.groups_open import OpenSeries
from grid.rules.sessions import Session
from grid.rules.waiting_policy import WaitingPolicy
from tests.grid.a_series import ends

MONDAY = date(2018, 10, 1)  # today
OXFORD, READING, SLOUGH = 1, 2, 3
SITES = {OXFORD: "Oxford office", READING: "Reading office", SLOUGH: "Slough office"}
POLICY = WaitingPolicy(
    version=1, most_minutes=60, notice_days=7, soon_weeks=6, pressing_weeks=4
)  # fmt: skip
WORK = tuple(
    hours for weekday in range(5) for hours in tied("work", weekday, time(8), time(17, 30))
)
EVENINGS_AND_WEEKENDS = of_parts(
    {weekday: [PartOfDay.EVENING] for weekday in range(5)}
    | {5: list(PartOfDay), 6: list(PartOfDay)}
)
ALL_DAY = of_parts({weekday: list(PartOfDay) for weekday in range(7)})
AT_WORK = Week(EVENINGS_AND_WEEKENDS, WORK)
ALWAYS = Week(ALL_DAY)
THE_MAN = Seeker(case=1, week=AT_WORK, minutes={OXFORD: 25, READING: 45})
STEPPING = Suited("stepping_stones", ends(date(2019, 6, 30)), days_left=20)


def session(on, from_at, to_at, number=1):
    lasts = datetime.combine(on, to_at) - datetime.combine(on, from_at)
    return Session(number, on, from_at, lasts // timedelta(minutes=1))


def weekly(number, first, from_at=time(18), to_at=time(20)):
    """So many sessions, one a week."""
    return tuple(
        session(first + timedelta(weeks=week), from_at, to_at, week + 1) for week in range(number)
    )


def group(pk=1, code="stepping_stones", first=date(2018, 10, 16), number=12, **changes):
    """Stepping Stones to Change at Oxford on Tuesday evenings, the last on 1 January 2019, with three places."""
    place = changes.pop("place", OXFORD)
    hours = {name: changes.pop(name) for name in ("from_at", "to_at") if name in changes}
    said = {"sessions": weekly(number, first, **hours), "places": 3, "site": SITES[place]} | changes
    return OpenSeries(pk=pk, code=code, place=place, **said)
