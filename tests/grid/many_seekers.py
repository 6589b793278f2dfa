"""Made-up people and series, seeded; and whether one fits the other, found out minute by minute from what was made up.

Nothing here asks the rules anything: it is what they are compared with. All times fall on a multiple of five minutes.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from cases.reference.codes import Sex
from grid.reference.parts_of_day import PartOfDay
from grid.rules.coming import Seeker, Suited
from grid.rules.company import Company
from grid.rules.free_slots import Week, of_hours, of_parts, tied
from grid.rules.groups_open import OpenSeries
from grid.rules.sessions import Session
from tests.grid.a_group import MONDAY, POLICY
from tests.grid.a_series import ends

STEP = timedelta(minutes=5)
ONE_DAY = timedelta(days=1)
OPENS = {PartOfDay.MORNING: 8, PartOfDay.AFTERNOON: 12, PartOfDay.EVENING: 17}
CLOSES = {PartOfDay.MORNING: 12, PartOfDay.AFTERNOON: 17, PartOfDay.EVENING: 22}
PLACES = (1, 2, 3, 4)
WANTED = "stepping_stones"
OTHERS = ("thinking_one_to_one", "ete", "making_amends", "work_one_to_one")
PASSED_OVER = "resolve"


@dataclass(frozen=True)
class Tie:
    weekday: int
    from_at: time
    to_at: time
    first: date | None
    last: date | None

    def holds(self, moment: datetime) -> bool:
        """Whether it has begun and is not over: it may go on past midnight, so the night before counts too."""
        for day in (moment.date(), moment.date() - ONE_DAY):
            if day.weekday() != self.weekday:
                continue
            if (self.first and day < self.first) or (self.last and day > self.last):
                continue
            begins, ends = (datetime.combine(day, at) for at in (self.from_at, self.to_at))
            if ends <= begins:
                ends += ONE_DAY
            if begins <= moment < ends:
                return True
        return False


@dataclass(frozen=True)
class Made:
    """One person, as made up, and as the rules have them."""

    ticked: frozenset[tuple[int, PartOfDay]] | None
    hours: tuple[tuple[int, time, time], ...]
    ties: tuple[Tie, ...]
    seeker: Seeker

    def is_free(self, moment: datetime) -> bool:
        day = moment.weekday()
        said = any(
            weekday == day and OPENS[part] <= moment.hour < CLOSES[part]
            for weekday, part in self.ticked or ()
        ) or any(
            weekday == day and from_at <= moment.time() < to_at
            for weekday, from_at, to_at in self.hours
        )
        return said and not any(tie.holds(moment) for tie in self.ties)


def a_time(random: Random, first: int, last: int) -> time:
    return time(random.randint(first, last), random.choice((0, 0, 15, 30, 45)))


def ties(random: Random) -> tuple[Tie, ...]:
    found = []
    work = random.random()
    if work < 0.45:
        from_at, to_at = a_time(random, 7, 10), a_time(random, 15, 18)
        found += [Tie(day, from_at, to_at, None, None) for day in range(5)]
    elif work < 0.6:  # nights
        found += [Tie(day, time(21), time(6), None, None) for day in random.sample(range(7), 4)]
    if random.random() < 0.2:
        found += [Tie(day, time(15), time(16), None, None) for day in range(5)]
    if random.random() < 0.3:  # a course that is over, or begins, some day
        day = MONDAY + timedelta(days=random.randint(0, 120))
        ends = random.random() < 0.5
        found.append(
            Tie(
                random.randrange(7), time(9), time(21), None if ends else day, day if ends else None
            )
        )
    if random.random() < 0.3:
        day = MONDAY + timedelta(days=random.randint(0, 150))
        found.append(Tie(day.weekday(), a_time(random, 9, 16), time(18), day, day))
    return tuple(found)


def person(random: Random, case: int) -> Made:
    chance = random.choice((0.3, 0.7, 1, 1))
    ticked = frozenset(
        (day, part) for day in range(7) for part in PartOfDay if random.random() < chance
    )
    hours = tuple(
        (day, a_time(random, 8, 12), a_time(random, 14, 21))
        for day in range(7)
        if random.random() < 0.15
    )
    tied_to = ties(random)
    woman = random.random() < 0.35
    parts = {day: [part for weekday, part in ticked if weekday == day] for day in range(7)}
    week = Week(
        of_parts(parts) + tuple(stretch for one in hours for stretch in of_hours(*one)),
        tuple(
            commitment
            for tie in tied_to
            for commitment in tied("work", tie.weekday, tie.from_at, tie.to_at, first=tie.first, last=tie.last)
        ),
    )  # fmt: skip
    asked = random.random() > 0.04
    seeker = Seeker(
        case=case,
        week=week if asked else None,
        minutes={place: 5 * random.randint(1, 15) for place in PLACES if random.random() < 0.95},
        company=Company(
            sex=random.choice((Sex.FEMALE,) * 5 + (Sex.UNKNOWN,))
            if woman
            else random.choice((Sex.MALE,) * 5 + (Sex.UNKNOWN,)),
            gender_identity="Female" if woman and random.random() < 0.2 else "",
            women_only=woman and random.random() < 0.4,
            apart=frozenset(random.sample(range(1, 500), 12)) - {case},
        ),
        barred=frozenset(place for place in PLACES if random.random() < 0.05),
        prefers=frozenset(place for place in PLACES if random.random() < 0.2),
    )
    return Made(ticked if asked else None, hours if asked else (), tied_to, seeker)


def suited(random: Random, code: str) -> Suited:
    until = MONDAY + timedelta(days=random.randint(60, 320)) if random.random() < 0.9 else None
    left = random.randint(0, 20) if random.random() < 0.5 else None
    return Suited(code, ends(until), left)


def series(random: Random, pk: int, codes=(WANTED, WANTED, *OTHERS, PASSED_OVER)) -> OpenSeries:
    first = MONDAY + timedelta(days=random.randint(-14, 100))
    from_at = time(random.choice((9, 10, 13, 14, 17, 18, 18, 19)), random.choice((0, 30)))
    long = random.choice((60, 90, 120))
    days = {first.weekday(), random.choice((first.weekday(), (first.weekday() + 2) % 7))}
    number, day, sessions = random.randint(1, 12), first, []
    while len(sessions) < number:
        if day.weekday() in days:
            sessions.append(Session(len(sessions) + 1, day, from_at, long))
        day += ONE_DAY
    place = random.choice(PLACES)
    cases = frozenset(random.sample(range(1, 500), random.randint(0, 6)))
    kept = frozenset(random.sample(sorted(cases), len(cases) // 3))
    return OpenSeries(
        pk=pk,
        code=random.choice(codes),
        place=place,
        site=f"Office {place}",
        sessions=tuple(sessions),
        places=len(cases) + random.choice((0, 1, 1, 2, 3)),
        entries=frozenset(random.choice(((1,), (1,), (1, 2), (1, 4, 7, 10), range(1, 13)))),
        rolling=random.random() < 0.5,
        women_only=random.random() < 0.15,
        members=cases - kept,
        kept=kept,
    )


def theirs(one: OpenSeries) -> list[Session]:
    """The sessions of whoever is told today and joins."""
    told_by = MONDAY + timedelta(days=POLICY.notice_days)
    may = [
        number
        for number, session in enumerate(one.sessions, 1)
        if session.on >= told_by and number in one.entries
    ]
    return list(one.sessions)[min(may) - 1 :] if may else []


def is_there(made: Made, session: Session, way: int) -> bool:
    """Whether they are free at each moment from leaving home until they are back, all on that day."""
    leaves = datetime.combine(session.on, session.from_at) - timedelta(minutes=way)
    back = leaves + timedelta(minutes=session.minutes + 2 * way)
    moment = leaves
    while moment < back:
        if not made.is_free(moment):
            return False
        moment += STEP
    return True


def could_come(made: Made, one: OpenSeries) -> bool:
    """Everything but the end of the order and whether there is a place."""
    who, sessions = made.seeker, theirs(one)
    if not sessions or who.case in one.members or made.ticked is None:
        return False
    company = who.company
    if one.women_only and company.sex == Sex.MALE and company.gender_identity != "Female":
        return False
    if company.women_only and not one.women_only:
        return False
    if one.place in who.barred or any(case in one.members | one.kept for case in company.apart):
        return False
    way = who.minutes.get(one.place, 1000)
    return way <= POLICY.most_minutes and all(is_there(made, each, way) for each in sessions)


def free_places(one: OpenSeries, case: int) -> int:
    """For whoever is of this number: a place that is kept for them is free for them."""
    taken = [each for each in one.members | one.kept if each != case]
    return one.places - len(taken)


def is_over(one: OpenSeries, what: Suited) -> bool:
    """Before what requires it ends, where that is known."""
    return what.end.on is None or not any(each.on > what.end.on for each in one.sessions)
