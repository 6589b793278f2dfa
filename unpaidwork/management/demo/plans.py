"""One person's unpaid work as it is planned: what was done, what was left undone, and what was planted."""

from dataclasses import dataclass, field
from datetime import date

from unpaidwork.management.demo.workers import Order, Worker


@dataclass
class PlannedOrder:
    """A restriction as it is to be recorded. `of`: what of the record it answers; None: nothing."""

    kind: str
    terms: str
    shape: str = ""  # circle, or hole: an outline with a hole
    to_on: date | None = None
    of: Order | None = None
    told: bool = True
    moved: bool = False  # by the court, to where somebody works
    key: int = 0  # its row once written


@dataclass
class Day:
    """One session of theirs."""

    on: date
    came: str = "expected"  # left, not_come, stood_down or expected
    minutes: int = 0
    task: str = ""
    quality: str = ""
    travel: str = ""
    outcome: str = ""
    key: int = 0  # of its line in the log, once written


@dataclass
class WorkPlan:
    """`risk`: signed, draft, none, old (past its last day) or changed (something is new since)."""

    who: Worker
    risk: str = "none"
    risk_on: date | None = None
    untold: set[int] = field(default_factory=set)  # registers that no instruction is written about
    orders: list[PlannedOrder] = field(default_factory=list)
    state: str = ""  # of the allocation: active, suspended or ended; blank: none was ever made
    because: str = ""
    stopped_on: date | None = None
    project: str = ""
    weekday: int = 0
    from_on: date | None = None
    stop: str = ""
    agreed_alone: str = ""
    days: list[Day] = field(default_factory=list)
    taken: int = 0  # hours that a court took away
    courses: list[tuple] = field(default_factory=list)  # (course, finished on, state, minutes)
    reviews: list[str] = field(default_factory=list)  # points at which it was looked back
    travels: bool = False  # their circumstances allow travel time
    will_stop: str = ""  # why it is suspended once it is tested again: terms or area
    allocation: int = 0  # its row once written

    @property
    def case_id(self):
        return self.who.case

    @property
    def ordered(self):
        """Minutes, as the court has it now."""
        return (self.who.hours - self.taken) * 60

    @property
    def worked(self):
        """Minutes on projects, as the registers say."""
        return sum(one.minutes for one in self.days)

    @property
    def of_courses(self):
        """Minutes that courses counted for."""
        return sum(minutes for *_, minutes in self.courses)

    @property
    def credited(self):
        """Minutes in all: what the record says was completed is what they come to together."""
        return min(self.who.completed * 60, self.ordered)

    @property
    def left(self):
        return self.ordered - self.credited

    @property
    def unseen(self):
        """What of the record keeps them away, and nobody has seen the terms of."""
        seen = {
            (one.of.of, one.of.key) for one in self.orders if one.of and one.terms != "not_seen"
        }
        ordered = [one for one in self.who.ordered if (one.of, one.key) not in seen]
        recorded = [one for one in self.orders if one.terms == "not_seen"]
        return ordered + [one for one in recorded if one.of is None]

    @property
    def changed(self):
        """Whether something has come on the record since their risk was assessed."""
        moved = any(one.moved for one in self.orders)
        return self.risk == "changed" or (moved and self.risk in {"signed", "old"})

    @property
    def placed(self):
        """Whether they have a place, though it be suspended."""
        return self.state in {"active", "suspended"}
