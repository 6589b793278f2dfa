"""What an officer has room for, how full they are, and when that is too much: each figure with its arithmetic in words.

Sources: wmt-worker at 78f526b (`calculate-available-points.js`) and hmpps-workload at 1e70153 (`CapacityCalculator.kt`),
retold in risk flags reference 3; excessive workload, written answer 172934 of 30 March 2021. What a case weighs is
`oversight.rules.case_points`, what is taken off hours `oversight.rules.reductions`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

from cases.rules.words import counted
from oversight.reference.workload import (
    EXCESSIVE_PERCENT,
    EXCESSIVE_WEEKS,
    FOR_OTHERS,
    REPORT_DAYS,
    REPORTS,
    Effort,
)
from oversight.rules.figures import Figure, say_number
from oversight.rules.policy import WorkloadPolicy
from oversight.rules.reductions import Reduction, hours_off
from staff.reference import Grade
from staff.rules.dates import say_date

A_WEEK = timedelta(weeks=1)
QUOTIENT = Decimal("0.001")  # the places to which total by available is rounded, half up


# What is done besides cases


@dataclass(frozen=True, slots=True)
class ReportDone:
    """A report that the officer completed. `code` as in `reference.workload.REPORTS`."""

    code: str
    on: date


@dataclass(frozen=True, slots=True)
class ForSomebody:
    """Work on a case that is somebody else's. The points are added to whoever did it and taken from its owner."""

    code: str  # as in `reference.workload.FOR_OTHERS`
    effort: Effort
    mine: bool  # done by this officer, not for them


def report_points(reports: Iterable[ReportDone], today: date) -> Figure:
    """Of the reports of the last 30 days, of the kinds that were still counted when they were done."""
    first = today - timedelta(days=REPORT_DAYS)
    numbers: dict[str, int] = {}
    for one in reports:
        until = REPORTS[one.code].counted_until
        if first < one.on <= today and (until is None or one.on <= until):
            numbers[one.code] = numbers.get(one.code, 0) + 1
    lines, total = [], 0
    for code, number in sorted(numbers.items()):
        points = REPORTS[code].points
        total += number * points
        lines.append(
            f"{counted(number, REPORTS[code].name)} in {REPORT_DAYS} days, {points} each: "
            f"{counted(number * points, 'point')}."
        )
    return Figure(total, tuple(lines))


def for_others_points(work: Iterable[ForSomebody]) -> Figure:
    lines, total = [], 0
    for one in work:
        kind = FOR_OTHERS[one.code]
        points = kind.points[one.effort] * (1 if one.mine else -1)
        total += points
        whose = "for another officer’s case" if one.mine else "done by a colleague on their case"
        lines.append(f"{kind.name}, {whose}: {points:+,} points.")
    return Figure(total, tuple(lines))


def total_points(cases: int, reports: Figure, for_others: Figure) -> Figure:
    """All that is counted against what is available. Less than nothing is nothing: colleagues took more over than there is."""
    total = cases + reports.number + for_others.number
    parts = f"Cases {cases:,}, reports {reports.number:,}, work for others {for_others.number:+,}"
    kept = max(0, total)
    return Figure(
        kept, (*reports.working, *for_others.working, f"{parts}: {counted(kept, 'point')} in all.")
    )


# What there is room for


def available_of(
    grade: Grade | str,
    contracted: Fraction,
    reductions: Iterable[Reduction],
    policy: WorkloadPolicy,
    day: date,
) -> Figure:
    """What an officer of this grade has room for in the week of that day. Whoever has no grade holds no cases, and has none."""
    off = hours_off(reductions, contracted, day)
    default = Fraction(policy.full_hours if grade else 0)
    room = available_points(contracted, off.hours, default, policy.full_points)
    return Figure(room.number, (*off.working, *room.working))


def available_points(
    contracted: Fraction, reduction: Fraction, default_hours: Fraction, nominal: int
) -> Figure:
    """trunc(nominal x (contracted - reduction) / default hours of the grade). Hours a week.

    A grade without default hours has none. Reductions never come to more than the contract: nobody owes points.
    """
    hours = contracted - min(reduction, contracted)
    if default_hours <= 0:
        return Figure(0, ("This grade has no default hours, so no points are available.",))
    exact = nominal * hours / default_hours
    points = floor(exact)
    cut = "" if exact == points else f", cut to {points:,}"
    less = (
        f"({say_number(contracted)} - {say_number(contracted - hours)})"
        if reduction
        else say_number(contracted)
    )
    return Figure(
        points,
        (
            f"{nominal:,} points x {less} hours / {say_number(default_hours)} hours = {say_number(exact, 2)}{cut}.",
        ),
    )


@dataclass(frozen=True, slots=True)
class Capacity:
    """How full somebody is. `percent`: of what is available, to one place; 0 where either is nothing."""

    total: int
    available: int
    percent: Decimal
    working: tuple[str, ...]
    mark: str = ""

    @property
    def remaining(self) -> int:
        return self.available - self.total


def capacity(total: int, available: int) -> Capacity:
    """The quotient to three places, half up, as a percentage; 0 if either is 0, which is said where it hides something."""
    if not total or not available:
        mark = ""
        if total > 0:
            mark = f"Nothing is available and {counted(total, 'point')} are held. The 0% is how it is counted: they hold too much."
        return Capacity(
            total, available, Decimal("0.0"), (f"{total:,} of {available:,} points: 0%.",), mark
        )
    quotient = (Decimal(total) / Decimal(available)).quantize(QUOTIENT, ROUND_HALF_UP)
    percent = (quotient * 100).quantize(Decimal("0.1"))
    left = available - total
    room = f"{counted(left, 'point')} left" if left >= 0 else f"{counted(-left, 'point')} too many"
    return Capacity(
        total,
        available,
        percent,
        (f"{total:,} / {available:,} = {quotient}, which is {percent}%: {room}.",),
    )


@dataclass(frozen=True, slots=True)
class Excess:
    """More than 110% in each of the last four weeks. `since`: the Monday from which it has been so."""

    since: date
    weeks: int

    @property
    def sentence(self) -> str:
        return (
            f"Over {EXCESSIVE_PERCENT}% in each week since {say_date(self.since)}, {self.weeks} weeks: an excessive "
            "workload, which a senior must see to."
        )


def excessive(percents: Mapping[date, Decimal], week: date) -> Excess | None:
    """Whether the workload is excessive in the week that begins on the Monday `week`. A week without a figure ends a run."""
    weeks, since = 0, week
    while percents.get(week, Decimal(0)) > EXCESSIVE_PERCENT:
        weeks, since = weeks + 1, week
        week -= A_WEEK
    return Excess(since, weeks) if weeks >= EXCESSIVE_WEEKS else None
