"""Hours of unpaid work: what is ordered, worked and left, what may be credited, by when, and at what pace.

Source: unpaid work reference 2 and 3 (Sentencing Council; CJA 2003 Schedule 19A; the published Community
Payback API and screens). Everything is in whole minutes.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from dateutil.relativedelta import relativedelta

from cases.reference.codes import Titled
from cases.rules.words import counted
from staff.errors import RuleBroken
from staff.rules.dates import say_date
from unpaidwork.reference.work import (
    CHANGES_ORDERED,
    LONGEST_TRAVEL,
    Adjusts,
    ReviewPoint,
    Runs,
    WorkState,
)

MONTHS = 12  # law: from sentence, unless the court extends
MOST_ORDERED = 300 * 60  # law: of one requirement
INTENSIVE_MINUTES = 28 * 60  # a week. Source: unpaid work reference 2
WEEK = 7
MOST_DAYS = 100 * 366  # a forecast beyond it is never
MEASURED_AFTER = 28  # days with us; before, what is offered is taken for what is worked


class Pace(Titled):
    """Whether they will be done in time."""

    DONE = "done", "All worked"
    GREEN = "green", "In time"
    AMBER = "amber", "Close"
    RED = "red", "Will not be done in time"
    STOPPED = "stopped", "Ended"
    UNKNOWN = "unknown", "Hours not recorded"


@dataclass(frozen=True, slots=True)
class Credit:
    """Minutes that count, of a day."""

    minutes: int
    on: date


@dataclass(frozen=True, slots=True)
class Entry:
    """An adjustment: with its sign, by what it was made for."""

    reason: Adjusts
    minutes: int
    on: date


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one requirement. `ordered`: 0 where its length is not recorded."""

    ordered: int
    sentenced_on: date
    arrived_on: date
    entries: tuple[Entry, ...] = ()
    attended: tuple[Credit, ...] = ()  # its own, and those of what runs at the same time
    courses: tuple[Credit, ...] = ()
    state: WorkState = WorkState.OPEN
    runs: Runs = Runs.REGULAR
    extended_to: date | None = None
    supervision_ends: date | None = None  # of a supervision default order
    intensive: bool = False
    weekly_minutes: int = 0  # offered
    left_before: int = 0  # of a requirement that must be worked first


@dataclass(frozen=True, slots=True)
class Hours:
    """Where the hours of one requirement stand."""

    ordered: int
    worked: int  # on projects, elsewhere, and by adjustments
    courses: int  # counted, within the cap
    credited: int
    left: int
    cap: int  # of courses
    cap_left: int
    finish_by: date
    first: int  # to be worked before it, of another requirement
    weeks_left: float
    needed: int | None  # minutes a week to be done in time; None: there is no time left, or no need
    weekly: int  # minutes a week worked of late, or offered where it is too early to say
    measured: bool  # whether `weekly` was worked
    forecast: date | None  # None: never at this pace
    pace: Pace
    since: date  # from which `weekly` was counted

    @property
    def known(self):
        return self.ordered > 0


def session_minutes(arrived_at, left_at, *, break_minutes, penalty_minutes, deduct_break):
    """What a session comes to before it is held against what is left: never below nought.

    Source: the published API (end less start less penalty); whether a break is taken off is policy.
    """
    spent = int((left_at - arrived_at).total_seconds()) // 60
    taken_off = penalty_minutes + (break_minutes if deduct_break else 0)
    return max(0, spent - taken_off)


def creditable(minutes, left):
    """Never beyond what is left, and never below nought."""
    return max(0, min(minutes, left))


def travel_credit(there, back, *, beyond, left):
    """Minutes of travel that count: what each way takes beyond so many, 180 an entry, never beyond what is left."""
    longer = sum(max(0, way - beyond) for way in (there, back))
    return creditable(min(longer, LONGEST_TRAVEL), left)


def course_limits(expected, *, overrun_percent, cap_left, left):
    """[(minutes, why)]: what a course may count for at most, and by what."""
    return [
        (
            expected * (100 + overrun_percent) // 100,
            f"what is expected of it and {overrun_percent}% more",
        ),
        (cap_left, "what courses may still count for"),
        (left, "what is left to be worked"),
    ]


def course_credit(taken, expected, *, overrun_percent, cap_left, left):
    """Minutes that a finished course counts for."""
    limits = course_limits(expected, overrun_percent=overrun_percent, cap_left=cap_left, left=left)
    return creditable(taken, min(minutes for minutes, _ in limits))


def finish_by(facts):
    """The last day: of the twelve months from sentence, as the court extended it, or of the supervision.

    Source: Sentencing Council; CJA 2003 Schedule 19A paragraph 3 (supervision default order).
    """
    if facts.supervision_ends:
        return facts.supervision_ends
    return facts.extended_to or facts.sentenced_on + relativedelta(months=MONTHS, days=-1)


def check_more_time(until, *, last, default_order):
    """Refuse a day that no court gives: one that was there already, or any for a supervision default order.

    `last`: the last day as it stands. Source: CJA 2003 Schedule 19A paragraph 3: such an order is worked before
    supervision ends.
    """
    if default_order:
        raise RuleBroken(
            "Unpaid work of a supervision default order is worked before supervision ends, and the court gives no "
            "more time. Say what was done instead."
        )
    if until <= last:
        raise RuleBroken(
            f"The court gives more than the {MONTHS} months: enter a day after {say_date(last)}."
        )


def hours(facts, today, policy):
    """Where they stand today. What was once credited stays, whatever the cap is now."""
    ordered = _ordered(facts)
    worked = max(0, _total(facts.attended) + _total(_counting(facts)))
    courses = _total(facts.courses)
    credited = min(ordered, worked + courses)
    left = ordered - credited
    cap = ordered * policy.ete_percent // 100
    last = finish_by(facts)
    first = facts.left_before if facts.runs == Runs.CONSECUTIVE else 0
    weeks = max(0, (last - today).days + 1) / WEEK
    weekly, measured, since = _weekly(facts, today, policy, waits=first > 0)
    forecast = _forecast(left + first, weekly, today)
    return Hours(
        ordered=ordered,
        worked=worked,
        courses=courses,
        credited=credited,
        left=left,
        cap=cap,
        cap_left=max(0, cap - courses),
        finish_by=last,
        first=first,
        weeks_left=weeks,
        needed=ceil((left + first) / weeks) if left and weeks else None,
        weekly=weekly,
        measured=measured,
        forecast=forecast,
        pace=_pace(facts.state, ordered, left, forecast, last, policy.amber_days),
        since=since,
    )


def _total(credits):
    return sum(one.minutes for one in credits)


def _ordered(facts):
    """As the court has it now; nought where the length is not recorded, whatever was added."""
    changes = sum(one.minutes for one in facts.entries if one.reason in CHANGES_ORDERED)
    return max(0, facts.ordered + changes) if facts.ordered else 0


def _counting(facts):
    return [one for one in facts.entries if one.reason not in CHANGES_ORDERED]


def _weekly(facts, today, policy, *, waits):
    """(minutes a week, whether they were worked, since when). What came with the case says nothing of pace."""
    offered = INTENSIVE_MINUTES if facts.intensive else facts.weekly_minutes
    since = max(today - timedelta(days=policy.pace_weeks * WEEK), facts.arrived_on)
    days = (today - since).days
    if waits or days < min(MEASURED_AFTER, policy.pace_weeks * WEEK):
        return offered, False, since
    travel = [one for one in facts.entries if one.reason == Adjusts.TRAVEL]
    worked = [*facts.attended, *facts.courses, *travel]
    minutes = sum(one.minutes for one in worked if since < one.on <= today)
    return max(0, minutes) * WEEK // days, True, since


def _forecast(left, weekly, today):
    if not left:
        return today
    days = ceil(left * WEEK / weekly) if weekly else None
    return None if days is None or days > MOST_DAYS else today + timedelta(days=days)


def _pace(state, ordered, left, forecast, last, amber_days):
    if state == WorkState.ENDED:
        return Pace.STOPPED
    if not ordered:
        return Pace.UNKNOWN
    if not left:
        return Pace.DONE
    if forecast is None or forecast > last:
        return Pace.RED
    return Pace.AMBER if (last - forecast).days < amber_days else Pace.GREEN


def extension_due(state, found, today, policy):
    """Whether an application to extend is to be proposed: late in the twelve months, and not to be done in time.

    The months count back from the last day, so that they hold for an extended order too. While it is suspended
    its clock runs on.
    """
    runs = state in (WorkState.OPEN, WorkState.SUSPENDED)
    begins = found.finish_by - relativedelta(months=MONTHS - policy.extension_month)
    return runs and found.pace == Pace.RED and today >= begins


POINTS = {ReviewPoint.THIRD: 3, ReviewPoint.HALF: 2, ReviewPoint.END: 1}  # parts of the whole


def reached(found):
    """The points at which to look back that have been reached, in order."""
    return [
        point
        for point, part in POINTS.items()
        if found.known and found.credited * part >= found.ordered
    ]


def review_owed(found, held):
    """The furthest point that was reached, unless it was looked back on there. Earlier ones have passed by."""
    points = reached(found)
    return points[-1] if points and points[-1] not in held else None


def say_minutes(minutes):
    """ "7 hours", "1 hour 30 minutes", "45 minutes"; "minus 2 hours"."""
    whole, rest = divmod(abs(minutes), 60)
    parts = [counted(whole, "hour")] if whole else []
    if rest or not whole:
        parts.append(counted(rest, "minute"))
    return f"{'minus ' if minutes < 0 else ''}{' '.join(parts)}"
