"""First come, first served: the timetable as it comes about where nobody plans it, to set a proposal beside.

Each week in which a series may begin, whoever has waited longest is looked at first, then the next. As soon as the least number
that an intervention begins with have gathered at a site (people whom it suits, within reach, free at that time and not placed
yet), at the first time at which there are a room and leaders, a series begins with those who have waited longest, as many as it
holds. Nobody looks at when an order ends or at what a court ordered. Source: report 1.3 and 2.3, how places were given.
"""

from collections import defaultdict
from collections.abc import Iterator

from grid.rules.quarter_facts import Group, Leader, Series, ToPlan, Wanted, asks_of
from grid.rules.quarter_series import Sittings, Taken, Way, is_free, ways_of


def first_come(question: ToPlan) -> tuple[Group, ...]:
    """The groups, in the order in which they come about."""
    return tuple(_Queue(question).groups())


class _Queue:
    def __init__(self, question: ToPlan):
        self.question, self.taken = question, Taken(question)
        self.asks = asks_of(question)
        self.leaders = sorted(question.leaders, key=lambda one: one.key)
        self.waiting = sorted(question.wanted, key=lambda one: (one.since, one.key))
        self.ways: dict[tuple, list[Way]] = defaultdict(list)  # {(week, code, site)}
        for way in ways_of(question):
            self.ways[way.first_week, way.ask.code, way.site.key].append(way)
        self.mates = defaultdict(set)
        for one, other in question.apart:
            self.mates[one].add(other)
            self.mates[other].add(one)

    def groups(self) -> Iterator[Group]:
        for week in sorted(set(self.question.starts)):
            while group := self._next(week):
                placed = set(group.people)
                self.waiting = [one for one in self.waiting if one.key not in placed]
                yield group

    def _next(self, week: int) -> Group | None:
        """The next series that begins in this week, for whoever has waited longest of those for whom one can."""
        looked_at = set()
        for person in self.waiting:
            for code in person.codes:
                for site in person.free:
                    if (code, site) not in looked_at:
                        looked_at.add((code, site))
                        if group := self._begun(week, code, site):
                            return group
        return None

    def _begun(self, week: int, code: str, site: int) -> Group | None:
        for way in self.ways[week, code, site]:
            leaders = self._leaders(way)
            people = self._gathered(way) if leaders else ()
            if people:
                self._take(way, leaders)
                return Group(Series(code, site, way.times, week, leaders), people)
        return None

    def _leaders(self, way: Way) -> tuple[int, ...]:
        if not self.taken.has_room(way.site, way.sittings):
            return ()
        able = [one.key for one in self.leaders if self._may_lead(one, way, way.sittings)]
        return tuple(able[: way.ask.leaders]) if len(able) >= way.ask.leaders else ()

    def _may_lead(self, leader: Leader, way: Way, sittings: Sittings) -> bool:
        return leader.key in way.leaders and self.taken.may_lead(leader, sittings)

    def _gathered(self, way: Way) -> tuple[int, ...]:
        found: list[int] = []
        for person in self.waiting:
            if self._comes(person, way) and self.mates[person.key].isdisjoint(found):
                found.append(person.key)
            if len(found) == way.ask.most:
                break
        return tuple(found) if len(found) >= way.ask.least else ()

    def _comes(self, person: Wanted, way: Way) -> bool:
        return way.ask.code in person.codes and is_free(way, person)

    def _take(self, way: Way, leaders: tuple[int, ...]) -> None:
        self.taken.add(way.site.key, leaders, way.sittings)
