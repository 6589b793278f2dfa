"""Days of a rehabilitation activity requirement (RAR): ordered, planned, booked, credited, and when they stall.

Source: supervision reference 2.4 (the court fixes a maximum of days; a calendar day counts once, however many
activities it held and however short; only work that was planned and is recorded counts; the requirement lives to
the end of the order). Report 2.3: days sat unused while a group was not running. Days are those of the clock here.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from cases.rules.words import counted
from staff.errors import RuleBroken
from staff.rules.dates import say_date

VERSION = "1"
LONDON = ZoneInfo("Europe/London")
MOST_DAYS = 365  # of one activity: beyond that somebody has typed hours


@dataclass(frozen=True, slots=True)
class Session:
    """A line of the log that is marked as rehabilitation activity under the requirement."""

    at: datetime
    attended: bool | None = None  # None: it does not say
    complied: bool | None = None
    outcome: bool = False  # something is said of what came of it
    stands: bool = True  # neither called off, nor moved, nor stood down by us
    activity: int | None = None

    @property
    def day(self):
        return self.at.astimezone(LONDON).date()


@dataclass(frozen=True, slots=True)
class Ordered:
    """The requirement as the court made it, and where the order stands."""

    days: int | None  # the most that may be asked for; None: not recorded
    began_on: date | None = None
    ends_on: date | None = None  # of the order
    runs: bool = True  # neither the requirement nor its order has been ended
    released_on: date | None = None  # the latest release, while they are out
    held: bool = False  # in custody now
    enough: bool = False  # the officer has said that the days done are enough


@dataclass(frozen=True, slots=True)
class Tally:
    """The days of one requirement, each tuple in order and no day twice in it."""

    ordered: int | None
    planned: int
    booked: tuple[date, ...] = ()
    credited: tuple[date, ...] = ()
    unsaid: tuple[date, ...] = ()  # past, and nobody has said what came of it
    missed: tuple[date, ...] = ()  # offered, and not kept or not complied with
    by_activity: dict[int | None, tuple[date, ...]] = field(default_factory=dict)  # credited days
    booked_by_activity: dict[int | None, tuple[date, ...]] = field(default_factory=dict)

    @property
    def left(self):
        """How many of those ordered are not credited; None where nobody recorded how many were."""
        return None if self.ordered is None else max(0, self.ordered - len(self.credited))

    @property
    def to_book(self):
        """How many of those left have no day yet."""
        return None if self.left is None else max(0, self.left - len(self.booked))

    @property
    def over(self):
        """Credited beyond what was ordered: more than the court allows to be asked for."""
        return 0 if self.ordered is None else max(0, len(self.credited) - self.ordered)

    @property
    def outside(self):
        """Credited under no activity that was planned."""
        return self.by_activity.get(None, ())


def tally(ordered, planned, sessions, today):
    """Count the days. `ordered`: of the court; `planned`: of the activities that are live.

    A calendar day is credited once, by any session that was attended and complied with. A day that is
    still to come, or today and not yet said, is booked once; one that is credited is not booked as well.
    """
    credited = {one.day for one in sessions if counts(one) and one.day <= today}
    waiting = {one.day for one in sessions if one.stands and not one.outcome} - credited
    missed = {one.day for one in sessions if _was_offered(one) and one.day <= today}
    return Tally(
        ordered=ordered,
        planned=planned,
        booked=_in_order(day for day in waiting if day >= today),
        credited=_in_order(credited),
        unsaid=_in_order(day for day in waiting if day < today),
        missed=_in_order(missed - credited - waiting),
        by_activity=_shared_out(sessions, credited, counts),
        booked_by_activity=_shared_out(
            sessions, {day for day in waiting if day >= today}, _is_waiting
        ),
    )


def counts(one):
    """Whether what was attended, a line of the log or its outcome, is credited: not where they were sent home for how
    they behaved, nor found not to have complied."""
    return one.attended is True and one.complied is not False


def idle_since(order, found, today):
    """The last day on which a day was credited or offered, or else on which work could have begun."""
    known = [order.began_on, order.released_on, *found.credited, *found.unsaid, *found.missed]
    return max((day for day in known if day and day <= today), default=None)


def stalled_since(order, found, today, weeks):
    """Since when nothing has been credited nor booked, where that is so many weeks or more; else None.

    Never while they are in custody, once the requirement or its order has ended, before it began, when no
    day is left, or when the officer has said that those done are enough.
    """
    over = not order.runs or bool(order.ends_on and order.ends_on < today)
    begun = order.began_on is not None and order.began_on <= today
    if over or order.held or order.enough or not begun or not found.left or found.booked:
        return None
    since = idle_since(order, found, today)
    return since if today - since >= timedelta(weeks=weeks) else None


def how_it_stands(order, found, since, today):
    """Where the requirement stands, in a sentence or two."""
    if found.ordered is None:
        return (
            "How many days the court ordered is not recorded, so nobody can say how many are left."
        )
    if found.over:
        return (
            f"{counted(found.over, 'day')} more credited than the court ordered. Days beyond the order cannot "
            "be asked for: look at which were rehabilitation activity."
        )
    if not order.runs or (order.ends_on and order.ends_on < today):
        return "It has ended."
    if order.enough:
        return "The officer has said that the days done are enough. The requirement runs to the end of the order."
    if not found.left:
        return (
            "Every day ordered is credited. The requirement runs to the end of the order, and appointments "
            "must still be kept."
        )
    if order.held:
        return f"In custody: nothing is booked, and {counted(found.left, 'day')} left."
    if since:
        return (
            f"Stalled: no day credited or booked since {say_date(since)}, and "
            f"{counted(found.left, 'day')} left. Book one."
        )
    if order.began_on is None or order.began_on > today:
        return "It has not begun."
    return f"{counted(found.left, 'day')} left, {found.to_book:,} of them not booked."


def check_days(days, *, ordered, planned):
    """Refuse an activity of no days, or one that would take the plan beyond what the court ordered.

    `planned`: days of the other live activities, with those credited under none of them.
    """
    if not 1 <= days <= MOST_DAYS:
        raise RuleBroken(
            f"Say how many days, from 1 to {MOST_DAYS}. A day counts once, however long."
        )
    if ordered is not None and planned + days > ordered:
        room = max(0, ordered - planned)
        raise RuleBroken(
            f"The court ordered {counted(ordered, 'day')} at most, and {planned:,} are planned or credited "
            f"elsewhere: there is room for {counted(room, 'day')}. End or shorten another activity first."
        )


def _is_waiting(one):
    return one.stands and not one.outcome


def _was_offered(one):
    return one.stands and one.outcome and not counts(one)


def _shared_out(sessions, days, belongs):
    """Each day to one activity: of several on one day, the first planned; to None where there is none."""
    by_day: dict[date, set[int | None]] = {}
    for one in sessions:
        if belongs(one) and one.day in days:
            by_day.setdefault(one.day, set()).add(one.activity)
    found: dict[int | None, list[date]] = {}
    for day, activities in by_day.items():
        named = sorted(one for one in activities if one is not None)
        found.setdefault(named[0] if named else None, []).append(day)
    return {activity: _in_order(held) for activity, held in found.items()}


def _in_order(days):
    return tuple(sorted(days))
