"""Whether one person can come to one series, and the first reason why not.

What cannot be helped is asked first and whether there is a place last: "Every place is taken" is said only of what would fit.
Sources: report 2.3 (hours and reach of a man in work); product rules, how it should feel (women only); unpaid work reference 5
(who is kept apart is never in one session); supervision reference 2.4 (none after the order's end). Sessions beyond the days that a
court ordered stand in nobody's way: they come to those by their own choice, and are told so with the offer (`grid.rules.fitting`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from cases.reference.codes import Titled
from grid.reference.interventions import Hook
from grid.rules.company import Company, beside_company
from grid.rules.free_slots import OUTSIDE, Week, in_the_way
from grid.rules.groups_open import OpenSeries
from grid.rules.order_end import OrderEnd
from grid.rules.sessions import Session
from grid.rules.waiting_policy import WaitingPolicy
from staff.rules.dates import say_date, say_time


class Reason(Titled):
    """In the order in which they are looked for, in words that follow "3 series"."""

    HAS = "has", "in which they have a place already"
    JOIN = "join", "that nobody can join in time"
    WOMEN = "women", "for women only, or with men where she chose women only"
    BARRED = "barred", "at a place to which they must not or cannot go"
    APART = "apart", "with somebody from whom they must be kept apart"
    NOT_ASKED = "not_asked", "at times at which nobody has asked whether they are free"
    NO_WAY = "no_way", "at a place of which nobody knows how far it is for them"
    FAR = "far", "too far away"
    HOURS = "hours", "at times at which they cannot come"
    ENDS = "ends", "that would end later than their order or licence"
    FULL = "full", "without a place left, which would fit otherwise"


@dataclass(frozen=True, slots=True)
class Against:
    """The first reason, in one plain sentence. Names nobody else."""

    reason: Reason
    words: str


@dataclass(frozen=True, slots=True)
class Seeker:
    """Somebody who looks for a place."""

    case: int
    week: Week | None  # None: nobody has asked when they can come
    minutes: Mapping[int, int]  # each way, by place; one that is not here is not known
    company: Company = Company()
    barred: frozenset[int] = frozenset()  # places where they must not or cannot go
    prefers: frozenset[int] = frozenset()  # places
    # By place: days on which somebody from whom they must be kept apart comes to it
    apart_days: Mapping[int, frozenset[date]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suited:
    """An intervention that suits them, and for how long they can be required, or asked, to come to it."""

    code: str
    end: OrderEnd
    # Of a RAR that its sessions are days of: those neither credited nor booked (`Attached.to_book`)
    days_left: int | None = None
    ordered: bool = False  # a court ordered this intervention

    @property
    def until(self) -> date | None:
        """The last day on which they can be required, or asked, to come; None: not known."""
        return self.end.on

    def in_time(self, last: date) -> bool:
        """Whether what is over on that day is over in time. Where no last day is known, it may be."""
        return not self.end.is_before(last)

    def required(self, days: int) -> int:
        """To how many of so many days they can be required to come; to the rest they come by their own choice."""
        if self.end.hook is Hook.VOLUNTARY:
            return 0
        return days if self.days_left is None else min(days, self.days_left)


def earliest_day(policy: WaitingPolicy, today: date) -> date:
    """The first day on which somebody who is told today can begin."""
    return today + timedelta(days=policy.notice_days)


def against(
    seeker: Seeker, suited: Suited, series: OpenSeries, policy: WaitingPolicy, today: date
) -> Against | None:
    """The first reason why they cannot come to this series of what suits them; None where they can."""
    first_day = earliest_day(policy, today)
    sessions = series.sessions_from(first_day)
    if seeker.case in series.members:
        return Against(Reason.HAS, "They have a place in it already.")
    if not sessions:
        return Against(Reason.JOIN, f"Nobody can join it on {say_date(first_day)} or later.")
    return (
        _company(seeker, series, sessions)
        or _way(seeker, series, policy)
        or _hours(seeker, series, sessions)
        or _end(suited, sessions)
        or (
            None
            if series.places_left(seeker.case) > 0
            else Against(Reason.FULL, "Every place is taken.")
        )
    )


def _company(seeker, series, sessions):
    """Who else is there, and whether they may be."""
    stands = {one.code for one in beside_company(seeker.case, seeker.company, series)}
    if "women_only" in stands:
        return Against(Reason.WOMEN, "It is for women only.")
    if "chose_women_only" in stands:
        return Against(Reason.WOMEN, "Men come to it, and she chose groups of women only.")
    if series.place in seeker.barred:
        return Against(Reason.BARRED, f"They must not or cannot go to {series.site}.")
    if "apart" in stands:
        return Against(Reason.APART, "Somebody from whom they must be kept apart is connected with it.")  # fmt: skip
    if any(one.on in seeker.apart_days.get(series.place, ()) for one in sessions):
        return Against(Reason.APART, "Somebody from whom they must be kept apart comes to that place on one of its days.")  # fmt: skip
    return None


def _way(seeker, series, policy):
    if seeker.week is None:
        return Against(Reason.NOT_ASKED, "Nobody has recorded when they can come.")
    minutes = seeker.minutes.get(series.place)
    if minutes is None:
        return Against(Reason.NO_WAY, f"How far {series.site} is for them is not known.")
    if minutes > policy.most_minutes:
        words = (
            f"About {minutes} minutes each way to {series.site}: {policy.most_minutes} is the most."
        )
        return Against(Reason.FAR, words)
    return None


def _hours(seeker, series, sessions):
    """Of the first session that does not fit."""
    way = seeker.minutes[series.place]
    for one in sessions:
        met = in_the_way(seeker.week, one.on, one.start, one.end, way)
        if met:
            return Against(Reason.HOURS, _meets(one, met, way))
    return None


def _meets(one: Session, met: str, way: int) -> str:
    when = f"{one.on:%A} {say_date(one.on)}, {say_time(one.from_at)} to {say_time(one.to_at)}"
    does = "is at" if met == OUTSIDE else "clashes with"
    return f"{when}, with about {way} minutes each way, {does} {met}."


def _end(suited, sessions):
    last = sessions[-1].on
    if not suited.in_time(last):
        words = f"Its last session is on {say_date(last)}, and {suited.end}."
        return Against(Reason.ENDS, words)
    return None
