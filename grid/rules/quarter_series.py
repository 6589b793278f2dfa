"""The series that could be run in a quarter, who could come to each, and what they take: rooms and leaders.

People who count alike in every series are taken together as a kind: which of them has a place makes no difference. What can
be taken once only, or so often, is a line (a room of a site at a time of a week, a leader at that time, a leader's week); of
lines that ask the same of fewer series only the strictest is kept.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from grid.reference.parts_of_day import When
from grid.rules.coming import Suited
from grid.rules.quarter_facts import (
    Ask,
    Leader,
    Site,
    Times,
    ToPlan,
    Wanted,
    asks_of,
    day_of,
    is_able,
    quarters_waited,
    sittings_of,
    times_of,
    worth_of,
)

Sittings = tuple[tuple[int, When], ...]
Uses = tuple[tuple[int, int], ...]  # (line, how much of it)


@dataclass(frozen=True, slots=True)
class Way:
    """A series that could be run, as far as rooms and leaders go. `leaders`: who could lead it."""

    ask: Ask
    site: Site
    times: Times
    first_week: int
    sittings: Sittings
    last: date
    leaders: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Possible:
    """A way to which enough can come. `worth`: (kind, what a place counts), the most first."""

    way: Way
    worth: tuple[tuple[int, int], ...]
    copies: int  # how many alike could run beside each other, at most
    room: tuple[int, ...]  # lines
    of_leader: Mapping[int, Uses]


@dataclass(frozen=True, slots=True)
class Board:
    question: ToPlan
    ways: tuple[Way, ...]
    kinds: tuple[Kind, ...]
    possible: tuple[Possible, ...]
    lines: tuple[int, ...]  # how much there is of each


def board_of(question: ToPlan) -> Board:
    """In an order that does not hang on that of the question."""
    ways = tuple(ways_of(question))
    people = sorted(question.wanted, key=lambda one: one.key)
    kinds, likes = _kinds(question, ways, people)
    found = []
    for way in ways:
        worth = _worth(question, way, likes)
        number = sum(len(kinds[place].people) for place, _ in worth)
        if number >= way.ask.least:
            copies = min(way.site.rooms, len(way.leaders) // way.ask.leaders, number // way.ask.least)  # fmt: skip
            found.append((way, worth, copies))
    lines = _Lines(question, [(way, copies) for way, _, copies in found])
    possible = tuple(
        Possible(way, worth, copies, lines.rooms[place], lines.leaders[place])
        for place, (way, worth, copies) in enumerate(found)
    )
    return Board(question, ways, kinds, possible, tuple(lines.capacity))


def may_come(way: Way, person: Wanted) -> bool:
    """Whether they, whom it suits, can come to it and finish in time."""
    return is_free(way, person) and in_time(way, person)


def is_free(way: Way, person: Wanted) -> bool:
    """Whether they can come to it: within reach, when they are free, and a woman where it is for women."""
    return (
        way.site.key in person.free
        and person.free[way.site.key].issuperset(way.times)
        and (person.woman or not way.ask.women_only)
    )


def in_time(way: Way, person: Wanted) -> bool:
    return person.suited_to(way.ask.code).in_time(way.last)


def ways_of(question: ToPlan) -> Iterator[Way]:
    """Each series that could be run beside what is taken, whoever comes, in an order that does not hang on the question's."""
    taken = Taken(question)
    leaders = sorted(question.leaders, key=lambda one: one.key)
    for ask in sorted(question.asks, key=lambda one: one.code):
        able = [one for one in leaders if is_able(one, ask)]
        sites = [one for one in question.sites if not ask.sites or one.key in ask.sites]
        for times in times_of(ask):
            free = [one for one in able if _has_time(one, ask, times)]
            if len(free) < ask.leaders:
                continue
            for week in sorted(set(question.starts)):
                sittings = sittings_of(question, ask, times, week)
                if not sittings:
                    continue
                last = day_of(question, sittings[-1][0], sittings[-1][1].weekday)
                those = tuple(one.key for one in free if taken.may_lead(one, sittings))
                if len(those) < ask.leaders:
                    continue
                for site in sorted(sites, key=lambda one: one.key):
                    if site.shut.isdisjoint(times) and taken.has_room(site, sittings):
                        yield Way(ask, site, times, week, sittings, last, those)


def _has_time(leader: Leader, ask: Ask, times: Times) -> bool:
    return all(leader.minutes.get(when, 0) >= ask.minutes for when in times)


class Taken:
    """What the series that are settled or run already take."""

    def __init__(self, question: ToPlan):
        self.rooms: dict[tuple, int] = defaultdict(int)  # (site, week, when)
        self.times: set[tuple] = set()  # (leader, week, when)
        self.loads: dict[tuple, int] = defaultdict(int)  # (leader, week)
        asks = asks_of(question)
        for one in question.taken:
            sittings = sittings_of(question, asks[one.code], one.times, one.first_week)
            self.add(one.site, one.leaders, sittings)

    def add(self, site: int, leaders: Iterable[int], sittings: Sittings) -> None:
        for week, when in sittings:
            self.rooms[site, week, when] += 1
            for leader in leaders:
                self.times.add((leader, week, when))
                self.loads[leader, week] += 1

    def has_room(self, site: Site, sittings: Sittings) -> bool:
        return all(self.rooms[(site.key, *one)] < site.rooms for one in sittings)

    def may_lead(self, leader: Leader, sittings: Sittings) -> bool:
        weeks: dict[int, int] = defaultdict(int)
        for week, when in sittings:
            weeks[week] += 1
            if (week, when.weekday) in leader.leave or (leader.key, week, when) in self.times:
                return False
        return all(
            self.loads[leader.key, week] + number <= leader.a_week for week, number in weeks.items()
        )


def _kinds(question, ways: Iterable[Way], people: Iterable[Wanted]):
    """Whoever counts alike everywhere, in the order of the first of each; and one of each."""
    ends = sorted({one.last for one in ways})
    alone = {key for pair in question.apart for key in pair}
    found: dict[tuple, list[Wanted]] = {}
    for one in people:
        suited = tuple(
            (each.code, _how_many_in_time(ends, each), each.ordered) for each in one.suited
        )
        key = (
            suited, frozenset(one.free.items()), one.woman,
            quarters_waited(one, question.first), one.key if one.key in alone else None,
        )  # fmt: skip
        found.setdefault(key, []).append(one)
    for those in found.values():
        those.sort(key=lambda one: (one.since, one.key))  # who has waited longest is placed first
    kinds = tuple(Kind(tuple(one.key for one in those)) for those in found.values())
    likes: dict[tuple, list] = defaultdict(list)  # {(code, site): of whom it may be}
    for place, those in enumerate(found.values()):
        for code in those[0].codes:
            for site in those[0].free:
                likes[code, site].append((place, those[0]))
    return kinds, likes


def _how_many_in_time(ends: list[date], suited: Suited) -> int:
    """Of these days, in order: whoever has as many of them counts alike."""
    return len(ends) if suited.until is None else bisect_right(ends, suited.until)


def _worth(question, way, likes):
    week = way.sittings[0][0]
    worth = [
        (place, worth_of(question, person, way.ask.code, week))
        for place, person in likes[way.ask.code, way.site.key]
        if may_come(way, person)
    ]
    return tuple(sorted(worth, key=lambda one: (-one[1], one[0])))


class _Lines:
    """What each possible series takes of which line."""

    def __init__(self, question: ToPlan, ways: list[tuple[Way, int]]):
        self.capacity: list[int] = []
        self.rooms: list[tuple[int, ...]] = [() for _ in ways]
        self.leaders: list[dict[int, Uses]] = [dict.fromkeys(way.leaders, ()) for way, _ in ways]
        self.taken = Taken(question)
        self._of_rooms(ways)
        self._of_leaders(ways, {one.key: one for one in question.leaders})

    def _of_rooms(self, ways):
        uses: dict[tuple, dict] = defaultdict(lambda: defaultdict(dict))
        most = {}
        for place, (way, _) in enumerate(ways):
            most[way.site.key] = way.site.rooms
            for week, when in way.sittings:
                uses[way.site.key, when][week][place] = 1
        for (site, when), weeks in uses.items():
            of_weeks = {
                week: (most[site] - self.taken.rooms[site, week, when], taken)
                for week, taken in weeks.items()
            }
            for line, taken in self._strictest(of_weeks):
                for place in taken:
                    self.rooms[place] += (line,)

    def _of_leaders(self, ways, team):
        at: dict[tuple, dict] = defaultdict(lambda: defaultdict(dict))  # at one time
        load: dict[int, dict] = defaultdict(lambda: defaultdict(dict))  # in one week
        for place, (way, _) in enumerate(ways):
            for leader in way.leaders:
                for week, when in way.sittings:
                    at[leader, when][week][place] = 1
                    load[leader][week][place] = load[leader][week].get(place, 0) + 1
        for (leader, _), weeks in at.items():
            self._add(leader, {week: (1, taken) for week, taken in weeks.items()})
        for leader, weeks in load.items():
            left = {week: team[leader].a_week - self.taken.loads[leader, week] for week in weeks}
            self._add(leader, {week: (left[week], taken) for week, taken in weeks.items()})

    def _add(self, leader, of_weeks):
        for line, taken in self._strictest(of_weeks):
            for place, number in taken.items():
                self.leaders[place][leader] += ((line, number),)

    def _strictest(self, of_weeks):
        """(line, what each series takes of it), of weeks that ask more than every other does."""
        kept: list[tuple[int, dict]] = []
        longest = sorted(of_weeks.items(), key=lambda one: (-len(one[1][1]), one[0]))
        for _, (capacity, taken) in longest:
            if not any(left <= capacity and _within(taken, other) for left, other in kept):
                kept.append((capacity, taken))
        for capacity, taken in kept:
            self.capacity.append(capacity)
            yield len(self.capacity) - 1, taken


def _within(taken, other):
    return all(number <= other.get(place, 0) for place, number in taken.items())
