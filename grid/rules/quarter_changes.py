"""What one more series would change in a quarter's timetable, and what one fewer would: everything else is run as it is.

Everybody is placed anew among the series, so that a place that is freed is found for whoever could come to it.
Source: report 2.3 (more places were needed, and nobody knew which).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from cases.rules.words import counted
from grid.rules.quarter import SEED, chosen_of, groups_of
from grid.rules.quarter_check import check
from grid.rules.quarter_facts import Group, Leader, Series, ToPlan, is_able
from grid.rules.quarter_left import Chosen, Left, Parts
from grid.rules.quarter_model import Search, placed_anew
from grid.rules.quarter_series import Board, Possible, Taken, Way, board_of
from grid.rules.quarter_told import figures_of
from staff.errors import RuleBroken

SECONDS = 5.0  # for placing everybody anew once: it takes a fraction of one
ANY_LENGTH = 24 * 60  # minutes: longer than any session


@dataclass(frozen=True, slots=True)
class Change:
    """By how much each figure would be more, or less than nought where it would be less. `lacks`: what there is not for it."""

    series: Series  # that is run besides, without leaders where they are wanting; or that is not run any more
    groups: tuple[Group, ...]  # as everybody would be placed
    in_time: int
    court_in_time: int
    weeks_waited: Fraction  # by all together
    lacks: tuple[str, ...] = ()


def without(question: ToPlan, groups: Sequence[Group], one: Group) -> Change:
    """What would change if this group were not run, and its room and leaders left alone. Raises RuleBroken if it is not in it."""
    if one not in groups:
        raise RuleBroken("This group is not in the timetable.")
    check(question, groups)
    board = board_of(question)
    rest = chosen_of(board, [other for other in groups if other != one])
    after = groups_of(board, placed_anew(board, rest, _search()))
    return _change(question, groups, after, one.series)


def one_more(question: ToPlan, groups: Sequence[Group]) -> tuple[Change, ...]:
    """Of each intervention the series that would place most of those without a place; those that change most first.

    It may lack a room or leaders: then it is said what there would have to be.
    """
    check(question, groups)
    wider = _with_one_of_everything(question)
    board = board_of(wider)
    chosen = chosen_of(board, groups)
    left = Left(board, chosen)
    found = [
        _with(question, board, groups, chosen, best)
        for ask in sorted(question.asks, key=lambda one: one.code)
        if (best := _best(board, left, ask.code, {one.key for one in question.leaders})) is not None
    ]
    return tuple(
        sorted(found, key=lambda one: (-one.in_time, -one.court_in_time, one.weeks_waited))
    )


def _with_one_of_everything(question: ToPlan) -> ToPlan:
    """The same with a room more everywhere, and leaders who can do all that there is."""
    skills = frozenset(one.skill for one in question.asks)
    times = sorted(
        {when for one in question.wanted for times in one.free.values() for when in times}
    )
    number = max((one.leaders for one in question.asks), default=0)
    highest = max((one.key for one in question.leaders), default=0)
    more = tuple(
        Leader(highest + n, "", skills, dict.fromkeys(times, ANY_LENGTH), len(times), woman=True)
        for n in range(1, number + 1)
    )
    sites = tuple(replace(one, rooms=one.rooms + 1) for one in question.sites)
    return replace(question, sites=sites, leaders=(*question.leaders, *more))


def _best(board: Board, left: Left, code: str, real: set[int]) -> Chosen | None:
    """What would count most among those without a place, with real leaders as far as there are any; none where too few wait."""
    best, most = None, 0
    for place, possible in enumerate(board.possible):
        if possible.way.ask.code == code:
            total, parts = _who(left, possible)
            if total > most:
                able = sorted(left.able(possible), key=lambda one: (one not in real, one))
                best, most = Chosen(place, tuple(able[: possible.way.ask.leaders]), parts), total
    return best


def _who(left: Left, possible: Possible) -> tuple[int, Parts]:
    ask, total = possible.way.ask, 0
    seats, parts = ask.most, Parts()
    for kind, worth in possible.worth:
        number = min(seats, left.people[kind])
        if number and left.may_join(kind, parts):
            parts[kind] = number
            total += number * worth
            seats -= number
    return (total, parts) if ask.most - seats >= ask.least else (0, {})


def _with(question, board, groups, chosen, more):
    way = board.possible[more.place].way
    after = groups_of(board, placed_anew(board, [*chosen, more], _search()))
    real = {one.key for one in question.leaders}
    leaders = tuple(one for one in more.leaders if one in real)
    series = Series(way.ask.code, way.site.key, way.times, way.first_week, leaders)
    return _change(question, groups, after, series, _lacks(question, groups, way))


def _lacks(question: ToPlan, groups: Sequence[Group], way: Way) -> tuple[str, ...]:
    taken = Taken(replace(question, taken=(*question.taken, *(one.series for one in groups))))
    found = []
    site = next(one for one in question.sites if one.key == way.site.key)
    if not taken.has_room(site, way.sittings):
        found.append(f"a room at {site.name} at that time")
    able = sum(
        is_able(one, way.ask)
        and all(one.minutes.get(when, 0) >= way.ask.minutes for when in way.times)
        and taken.may_lead(one, way.sittings)
        for one in question.leaders
    )
    if able < way.ask.leaders:
        found.append(f"{counted(way.ask.leaders - able, 'more leader')} who can lead it at that time")  # fmt: skip
    return tuple(found)


def _change(question, before, after, series, lacks=()):
    then, now = figures_of(question, before), figures_of(question, after)
    return Change(
        series=series,
        groups=after,
        in_time=now.in_time - then.in_time,
        court_in_time=now.court_in_time - then.court_in_time,
        weeks_waited=now.waited - then.waited,
        lacks=lacks,
    )


def _search():
    return Search(SECONDS, SECONDS, SEED)
