"""Who is in a series in the demonstration: of those who wait for it, a few on whom nothing else that was planted turns.

What each session was to each of them is planned here; it is done in `group_registers` and told in `members_truth`.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localtime

from cases.models import Contact
from grid.management.demo.group_people import Person
from grid.management.demo.group_plans import SERIES, PlannedSeries
from grid.reference.group_marks import Mark
from grid.reference.interventions import Hook

JOINS_BEFORE, WAITED_BEFORE = timedelta(weeks=1), timedelta(weeks=2)
LONGEST = (
    12  # sessions of what uses days of a RAR: with as many left, the same suits them as before
)
OWED_ELSEWHERE = {"monthly_contact", "book_rar_day", "offer_again"}  # which a group would stop
RAR_DAY = "RARP"
KEPT_WAITING = "weekend"  # the kind of week of which few are dealt, and needs are put to a senior
SPARE = 3  # of a series, in place of those to whom the service gives no place
AN_APPOINTMENT = timedelta(minutes=30)
LATE_MINUTES, MISSES = 10, 2


@dataclass
class Member:
    """`begins`: the number of the session with which they begin; `days`: of their RAR that the series takes up, in order.

    `beside`: lines of their log on its days before they joined it. `turn`: among the members of their series.
    """

    person: Person
    series: PlannedSeries
    begins: int
    joined_on: date
    sessions: dict[int, date]
    days: tuple[date, ...]
    beside: dict[date, list[Contact]]
    binds: bool  # whether they must come to all of it
    turn: int = 0
    absent: bool = False  # from the last sessions before today

    @property
    def crn(self):
        return self.person.crn

    def must_come_on(self, day):
        return self.binds or day in self.days

    def marks(self, today):
        """{number: what is said of it}, of the sessions before today."""
        been = [number for number, day in self.sessions.items() if day < today]
        found = dict.fromkeys(been, Mark.TOOK_PART)
        if self.absent:
            return found | dict.fromkeys(been[-MISSES:], Mark.NOT_COME)
        if self.series.unsent and been:
            del found[been[-1]]  # nobody has said it yet
        if self.turn == 1 and len(been) > 2:
            found[been[-3]] = Mark.EXCUSED
        return found

    def late_minutes(self, number, today):
        """One of them was late once."""
        second = [*self.marks(today)][1:2]
        return LATE_MINUTES if self.turn == 2 and number in second else 0


def choose(dealt, planted, today):
    """Those of `dealt.waiting` who may be in a series, taken out of it: more than are given a place."""
    clear = _clear_of(planted)
    named = {one.crn for one in (dealt.in_work, dealt.fits, dealt.women_only) if one}
    members: list[Member] = []
    for series in SERIES:
        found = [
            member
            for one in dealt.waiting
            if series.members and one.code == series.code and one.week != KEPT_WAITING
            if one.crn not in named and clear(one.crn)
            if (member := _member(one, series, planted, today))
        ]
        members += found[: series.members + SPARE]
    for member in members:
        _had_waited(member)
    chosen = {one.crn for one in members}
    dealt.waiting = [one for one in dealt.waiting if one.crn not in chosen]
    return members


def _had_waited(member):
    """They waited before they joined, and could come by day, as they were asked."""
    one = member.person
    one.since = min(one.since, member.joined_on - WAITED_BEFORE)
    one.week, one.asked_before = "day", member.joined_on


def _clear_of(planted):
    """Whether nothing else that was planted turns on whom somebody sees, or does not."""
    kept = {one["crn"] for one in planted["people"] if one.get("story")}
    kept |= {crn for crns in planted["enforcement"]["fates"].values() for crn in crns}
    kept |= {crn for crn, kind, _ in planted["meeting"]["owed"] if kind in OWED_ELSEWHERE}
    kept |= {crn for pair in planted["kept_apart"] for crn in pair}
    return lambda crn: crn not in kept


def _member(one, series, planted, today):
    """They as a member, from the first session with which they can have begun; None: with none."""
    every = dict(enumerate(series.days(today), start=1))
    by = one.beside.judged[series.code].by
    began = max(filter(None, (one.beside.sentence.started_on, one.case.arrived_on)))
    if by.until is None or by.until < every[series.sessions]:
        return None
    for begins in series.entries:
        sessions = {number: day for number, day in every.items() if number >= begins}
        joined_on = min(every[begins] - JOINS_BEFORE, today)
        days = tuple(sessions.values())
        if by.hook == Hook.RAR and _is_unclear(one.case):
            return None
        if by.hook == Hook.RAR:
            days = days[: _room(planted["meeting"]["rar"][one.crn])]
        left = _left(one.crn, planted, [day for day in days if day < today])
        beside = _beside(one.case, sessions.values())
        if joined_on - WAITED_BEFORE < began or (by.hook == Hook.RAR and left < LONGEST):
            continue
        lines = [line for those in beside.values() for line in those]
        if not any(_in_the_way(line, series) or _had(line, today) for line in lines):
            binds = by.hook != Hook.VOLUNTARY and len(days) == len(sessions)
            taken = days if by.hook == Hook.RAR else ()
            return Member(one, series, begins, joined_on, sessions, taken, beside, binds)
    return None


def _room(counted):
    """Days of a RAR that are neither credited, booked nor planned. `counted`: as the truth has them.

    What was credited was so under nothing that is planned: whoever had any of that is in no series.
    """
    ordered, planned, booked, credited = counted
    return max(0, ordered - credited - max(planned, booked))


def _is_unclear(case):
    """Whether a day of their RAR was credited under what is planned, which its truth does not tell."""
    days = case.contacts.filter(rar_activity=True, appointment=True)
    return days.filter(booking__rar_activity__isnull=False, attended=True).exists()


def _left(crn, planted, been):
    ordered, _, _, credited = planted["meeting"]["rar"].get(crn, (0, 0, 0, 0))
    return ordered - credited - len(been)


def _beside(case, days):
    found = defaultdict(list)
    for line in case.contacts.filter(started_at__date__in=list(days)).select_related("booking"):
        found[localtime(line.started_at).date()].append(line)
    return found


def _in_the_way(line, series):
    """Whether they are expected elsewhere while it lasts."""
    starts_at = localtime(line.started_at)
    begins = datetime.combine(starts_at.date(), series.from_at, starts_at.tzinfo)
    ends = begins + timedelta(minutes=series.minutes)
    return line.appointment and begins - AN_APPOINTMENT < starts_at < ends


def _had(line, today):
    """Whether it was a day of their RAR already."""
    return is_rar_day(line) and localtime(line.started_at).date() < today


def is_rar_day(line):
    return line.rar_activity or line.type_code == RAR_DAY


def name_turns(members, today):
    """What stands of some of those who were given a place: by turns, and who was absent.

    Who was absent is the first who has begun some sessions ago and has another to come to: of those who must come to all of it, else to none.
    """
    turns: defaultdict[int, int] = defaultdict(int)
    for one in members:
        one.turn = turns[id(one.series)]
        turns[id(one.series)] += 1
    begun = [one for one in members if MISSES < len(one.marks(today)) < len(one.sessions)]
    by_choice = [one for one in begun if not one.days and not one.binds]
    for one in ([each for each in begun if each.binds] or by_choice)[:1]:
        one.absent = True
