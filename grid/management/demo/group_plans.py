"""What is planned of groups in the demonstration: rooms, series by weeks from today's, who leads them, and what is wrong on purpose.

Days are counted from the Monday of today's week, so that some series run and some are to come whichever day it is made on.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta

from cases.management.demo.places import SITES
from cases.rules.calendar import bank_holidays

OXFORD, READING, MILTON_KEYNES, WYCOMBE, SLOUGH = (
    f"{name} office" for name in ("Oxford", "Reading", "Milton Keynes", "High Wycombe", "Slough")
)
HALL = "Chalvey community hall"  # open in the evening, as no office is
HALL_ADDRESS, HALL_POSTCODE = "The Green, Chalvey, Slough", "SL1 2SP"
HALL_HOURS = {**dict.fromkeys(range(5), (time(9), time(22))), 5: (time(9), time(17))}
GROUP_ROOM, SMALL_ROOM = "Group room", "Interview room 2"
ROOMS = (
    *((f"{site.name} office", GROUP_ROOM, 14) for site in SITES),
    (OXFORD, SMALL_ROOM, 4),  # too small for any group
    (HALL, "Main hall", 20),
)
SHUT_AT, SHUT_FROM, SHUT_DAYS = SLOUGH, 7, 14  # days from today, and for how many
SHUT_WHY = "the floor is laid"
WOMAN = -1  # in place of a number: the woman who leads groups of women
ON_LEAVE, LEAVE_WEEK = 6, 3  # who is away, and in which week from this one: nobody covers
RUNS_OUT, RUNS_OUT_WEEK = 4, 5  # whose training ends, and after the Friday of which week
DAY = timedelta(days=1)
NOTICE = timedelta(days=3)


@dataclass(frozen=True)
class PlannedSeries:
    """`week`: that of its first session, from this one. `leaders`: by their number among facilitators, or `WOMAN`."""

    code: str
    site: str
    week: int
    weekdays: tuple[int, ...]
    from_at: time
    sessions: int
    a_week: int
    places: int
    leaders: tuple[int, ...]
    skill: str
    entries: tuple[int, ...] = (1,)
    women: bool = False
    rolling: bool = False
    must_finish: bool = False
    unsent: bool = False  # the register of the last session before today
    members: int = 0  # how many are in it, where so many of those who wait for it may be

    @property
    def minutes(self):
        return 120

    @property
    def room(self):
        return "Main hall" if self.site == HALL else GROUP_ROOM

    def days(self, today):
        """The days of its sessions, without bank holidays, in order."""
        day = monday_of(today) + timedelta(weeks=self.week)
        found: list[date] = []
        while len(found) < self.sessions:
            if day.weekday() in self.weekdays and day not in bank_holidays(day.year):
                found.append(day)
            day += DAY
        return found

    def may_be_joined(self, today):
        """Whether somebody who is told today is told in time of a session with which one may begin."""
        days = self.days(today)
        return any(days[number - 1] >= today + NOTICE for number in self.entries)

    def key(self, today):
        """As the truth names it: the intervention, where, and its first day."""
        return [self.code, self.site, self.days(today)[0].isoformat()]


STONES, THINKING = "Stepping Stones to Change", "Thinking Skills Programme"
LATER = (1, 5, 9)
SERIES = (
    PlannedSeries(
        "stepping_stones", READING, -4, (0, 3), time(14), 12, 2, 12, (3,), STONES, LATER, rolling=True, members=8,
    ),
    PlannedSeries("stepping_stones", HALL, 2, (1, 3), time(18, 30), 12, 2, 12, (8,), STONES, LATER, rolling=True),
    PlannedSeries("stepping_stones", WYCOMBE, 1, (1, 4), time(10), 12, 2, 10, (6,), STONES, LATER, rolling=True),
    PlannedSeries("thinking_skills_programme", READING, -4, (1, 3), time(10), 19, 2, 10, (2, 3), THINKING, must_finish=True),
    PlannedSeries("thinking_skills_programme", OXFORD, 2, (0, 2), time(13, 30), 19, 2, 10, (4, 5), THINKING, must_finish=True),
    PlannedSeries(
        "building_better_relationships", MILTON_KEYNES, 4, (1, 3), time(14), 24, 2, 10, (6, 7),
        "Building Better Relationships", must_finish=True,
    ),
    PlannedSeries("heal", OXFORD, 1, (2,), time(10), 10, 1, 8, (WOMAN,), "HEAL", women=True),
    PlannedSeries(
        "womens_workshop", READING, 2, (1,), time(13), 6, 1, 8, (WOMAN,), "Women's Workshop", (1, 2, 3, 4, 5, 6),
        women=True, rolling=True,
    ),
    PlannedSeries("making_amends", READING, 1, (4,), time(10), 6, 1, 12, (2,), "Making Amends", members=2),
    PlannedSeries("positive_relationships", OXFORD, -4, (4,), time(13, 30), 8, 1, 4, (0,), "Positive Relationships", unsent=True, members=3),
    PlannedSeries(
        "ete", MILTON_KEYNES, -4, (0,), time(10), 8, 1, 12, (1,), "Advice on work and learning",
        (1, 2, 3, 4, 5, 6, 7, 8), rolling=True,
    ),
)  # fmt: skip
IN_THE_EVENING = {one.code for one in SERIES if one.from_at >= time(17)}


def monday_of(day):
    return day - timedelta(days=day.weekday())
