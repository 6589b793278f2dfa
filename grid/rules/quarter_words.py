"""Why each series of a proposed quarter is run, and why whoever has no place has none, in sentences.

Source: product rules (a decision shows its working); report 2.3 (nobody was told why they wait).
"""

from calendar import day_name
from collections import defaultdict
from collections.abc import Iterator, Sequence

from cases.rules.words import counted, listed
from grid.rules.coming import Suited
from grid.rules.quarter_facts import (
    WEEK,
    Explained,
    Group,
    Series,
    Times,
    ToPlan,
    Wanted,
    asks_of,
    days_of,
)
from grid.rules.quarter_series import Board, Way, in_time, is_free, may_come
from staff.rules.dates import say_date


def explained(board: Board, groups: Sequence[Group]) -> tuple[Explained, ...]:
    """Each group in the order given, then each person without a place in the order of their keys."""
    return tuple(_Desk(board, groups).all())


def say_times(times: Times) -> str:
    """ "Monday and Thursday mornings"."""
    return f"{listed(day_name[one.weekday] for one in times)} {times[0].part.title.lower()}s"


def say_series(question: ToPlan, series: Series) -> str:
    """What, where, when and with whom, in one sentence."""
    ask = asks_of(question)[series.code]
    site = next(one.name for one in question.sites if one.key == series.site)
    names = [one.name for one in question.leaders if one.key in series.leaders]
    days = days_of(question, series)
    led = f", led by {listed(names)}" if names else ""
    return (
        f"{ask.title} at {site}, {say_times(series.times)}, {counted(len(days), 'session')} from {say_date(days[0])} to "
        f"{say_date(days[-1])}{led}."
    )


class _Desk:
    def __init__(self, board: Board, groups: Sequence[Group]):
        self.board, self.question, self.groups = board, board.question, groups
        self.people = {one.key: one for one in self.question.wanted}
        self.asks = asks_of(self.question)
        self.sites = {one.key: one.name for one in self.question.sites}
        self.ways: dict[str, list[Way]] = defaultdict(list)
        for way in board.ways:
            self.ways[way.ask.code].append(way)
        self.enough = {_key(one.way) for one in board.possible}
        found = {_key(one.way): one.way for one in board.possible}
        self.run = [
            (found[one.series.code, one.series.site, one.series.times, one.series.first_week], one)
            for one in groups
        ]

    def all(self) -> Iterator[Explained]:
        for way, group in self.run:
            yield Explained(tuple(self._series(way, group)), group=group)
        placed = {key for one in self.groups for key in one.people}
        for key in sorted(self.people.keys() - placed):
            yield Explained((self._without(self.people[key]),), person=key)

    def _series(self, way: Way, group: Group) -> Iterator[str]:
        people = [self.people[key] for key in group.people]
        suited = [one.suited_to(way.ask.code) for one in people]
        ordered = sum(one.ordered for one in suited)
        court = f", {ordered} of them for people whom a court ordered to come" if ordered else ""
        longest = max((self.question.first - one.since).days // WEEK for one in people)
        yield say_series(self.question, group.series)
        yield f"{len(people)} of {counted(way.ask.most, 'place')} taken{court}. {_finish(suited)}"
        yield f"Whoever has waited longest of them has waited {counted(max(0, longest), 'week')}."
        yield from _by_choice(suited, way.ask.sessions)
        none = sum(not self._free_elsewhere(one, group) for one in people)
        if none:
            yield f"Without it, {none} of them could come to no other place that is free in this timetable."
        else:
            yield "Without it, each of them could come to another place that is free in this timetable."

    def _free_elsewhere(self, person: Wanted, group: Group) -> bool:
        return any(
            other is not group
            and len(other.people) < way.ask.most
            and way.ask.code in person.codes
            and may_come(way, person)
            for way, other in self.run
        )

    def _without(self, person: Wanted) -> str:
        """The first thing that leaves nothing over for them."""
        offered = [self.asks[code] for code in person.codes if code in self.asks]
        if not offered:
            return "None of what suits them is offered in this quarter."
        names = listed(one.title for one in offered)
        ways = [way for ask in offered for way in self.ways[ask.code]]
        if not ways:
            return f"There are no leaders or rooms for {names} at any time in this quarter."
        ways = [way for way in ways if way.site.key in person.free]
        if not ways:
            return f"There are no leaders or rooms for {names} within their reach."
        ways = [way for way in ways if is_free(way, person)]
        if not ways:
            return f"There are no leaders and rooms for {names} at any time at which they are free."
        ways = [way for way in ways if in_time(way, person)]
        if not ways:
            until = max(one.until for one in person.suited if one.until)
            return f"Nothing that they could come to would be over by {say_date(until)}, when their order or licence ends."
        ways = [way for way in ways if _key(way) in self.enough]
        if not ways:
            return "Too few others could come at any time at which they can for a group to begin."
        return self._crowded_out(person, ways)

    def _crowded_out(self, person: Wanted, ways: Sequence[Way]) -> str:
        able = {_key(way) for way in ways}
        running = [(way, one) for way, one in self.run if _key(way) in able]
        if not running:
            return (
                "What they could come to would take rooms or leaders from groups that count more."
            )
        names = listed(f"{way.ask.title} at {way.site.name}" for way, _ in running)
        if all(len(one.people) >= way.ask.most for way, one in running):
            return f"All places are taken in what they could come to: {names}."
        return f"There is a place in {names}, but somebody is in the group from whom they must be kept apart, or the search ended before it came to them."


def _finish(suited: Sequence[Suited]) -> str:
    unknown = sum(one.until is None for one in suited)
    if not unknown:
        return "All of them finish before their order or licence ends."
    others = "; the others finish before theirs does" if unknown < len(suited) else ""
    return f"When the order or licence of {unknown} of them ends is not recorded{others}."


def _by_choice(suited: Sequence[Suited], sessions: int) -> Iterator[str]:
    """A session is a day: who has fewer left of their requirement comes to the rest by their own choice."""
    some = sum(one.required(sessions) < sessions for one in suited)
    if some:
        yield f"{some} of them cannot be required to come to all of its {counted(sessions, 'session')}: to the rest, or to all of it, they come by their own choice."


def _key(way: Way) -> tuple[str, int, Times, int]:
    return way.ask.code, way.site.key, way.times, way.first_week
