"""What is taken off somebody's hours in a week: training, leave of months, adjustments, other duties.

Source: hmpps-workload at 1e70153 (reductions and their percentages), retold in risk flags reference 3. Annual leave takes
nothing off: no reduction for it was seen there, and the share of hours that goes into cases leaves room for it (local policy).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from dateutil.relativedelta import relativedelta

from oversight.reference.workload import REDUCTIONS, Sets
from oversight.rules.figures import say_number
from staff.errors import RuleBroken
from staff.rules.dates import say_date


@dataclass(frozen=True, slots=True)
class Reduction:
    """`hours`: a week, where a senior says how many. `began_on`: of the whole, from which its months count."""

    code: str
    began_on: date
    to_on: date | None = None
    hours: Fraction | None = None

    def runs(self, day: date) -> bool:
        if day < self.began_on or (self.to_on is not None and self.to_on < day):
            return False
        months = REDUCTIONS[self.code].months
        if months is None:
            return True
        first, after = (self.began_on + relativedelta(months=number) for number in months)
        return first <= day < after


@dataclass(frozen=True, slots=True)
class Off:
    """Hours a week that are taken off, never more than the contract, with why."""

    hours: Fraction
    working: tuple[str, ...]


def hours_off(reductions: Iterable[Reduction], contracted: Fraction, day: date) -> Off:
    total, lines = Fraction(0), []
    for one in reductions:
        if not one.runs(day):
            continue
        hours = _hours(one, contracted)
        total += hours
        until = f", until {say_date(one.to_on)}" if one.to_on else ""
        lines.append(f"{REDUCTIONS[one.code].name}{until}: {say_number(hours)} hours off.")
    if total > contracted:
        lines.append(
            f"Together more than the contract: all {say_number(contracted)} hours are off."
        )
    return Off(min(total, contracted), tuple(lines))


def check_reduction(one: Reduction, contracted: Fraction) -> None:
    """Refuse what the table does not allow, or what is no time at all."""
    kind = REDUCTIONS.get(one.code)
    if kind is None:
        raise RuleBroken("Choose what the hours are taken off for.")
    if one.to_on and one.to_on < one.began_on:
        raise RuleBroken("The last day cannot be before the first.")
    if kind.sets == Sets.FIXED:
        if one.hours is not None:
            raise RuleBroken(
                f"{kind.name} is {kind.percent}% of their hours. Leave the hours empty."
            )
        return
    if one.hours is None or one.hours <= 0:
        raise RuleBroken("Say how many hours a week, more than none.")
    if one.hours > contracted:
        raise RuleBroken(
            f"Their contract is {say_number(contracted)} hours a week. Enter no more than that."
        )
    if kind.percent is not None and one.hours > (most := contracted * kind.percent / 100):
        raise RuleBroken(
            f"{kind.name} takes off {kind.percent}% at most, which is {say_number(most)} hours."
        )


def check_alone(one: Reduction, others: Iterable[Reduction]) -> None:
    """Refuse what the table gives a share of hours for, where it is recorded for some of these days already: it would count twice.

    Where a senior says how many hours, as for two groups, each may be recorded by itself.
    """
    kind = REDUCTIONS[one.code]
    if kind.percent is None:
        return
    first, last = _days(one)
    for other in others:
        began, ended = _days(other)
        if other.code == one.code and began <= last and first <= ended:
            until = f"until {say_date(ended)}" if ended < date.max else "with no last day"
            raise RuleBroken(
                f"{kind.name} is recorded from {say_date(began)} {until} already, and would count twice. Put that right instead."
            )


def _days(one):
    """The first and the last day on which it takes hours off."""
    first, last = one.began_on, one.to_on or date.max
    if months := REDUCTIONS[one.code].months:
        begins, after = (first + relativedelta(months=number) for number in months)
        first, last = begins, min(last, after - timedelta(days=1))
    return first, last


def _hours(one, contracted):
    percent = REDUCTIONS[one.code].percent
    if one.hours is not None:
        return one.hours
    return contracted * (percent or 0) / 100
