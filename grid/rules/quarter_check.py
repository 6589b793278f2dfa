"""Looks through a quarter's timetable, wherever it came from, and refuses what could not be held.

Written apart from what proposes one: days are counted one by one from the calendar, and each rule of the question is held to
each session. A timetable that was edited by hand is held to the same. Sources: as of `grid.rules.quarter_facts`.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from cases.rules.words import counted
from grid.reference.parts_of_day import PartOfDay
from grid.rules.quarter_facts import Ask, Group, Series, ToPlan, Wanted
from staff.errors import RuleBroken
from staff.rules.dates import say_date

ONE_DAY = timedelta(days=1)


def check(question: ToPlan, groups: Iterable[Group], *, in_time: bool = True) -> None:
    """Raises RuleBroken for the first thing that cannot be. `in_time`: whether everybody must finish in time."""
    _Check(question, tuple(groups), in_time).all()


class _Uses(NamedTuple):
    """How often series use a room of a site or a leader at one time, and a leader in one week."""

    rooms: Counter[tuple[int, date, PartOfDay]]
    times: Counter[tuple[int, date, PartOfDay]]
    weeks: Counter[tuple[int, int]]


class _Check:
    def __init__(self, question: ToPlan, groups: tuple[Group, ...], in_time: bool):
        self.question, self.groups, self.in_time = question, groups, in_time
        self.asks = {one.code: one for one in question.asks}
        self.sites = {one.key: one for one in question.sites}
        self.leaders = {one.key: one for one in question.leaders}
        self.people = {one.key: one for one in question.wanted}

    def all(self) -> None:
        for one in self.groups:
            self._known(one)
            self._times(one.series)
            self._led(one.series)
            self._size(one)
            for key in one.people:
                self._place(self.people[key], one.series)
        self._once()
        self._nothing_twice()

    def _known(self, group):
        run = group.series
        asked: list[tuple[str, object, Collection]] = [
            ("intervention", run.code, self.asks),
            ("site", run.site, self.sites),
            *(("leader", key, self.leaders) for key in run.leaders),
            *(("person", key, self.people) for key in group.people),
        ]
        for what, key, known in asked:
            if key not in known:
                raise RuleBroken(f"There is no {what} {key} in this quarter.")

    def _days(self, run: Series) -> list[tuple[date, PartOfDay]]:
        """(day, part of the day) of each session in the weeks that there are."""
        ask, parts = self.asks[run.code], dict(run.times)
        weeks = self.question.weeks + (self.question.run_on if ask.runs_on else 0)
        day = self.question.first + timedelta(weeks=run.first_week)
        over = self.question.first + timedelta(weeks=weeks)
        found: list[tuple[date, PartOfDay]] = []
        while day < over and len(found) < ask.sessions:
            if day.weekday() in parts and day not in self.question.shut:
                found.append((day, parts[day.weekday()]))
            day += ONE_DAY
        return found

    def _times(self, run):
        ask, site = self.asks[run.code], self.sites[run.site]
        if run.first_week not in self.question.starts:
            raise RuleBroken(f"No series begins in week {run.first_week + 1}.")
        days = [when.weekday for when in run.times]
        apart = all(later - day > 1 for day, later in zip(days, days[1:], strict=False))
        if len(days) != ask.a_week or not apart or len({when.part for when in run.times}) != 1:
            raise RuleBroken(
                f"{ask.title} has {counted(ask.a_week, 'session')} a week, at one part of the day and not on days that follow each other."
            )
        if ask.sites and run.site not in ask.sites:
            raise RuleBroken(f"{ask.title} does not run at {site.name}.")
        if not site.shut.isdisjoint(run.times):
            raise RuleBroken(f"{site.name} is shut at that time.")
        if len(self._days(run)) < ask.sessions:
            raise RuleBroken(f"{ask.title} would not come to its end in the weeks that there are.")

    def _led(self, run):
        ask = self.asks[run.code]
        if len(set(run.leaders)) != ask.leaders or len(run.leaders) != ask.leaders:
            raise RuleBroken(f"{ask.title} is led by {ask.leaders}.")
        for leader in (self.leaders[key] for key in run.leaders):
            if ask.skill and ask.skill not in leader.skills:
                raise RuleBroken(f"{leader.name} is not trained for {ask.title}.")
            if ask.women_only and not leader.woman:
                raise RuleBroken(
                    f"{ask.title} is for women, and {leader.name} is not known to be one."
                )
            if any(leader.minutes.get(when, 0) < ask.minutes for when in run.times):
                raise RuleBroken(f"{leader.name} is not free at that time.")
            for day, _ in self._days(run):
                if divmod((day - self.question.first).days, 7) in leader.leave:
                    raise RuleBroken(f"{leader.name} is on leave on {say_date(day)}.")

    def _size(self, group):
        ask = self.asks[group.series.code]
        if not ask.least <= len(group.people) <= ask.most:
            raise RuleBroken(
                f"{ask.title} has {ask.least} to {ask.most} people, and here {len(group.people)}."
            )
        for pair in self.question.apart:
            if set(pair) <= set(group.people):
                raise RuleBroken("Two who must be kept apart are in one group.")

    def _place(self, person: Wanted, run: Series) -> None:
        ask: Ask = self.asks[run.code]
        who = f"Person {person.key}"
        if run.code not in {one.code for one in person.suited}:
            raise RuleBroken(f"{who}: {ask.title} does not suit them.")
        if run.site not in person.free:
            raise RuleBroken(f"{who}: {self.sites[run.site].name} is not within their reach.")
        if not person.free[run.site].issuperset(run.times):
            raise RuleBroken(f"{who} is not free at that time.")
        if ask.women_only and not person.woman:
            raise RuleBroken(f"{who}: {ask.title} is for women only.")
        last = self._days(run)[-1][0]
        suited = next(one for one in person.suited if one.code == run.code)
        if self.in_time and suited.until is not None and last > suited.until:
            raise RuleBroken(f"{who}: the last session is on {say_date(last)}, after their order or licence ends.")  # fmt: skip

    def _once(self):
        places = Counter(key for one in self.groups for key in one.people)
        for key, number in places.items():
            if number > 1:
                raise RuleBroken(f"Person {key} has more than one place.")

    def _nothing_twice(self):
        """Of what is proposed, beside what runs already. What runs is not refused, whoever leads it and wherever it is."""
        (rooms, times, weeks), running = self._uses([one.series for one in self.groups]), self._uses(self.question.taken)  # fmt: skip
        for (site, day, part), number in rooms.items():
            if number + running.rooms[site, day, part] > self.sites[site].rooms:
                raise RuleBroken(f"{self.sites[site].name} has no room left on {say_date(day)}.")
        for (leader, day, part), number in times.items():
            if number + running.times[leader, day, part] > 1:
                raise RuleBroken(f"{self.leaders[leader].name} would lead two groups at one time on {say_date(day)}.")  # fmt: skip
        for (leader, week), number in weeks.items():
            whole = number + running.weeks[leader, week]
            if whole > self.leaders[leader].a_week:
                raise RuleBroken(f"{self.leaders[leader].name} would lead {counted(whole, 'session')} in week {week + 1}, more than they said.")  # fmt: skip

    def _uses(self, runs: Iterable[Series]) -> _Uses:
        found = _Uses(Counter(), Counter(), Counter())
        for run in runs:
            for day, part in self._days(run):
                found.rooms[run.site, day, part] += 1
                for leader in run.leaders:
                    found.times[leader, day, part] += 1
                    found.weeks[leader, (day - self.question.first).days // 7] += 1
        return found
