"""Whether somebody can be given one place: the hours they have left, the days a project runs, the way there.

Source: unpaid work reference 2 and 3 (a date is on an available weekday, before the project ends; travel: soft and
hard limits); product rules, states. Nothing here is about risk, and nothing of it is a senior's to let pass.
"""

from calendar import day_name
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from cases.rules.gaps import Found, Weight
from cases.rules.interim import says_nothing
from cases.rules.words import counted
from staff.rules.dates import say_date, say_time
from unpaidwork.reference.sites import Every, ProjectKind
from unpaidwork.reference.work import WorkState
from unpaidwork.rules.availability import days_of

LOOKS_AHEAD = timedelta(weeks=8)  # within which there must be one day
NOT_BY_THE_WEEK = frozenset({ProjectKind.INDUCTION, ProjectKind.ETE})


@dataclass(frozen=True, slots=True)
class Placing:
    """Where and when somebody is to work, by the week. A `Weekly` of `rules.availability`."""

    project: int
    weekday: int
    from_on: date
    from_at: time
    to_at: time
    to_on: date | None = None
    every: str = Every.WEEK
    stop: int | None = None  # None: they make their own way
    travel_help: str = ""
    travel_because: str = ""  # why, where the way is long
    agreed_alone: str = ""  # her own words, where she would be the only woman


@dataclass(frozen=True, slots=True)
class Theirs:
    """What is known of the person and of the work that bears on when they can come."""

    supervised: bool = True
    held: bool = False  # in custody
    not_here: str = ""  # why nobody expects them at all, in a sentence
    state: WorkState = WorkState.OPEN
    left: int = 0  # minutes
    ordered: int = 0  # minutes; nought: not recorded
    first: int = 0  # minutes to be worked before it, of another requirement
    minutes_away: int | None = None  # each way; None: not known
    taken: tuple = ()  # their other places: `Seat`s


def as_begun(placing, before, today):
    """What began in the past is asked about from today; a first day that is chosen is asked about as it is."""
    began = placing.from_on == before.from_on and placing.from_on < today
    return replace(placing, from_on=today) if began else placing


def placing_gaps(placing, site, theirs, policy, today):
    """[Found] of what stands against it."""
    return [
        *work_gaps(theirs),
        *_by_days(placing, site, today),
        *_by_other_places(placing, theirs),
        *_by_travel(placing, site, theirs, policy),
    ]


def work_gaps(theirs):
    """[Found] of what stands against them working at all just now, whatever the project."""
    if not theirs.supervised:
        yield _never("work:case", "This case is not open to us, so nobody is placed on it.")
    if theirs.held:
        yield _never("work:custody", "They are recorded as in custody.")
    if theirs.not_here:
        yield _never("work:not-here", theirs.not_here)
    if theirs.state == WorkState.SUSPENDED:
        yield _never("work:state", "Their unpaid work is suspended.")
    elif theirs.state != WorkState.OPEN:
        yield _never("work:state", "This unpaid work has ended: there is nothing left to work.")
    elif theirs.ordered and not theirs.left:
        yield _never("work:hours", "All hours are worked.")
    if theirs.first:
        hours = -(-theirs.first // 60)
        yield _never(
            "work:after",
            f"These hours are worked after those of another requirement, of which {counted(hours, 'hour')} are left.",
        )


def _by_days(placing, site, today):
    if site.kind in NOT_BY_THE_WEEK:
        kind = "An induction" if site.kind == ProjectKind.INDUCTION else "A course"
        yield _never("days:kind", f"{kind} is booked day by day, and is no work by the week.")
        return
    if placing.from_on < today:
        yield _never(
            "days:past", f"{say_date(placing.from_on)} has been. Choose a first day to come."
        )
    if placing.to_on and placing.to_on < placing.from_on:
        yield _never("days:order", "The last day is before the first.")
        return
    if placing.from_at >= placing.to_at:
        yield _never(
            "days:hours", f"{say_time(placing.to_at)} is not after {say_time(placing.from_at)}."
        )
        return
    if not runs_for(placing, site, today):
        hours = f"{say_time(placing.from_at)} to {say_time(placing.to_at)}"
        yield _never(
            "days:closed",
            f"{site.name} does not run on {day_name[placing.weekday]}s from {hours} within eight weeks of "
            f"{say_date(max(placing.from_on, today))}.",
        )


def runs_for(placing, site, today):
    """Whether the project runs at those hours on any of their days within the next weeks."""
    first = max(placing.from_on, today)
    last = min(filter(None, (first + LOOKS_AHEAD, placing.to_on, site.to_on)))
    open_days = days_of(site.availability, first, last)
    theirs = {one.on for one in days_of([placing], first, last)}
    return any(
        one.on in theirs and one.from_at <= placing.from_at and one.to_at >= placing.to_at
        for one in open_days
    )


def _by_other_places(placing, theirs):
    for one in theirs.taken:
        meets = one.from_at < placing.to_at and placing.from_at < one.to_at
        over = one.last is not None and one.last < placing.from_on
        before = placing.to_on is not None and one.first > placing.to_on
        if one.weekday == placing.weekday and meets and not over and not before:
            yield _never(
                "days:taken",
                f"They work somewhere else on {day_name[placing.weekday]}s at those hours.",
            )
            return


def _by_travel(placing, site, theirs, policy):
    away = theirs.minutes_away
    if away is None or site.kind == ProjectKind.HOME:
        return
    if away > policy.travel_hard_minutes:
        yield _never(
            "travel:too-far",
            f"About {away} minutes each way, and nobody is sent further than {policy.travel_hard_minutes}.",
        )
    elif away > policy.travel_soft_minutes and says_nothing(placing.travel_because):
        yield _never(
            "travel:far",
            f"About {away} minutes each way, more than {policy.travel_soft_minutes}. Say why it is right all the same.",
        )


def _never(key, words):
    return Found(key, Weight.GATE, words, RULE, may_override=False)


RULE = "Work is offered on days the project runs, to whoever has hours left and can get there"
