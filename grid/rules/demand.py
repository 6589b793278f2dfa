"""What one more series of an intervention would change for those who wait: who would begin, who finish in time, how much sooner.

The forecast is worked out twice, with the series and without it; nothing is promised or written. Sources: report 1.3 and 2.3
(too few places, no group in the evening, and nobody knew which were wanting); features 82. The patterns tried are local policy.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from grid.rules.groups_open import OpenSeries, TimeOfWeek
from grid.rules.intervention_policy import Terms
from grid.rules.series import Closures, Weekly, plan
from grid.rules.sessions import week_of
from grid.rules.waiting import BEGIN, Forecast, Prospect, Waiting, forecast
from grid.rules.waiting_policy import WaitingPolicy

AHEAD = timedelta(weeks=3)  # so that a room and leaders can be found, and people told
WEEK = 7  # days
NOT_THERE = 0  # the key of a series that is not there: no row has it
# The days and the hour of each, in the order in which they are taken: not two that follow each other
PATTERNS = {
    TimeOfWeek.DAYTIME: ((0, 2, 4), time(10)),
    TimeOfWeek.EVENING: ((1, 3), time(18)),
    TimeOfWeek.WEEKEND: ((5,), time(10)),
}


@dataclass(frozen=True, slots=True)
class OneMore:
    """By how much each would be more. `sooner`: weeks, of all who would begin with it and without it together."""

    begin: int
    in_time: int
    sooner: int
    taken: int  # places of it

    @property
    def changes_something(self) -> bool:
        return bool(self.begin or self.in_time or self.sooner)


def tried(
    code: str,
    terms: Terms,
    place: int,
    site: str,
    when: TimeOfWeek,
    closures: Closures,
    now: datetime,
    *,
    women_only: bool,
) -> OpenSeries:
    """A series that could be put on there at that time of the week, from the first Monday that leaves time to prepare it.

    As many sessions a week as its dose has and the pattern holds. Raises RuleBroken where its hours are none.
    """
    days, from_at = PATTERNS[when]
    weekly = tuple(Weekly(day, from_at) for day in days[: terms.dose.a_week])
    first_on = week_of(now.date() + AHEAD) + timedelta(days=WEEK)
    series = plan(terms.dose, first_on, weekly, closures, now)
    return OpenSeries(
        pk=NOT_THERE,
        code=code,
        place=place,
        site=site,
        sessions=series.sessions,
        places=terms.most,
        women_only=women_only or terms.women_only,
        rolling=terms.rolling,
        entries=frozenset(terms.entries),
    )


def one_more(
    waiting: Sequence[Waiting],
    planned: Iterable[OpenSeries],
    extra: OpenSeries,
    terms: Terms,
    policy: WaitingPolicy,
    today: date,
) -> OneMore:
    """What this series would change for those on the list. `planned`: of this intervention, as the list is forecast by."""
    planned = list(planned)
    before = _by_case(forecast(waiting, planned, terms.dose, policy, today))
    after = _by_case(forecast(waiting, [*planned, extra], terms.dose, policy, today))
    days = sum(_days_sooner(one, after[case]) for case, one in before.items())
    return OneMore(
        begin=_count(after, _begins) - _count(before, _begins),
        in_time=_count(after, _in_time) - _count(before, _in_time),
        sooner=days // WEEK,
        taken=_count(after, lambda one: _begins(one) and one.series.pk == extra.pk),
    )


def _days_sooner(before: Forecast, after: Forecast) -> int:
    """Of somebody who would begin with it and without it; nought of anybody else."""
    if before.starts_on is None or after.starts_on is None:
        return 0
    return (before.starts_on - after.starts_on).days if _begins(before) and _begins(after) else 0


def _by_case(found: Iterable[Forecast]) -> dict[int, Forecast]:
    return {one.waiting.seeker.case: one for one in found}


def _begins(one: Forecast) -> bool:
    return one.prospect in BEGIN


def _in_time(one: Forecast) -> bool:
    return one.prospect is Prospect.IN_TIME


def _count(found, asked):
    return sum(asked(one) for one in found.values())
