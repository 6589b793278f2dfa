"""Plans each day's session from the places people have, and what came of it for each who was on it.

Eight weeks back, whose registers say what was done, and as far ahead as people know their days. Planted: a register
that was not closed, a day stood down by us, and days of which nobody wrote what was done (report 4.1).
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from cases.rules.calendar import bank_holidays
from unpaidwork.management.demo import said
from unpaidwork.management.demo.catalogue import ALONE_ON_SITE
from unpaidwork.management.demo.dealing import CLEARED, HOME_SITE
from unpaidwork.management.demo.plans import Day

BACK, AHEAD = timedelta(days=56), timedelta(weeks=4)
WHOLE_DAY, SHORTEST = 420, 60  # minutes
STOOD_DOWN, UNWRITTEN = 0.03, 0.06  # of past sessions
STAFFED_AHEAD = timedelta(days=14)
LONGEST_LOG = 215  # lines
REGULAR = (0.95, 0.9, 0.75, 0.5)  # how often somebody is there, one of these for each
GRADES = ("EX", "GD", "GD", "GD", "SA", "SA", "US")
MISSED, MISSED_DAYS = 4, (1, 7)
EARLIER = (5, 13)  # days ago, of the late one


@dataclass
class Session:
    """One day on one project. `state`: as the product has it; `written` False: nobody wrote what was done."""

    project: str
    on: date
    state: str = "planned"
    because: str = ""
    written: bool = True
    people: list = field(default_factory=list)  # (plan, its Day)
    staff: list[int] = field(default_factory=list)
    key: int = 0

    @property
    def expected(self):
        return [pair for pair in self.people if pair[1].came == "expected"]


class Calendar:
    """Every session, by project and day."""

    def __init__(self, plans, sites, today, seed, *, staff, reviewed):
        self.sites, self.today, self.seed = sites, today, seed
        self.staff = staff  # those who supervise, the demonstration's own sign-in first
        self.sessions: dict[tuple[str, date], Session] = {}
        self.reviewed = reviewed  # CRNs: what happened to them is told in their reviews
        self.missed: list[tuple] = []  # (plan, its day, session)
        self.disagreed: list[list] = []  # sessions of which a tablet says something else
        self.incidents: list[list] = []
        self.closed = {day for year in (today.year, today.year + 1) for day in bank_holidays(year)}
        there = defaultdict(list)
        for plan in plans:
            for on in self._past(plan):
                there[plan.project, on].append(plan)
        for project, on in sorted(there):
            self.sessions[project, on] = self._session(project, on)
        self._leave_open(there)
        for plan in plans:
            self._work(plan)
        self.sessions = {key: self.sessions[key] for key in sorted(self.sessions, key=_by_day)}
        self._staff_them()

    def _past(self, plan):
        if not plan.project:
            return
        room = max(0, LONGEST_LOG - plan.who.lines - AHEAD // timedelta(weeks=1) - 1)
        first = max(plan.from_on, self.today - min(BACK, room * timedelta(weeks=1)))
        on = first + timedelta(days=(plan.weekday - first.weekday()) % 7)
        while on < min(self.today, plan.stopped_on or self.today):
            yield on
            on += timedelta(weeks=1)

    def _session(self, project, on):
        rng = Random(f"{self.seed} session {project} {on}")
        one = Session(project, on, "closed", written=rng.random() >= UNWRITTEN)
        if rng.random() < STOOD_DOWN and (self.today - on).days > 1:
            one.state, one.because = "stood_down", rng.choice(said.STOOD_DOWN)
        return one

    def _leave_open(self, there):
        """One register of yesterday and one of last week on which nobody has said the last word."""
        past = [key for key in sorted(there, key=_by_day) if key[0] != HOME_SITE]
        low, high = EARLIER
        lately = [key for key in past if low <= (self.today - key[1]).days <= high]
        yesterday = [key for key in past if (self.today - key[1]).days == 1]
        for keys in (lately, yesterday):
            for key in sorted(keys, key=lambda one: -len(there[one]))[:1]:
                self.sessions[key].state, self.sessions[key].because = "published", ""
        self._stand_down([key for key in past if (self.today - key[1]).days > 1])

    def _stand_down(self, past):
        """The latest day before yesterday, where chance has stood none down."""
        if any(one.state == "stood_down" for one in self.sessions.values()):
            return
        for key in reversed(past):
            if self.sessions[key].state == "closed":
                self.sessions[key].state, self.sessions[key].because = (
                    "stood_down",
                    said.STOOD_DOWN[0],
                )
                return

    def _work(self, plan):
        """Their days in order, until what the record says they completed is used up; then those to come."""
        if not plan.project:
            return
        rng = Random(f"{self.seed} days {plan.who.crn}")
        often, budget = rng.choice(REGULAR), plan.credited - plan.of_courses
        for on in self._past(plan):
            session = self.sessions[plan.project, on]
            day = self._past_day(plan, session, rng, often, budget)
            if day:
                budget -= day.minutes
                self._put(plan, session, day)
        self._travel(plan)
        if plan.state == "active":
            self._come(plan)

    def _travel(self, plan):
        """Of whoever is allowed travel time, the last day waits for a decision, and those before did not count."""
        attended = [one for one in plan.days if one.came == "left"] if plan.travels else []
        for one in attended:
            one.travel = "waiting" if one is attended[-1] else "refused"

    def _past_day(self, plan, session, rng, often, budget):
        there = rng.random() < often
        if session.state == "stood_down":
            return Day(session.on, "stood_down", outcome="AASD")
        if session.state == "published" and len(session.people) % 2 == 0:
            return Day(session.on)
        if not there or budget < SHORTEST:
            return self._missed(session, plan)
        day = Day(session.on, "left", min(WHOLE_DAY, budget), outcome="ATTC")
        if session.written:
            day.task = rng.choice(self.sites.planned[session.project].tasks)
            day.quality = rng.choice(GRADES)
        return day

    def _missed(self, session, plan):
        """Of a few in the last days the register says that they did not come; the others were not wanted that day."""
        low, high = MISSED_DAYS
        lately = low <= (self.today - session.on).days <= high
        may = plan.state == "active" and not plan.will_stop and plan.who.crn not in self.reviewed
        may = may and not plan.who.retained  # whose officer, who decides, is not ours
        if not (lately and may and session.state == "closed") or len(self.missed) == MISSED:
            return None
        day = Day(session.on, "not_come")
        self.missed.append((plan, day, session))
        return day

    def _come(self, plan):
        """The days they are given from today on, as far as their hours go."""
        offered = sum(WHOLE_DAY for one in plan.days if one.came == "expected")
        on = self.today + timedelta(days=(plan.weekday - self.today.weekday()) % 7)
        while on <= self.today + AHEAD and offered < plan.left:
            if on == self.today or on not in self.closed:
                session = self.sessions.setdefault((plan.project, on), Session(plan.project, on))
                self._put(plan, session, Day(on))
                offered += WHOLE_DAY
            on += timedelta(weeks=1)

    def _put(self, plan, session, day):
        plan.days.append(day)
        session.people.append((plan, day))

    def _staff_them(self):
        """As many as the ratio asks while there are any; on the site without a signal one, where two are needed."""
        busy: Counter[date] = Counter()
        own, others = self.staff[0], self.staff[1:]
        for one in sorted(self.sessions.values(), key=self._staffed_first):
            if one.on > self.today + STAFFED_AHEAD:
                continue
            wanted = -(-len(one.people) // self.sites.planned[one.project].ratio)
            if one.project == ALONE_ON_SITE:
                wanted = 1
            if one.project == HOME_SITE:
                one.staff, wanted = [own], wanted - 1
            for _ in range(wanted):
                place = busy[one.on]
                busy[one.on] += 1
                if place < len(others):
                    one.staff.append(others[(place + one.on.toordinal()) % len(others)])
            if not one.staff and one.on < self.today:
                one.staff = [others[one.on.toordinal() % len(others)]]

    def _staffed_first(self, one):
        """The site of the demonstration's own supervisor, the one without a signal, those whose people may all work."""
        cleared = (one.project, (one.on - self.today).days) in CLEARED
        return one.project != HOME_SITE, one.project != ALONE_ON_SITE, not cleared


def _by_day(key):
    project, on = key
    return on, project
