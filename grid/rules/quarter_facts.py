"""A quarter's timetable of interventions: what is asked, what a series is, and what each place in one counts.

Time is told in weeks of the quarter (the first is 0, each from a Monday) and parts of a day, of which a session fills one. A
series keeps the same times each week until it has had all its sessions; what falls on a day that is shut comes later.
Sources: report 2.3 (places too few, waits too long, no group in the evening); issues of timetable and size are the provider's
policy on interventions; the weights are local policy.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum, auto
from fractions import Fraction
from itertools import combinations

from cases.rules.words import listed
from grid.reference.parts_of_day import PartOfDay, When
from grid.rules.coming import Suited
from staff.errors import RuleBroken

WEEK = 7  # days
QUARTER = 13  # weeks
BETWEEN = 2  # weekdays from one session of a week to the next, at least


Times = tuple[When, ...]  # those of one week, in their order


@dataclass(frozen=True, slots=True)
class Site:
    key: int
    name: str
    rooms: int  # in which groups can sit at one time
    shut: frozenset[When] = frozenset()  # parts of the week in which nobody can be there


@dataclass(frozen=True, slots=True)
class Leader:
    key: int
    name: str
    skills: frozenset[str]  # what they are trained for
    minutes: Mapping[When, int]  # that they have free for a session
    a_week: int  # sessions, at most
    leave: frozenset[tuple[int, int]] = (
        frozenset()
    )  # (week, weekday) of each day on which they lead nothing
    woman: bool = False  # she has stated that she is one


@dataclass(frozen=True, slots=True)
class Ask:
    """What an intervention asks of a timetable."""

    code: str
    title: str
    sessions: int
    a_week: int
    minutes: int  # of one session
    least: int  # people with whom it begins
    most: int
    skill: str = ""  # blank: nothing of its own
    leaders: int = 1
    women_only: bool = False
    sites: frozenset[int] = frozenset()  # none: wherever there is a room
    runs_on: bool = False  # whether it may end after the quarter


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody who waits for a place."""

    key: int
    suited: tuple[Suited, ...]  # what suits them, the best first; each code once
    # By site within their reach, the nearest first: when they can be at a session there, with the way to it
    free: Mapping[int, frozenset[When]]
    since: date
    woman: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(one.code for one in self.suited)

    def suited_to(self, code: str) -> Suited:
        """How an intervention suits them that does."""
        return next(one for one in self.suited if one.code == code)


@dataclass(frozen=True, slots=True)
class Series:
    code: str
    site: int
    times: Times
    first_week: int
    leaders: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A series and whoever has a place in it."""

    series: Series
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """Local policy. One more who finishes in time is worth more than any weeks that one person may be spared."""

    finish: int = 100  # for each who has a place, and so finishes in time
    court: int = 900  # more, where a court ordered it
    week: int = 1  # for each week of the quarter that somebody does not wait, and again for each quarter waited before
    step: int = 5  # less, for each better choice that was passed over


MOST_QUARTERS = 3  # waited before, that are counted


@dataclass(frozen=True, slots=True)
class ToPlan:
    """`starts`: weeks in which a series may begin; `taken`: series that run or are settled, which take rooms and leaders."""

    asks: tuple[Ask, ...]
    sites: tuple[Site, ...]
    leaders: tuple[Leader, ...]
    wanted: tuple[Wanted, ...]
    first: date  # a Monday
    starts: tuple[int, ...]
    weeks: int = QUARTER
    run_on: int = 0  # weeks after the quarter in which a series that may run on can end
    shut: frozenset[date] = frozenset()
    taken: tuple[Series, ...] = ()
    apart: frozenset[tuple[int, int]] = frozenset()  # who must not be in one group
    weights: Weights = field(default_factory=Weights)


class Status(StrEnum):
    BEST = auto()  # nothing better is possible
    GOOD = auto()  # the gap says how much better it might be


@dataclass(frozen=True, slots=True)
class Explained:
    """A group of the answer, or somebody without a place (`person`), and why, in sentences."""

    why: tuple[str, ...]
    group: Group | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """`counts` and `at_most` are in points of `Weights`: what the answer comes to, and what none goes beyond."""

    status: Status
    groups: tuple[Group, ...]
    counts: int
    at_most: int
    explained: tuple[Explained, ...]
    working: tuple[str, ...]
    by_the_clock: bool = False  # time ran out by the clock: another run may propose otherwise

    @property
    def gap(self) -> Fraction:
        """By what share of the bound the answer might be better: 0 where it is the best."""
        return Fraction(self.at_most - self.counts, self.at_most) if self.at_most else Fraction(0)


def times_of(ask: Ask) -> Iterator[Times]:
    """The times that a series can keep: one part of the day, on weekdays that do not follow each other."""
    for part in PartOfDay:
        for days in combinations(range(WEEK), ask.a_week):
            if all(later - day >= BETWEEN for day, later in zip(days, days[1:], strict=False)):
                yield tuple(When(day, part) for day in days)


def day_of(question: ToPlan, week: int, weekday: int) -> date:
    return question.first + timedelta(days=WEEK * week + weekday)


def last_week(question: ToPlan, ask: Ask) -> int:
    """The first week in which the series may have no session any more."""
    return question.weeks + (question.run_on if ask.runs_on else 0)


def sittings_of(
    question: ToPlan, ask: Ask, times: Times, first_week: int
) -> tuple[tuple[int, When], ...]:
    """(week, when) of each session, in order; none where it would not come to its end in the weeks that there are."""
    found = []
    for week in range(first_week, last_week(question, ask)):
        for when in times:
            if day_of(question, week, when.weekday) not in question.shut:
                found.append((week, when))
            if len(found) == ask.sessions:
                return tuple(found)
    return ()


def days_of(question: ToPlan, series: Series) -> tuple[date, ...]:
    """The days of its sessions."""
    sittings = sittings_of(question, asks_of(question)[series.code], series.times, series.first_week)  # fmt: skip
    return tuple(day_of(question, week, when.weekday) for week, when in sittings)


def is_able(leader: Leader, ask: Ask) -> bool:
    """Whether they are trained for it, and a woman where it is for women; that they have time is another question."""
    trained = not ask.skill or ask.skill in leader.skills
    return trained and (leader.woman or not ask.women_only)


def asks_of(question: ToPlan) -> dict[str, Ask]:
    return {one.code: one for one in question.asks}


def quarters_waited(person: Wanted, first: date) -> int:
    """Whole quarters that they have waited when this one begins, as far as they are counted."""
    weeks = max(0, (first - person.since).days) // WEEK
    return min(MOST_QUARTERS, weeks // QUARTER)


def worth_of(question: ToPlan, person: Wanted, code: str, week: int) -> int:
    """What a place counts in a series that begins in that week and is over in time."""
    weights = question.weights
    spared = max(0, question.weeks - week) * weights.week
    return (
        weights.finish
        + (weights.court if person.suited_to(code).ordered else 0)
        + spared * (1 + quarters_waited(person, question.first))
        - weights.step * person.codes.index(code)
    )


def counts_of(question: ToPlan, groups: tuple[Group, ...]) -> int:
    """What an answer comes to."""
    people, asks = {one.key: one for one in question.wanted}, asks_of(question)
    total = 0
    for one in groups:
        run = one.series
        week = sittings_of(question, asks[run.code], run.times, run.first_week)[0][0]
        total += sum(worth_of(question, people[key], run.code, week) for key in one.people)
    return total


def in_words(question: ToPlan) -> tuple[str, ...]:
    """What is demanded, and what is weighed against what."""
    weights = question.weights
    return (
        "A room has one group at a time and a leader one at a time, trained for it, a woman where it is for women, free for the whole session, not on leave, "
        "and no oftener in a week than they said. Nobody has more than one place, and only where it suits them, within reach, "
        "when they are free, with nobody from whom they must be kept apart, and "
        "with the last session before their order or licence ends.",
        "Of all such timetables the one that counts most is proposed. It counts:",
        f"{weights.finish} for each who finishes in time, and {weights.court} more where a court ordered that intervention;",
        f"{weights.week} for each week of the quarter that somebody does not wait, and as much again for each of up to {MOST_QUARTERS} quarters that they have waited before;",
        f"{weights.step} less for each intervention that would have suited them better.",
    )


def check_asked(question: ToPlan) -> None:
    """Refuse what is no question: the same twice, a quarter that begins on no Monday, or a size that cannot be."""
    for what, keys in (
        ("intervention", [one.code for one in question.asks]),
        ("site", [one.key for one in question.sites]),
        ("leader", [one.key for one in question.leaders]),
        ("person", [one.key for one in question.wanted]),
    ):
        if len(set(keys)) < len(keys):
            raise RuleBroken(f"The same {what} is in the list twice.")
    if question.first.weekday():
        raise RuleBroken("A quarter’s timetable begins on a Monday.")
    wrong = [
        one.title
        for one in question.asks
        if not (1 <= one.least <= one.most and one.leaders and one.sessions and one.a_week)
    ]
    if wrong:
        raise RuleBroken(f"Say how many sessions, people and leaders there are: {listed(wrong)}.")
    if not all(0 <= week < question.weeks for week in question.starts):
        raise RuleBroken("A series begins in a week of the quarter.")
