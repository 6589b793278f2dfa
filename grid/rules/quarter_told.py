"""What a quarter's timetable comes to for those who wait: who starts, how long they wait, and who finishes in time.

The same is reckoned of any timetable, so that two can be set beside each other. Source: report 2.3.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from grid.rules.quarter_facts import WEEK, Group, ToPlan, days_of


@dataclass(frozen=True, slots=True)
class Figures:
    """`waited`: weeks from the day on which they began to wait, all together, to the first session or the quarter's end."""

    waiting: int
    series: int
    started: int
    in_time: int  # of those: their last session is by the last day that is known, if one is
    court_in_time: int  # of those: a court ordered that intervention
    waited: Fraction

    @property
    def weeks_waited(self) -> Fraction:
        """On average, of everybody who waits when the quarter begins; nought where nobody does."""
        return self.waited / self.waiting if self.waiting else Fraction(0)


def figures_of(question: ToPlan, groups: Iterable[Group]) -> Figures:
    groups = tuple(groups)
    days = {key: days_of(question, one.series) for one in groups for key in one.people}
    code = {key: one.series.code for one in groups for key in one.people}
    over = question.first + timedelta(weeks=question.weeks)
    finish = [
        suited
        for one in question.wanted
        if one.key in days and (suited := one.suited_to(code[one.key])).in_time(days[one.key][-1])
    ]
    waited = sum(
        _days_waited(one.since, days[one.key][0] if one.key in days else over)
        for one in question.wanted
    )
    return Figures(
        waiting=len(question.wanted),
        series=len(groups),
        started=len(days),
        in_time=len(finish),
        court_in_time=sum(suited.ordered for suited in finish),
        waited=Fraction(waited, WEEK),
    )


def _days_waited(since: date, until: date) -> int:
    return max(0, (until - since).days)
