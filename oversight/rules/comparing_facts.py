"""One case and one officer, as far as it bears on whether the one is given to the other.

Source: features 120 and 124.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from oversight.reference.allocation import Training
from oversight.rules.policy import WorkloadPolicy
from oversight.rules.workload import Capacity, Excess, capacity
from staff.reference import Grade, StatedSex

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody held this case before. `complained`: the person complained of them, or asked for another."""

    officer: int
    until: date
    complained: bool = False


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What of a case bears on who may hold it. Officers are named by their key."""

    key: int
    points: int
    crn: str = ""  # by which sentences name it
    group: str = ""  # of the GRID; blank: outside it
    asks_for: frozenset[Training] = frozenset()
    escalated: bool = False  # the risk is put to the NPS
    asked_for_woman: bool = False
    not_by: frozenset[StatedSex] = frozenset()  # by whom they must not be supervised
    before: tuple[Held, ...] = ()  # the latest first
    holder: int | None = (
        None  # who holds it now, where it may stay with them; the first of `before`
    )
    retained: bool = False  # the NPS manages them
    shut_out: frozenset[int] = frozenset()  # whom limited access keeps out
    let_in: frozenset[int] | None = None  # who alone may open it; None: not restricted
    kept_from: frozenset[int] = (
        frozenset()
    )  # a victim's exclusion or an order keeps them from this officer
    barred: frozenset[int] = (
        frozenset()
    )  # offices that an order or a victim's exclusion keeps them from
    apart: frozenset[int] = (
        frozenset()
    )  # officers who hold somebody from whom they must be kept apart


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody a case might be given to. `points`: of what they hold; `available`: what they have room for."""

    key: int
    name: str
    grade: Grade | str
    points: int
    available: int
    sex: StatedSex | str = ""  # as they state it; blank: nobody has asked
    trained: frozenset[Training] = frozenset()
    may_hold: bool = True  # an officer's role and an open account
    cases: int = 0
    offices: frozenset[int] = frozenset()  # where they see people
    minutes: Mapping[int, int] = field(
        default_factory=dict
    )  # each way to the person, by case; absent: not known
    induction_to: date | None = None  # the last day of their induction
    supported: bool = False  # somebody is named who works with them until then
    away: tuple[tuple[date, date], ...] = ()  # first and last day of each leave
    last_on: date | None = None  # their last day with us
    excess: Excess | None = None
    given_on: tuple[date, ...] = ()  # the days of the cases given to them of late

    def away_until(self, day: date) -> date | None:
        """The last day of the leave that they are on, with whatever leave follows it on the next day or overlaps it."""
        until = None
        for first, last in sorted(self.away):
            if first <= (until + A_DAY if until else day) and last >= (until or day):
                until = last
        return until

    def has_left(self, day: date) -> bool:
        return self.last_on is not None and self.last_on < day

    def inducted(self, day: date) -> bool:
        return self.induction_to is not None and day <= self.induction_to


@dataclass(frozen=True, slots=True)
class Asked:
    """One case and one officer, with all that their comparison needs."""

    case: CaseFacts
    officer: Officer
    team: Mapping[int, Officer]  # by key, the officer among them
    policy: WorkloadPolicy
    today: date

    @property
    def full(self) -> Capacity:
        return capacity(self.officer.points + self.case.points, self.officer.available)
