"""Who goes before whom on a waiting list, and when each may expect to begin.

The order: whoever a court ordered to come; then whoever can still finish, and of these first whose time is short, the shortest
first; then the likelier to reoffend, by the bands of the GRID, and the greater harm; then who has waited longest. Using something
else meanwhile moves nobody. The forecast hands out the places of the series that are planned, each in the order of its first
session, to whoever is first in the list as it is today and can come to it: nobody has a place in what they could not finish. It
is no promise: who comes onto the list later may go before. Source: features 75; the order and its figures are local policy.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from cases.reference.codes import ROSH_ORDER, Rosh, Titled
from grid.rules.coming import Against, Reason, Seeker, Suited, against, earliest_day
from grid.rules.fitting import is_soon
from grid.rules.groups_open import OpenSeries
from grid.rules.intervention_policy import Dose
from grid.rules.likelihood import BAND_STARTS
from grid.rules.waiting_policy import WaitingPolicy
from staff.rules.dates import say_date


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody on the list of one intervention."""

    seeker: Seeker
    suited: Suited
    since: date
    likelihood: Decimal | None = None  # OGRS3, two years, per cent; None: not known
    harm: Rosh | None = None
    using: str = ""  # what they do meanwhile, in words; their place is kept


class Prospect(Titled):
    IN_TIME = "in_time", "Finishes in time"
    END_NOT_KNOWN = "end_not_known", "Begins; when their order or licence ends is not recorded"
    FINISH_NOT_KNOWN = (
        "finish_not_known",
        "Begins late, and finishes in a series that has no days yet",
    )
    NOT_IN_TIME = "not_in_time", "Will not finish in time"
    NO_PLACE = "no_place", "Every planned place goes to somebody ahead of them"
    NONE_FITS = "none_fits", "No planned series fits them"
    NONE_PLANNED = "none_planned", "No series planned"


# Those who may expect a place
BEGIN = frozenset({Prospect.IN_TIME, Prospect.END_NOT_KNOWN, Prospect.FINISH_NOT_KNOWN})


@dataclass(frozen=True, slots=True)
class Forecast:
    """What one person on the list may expect."""

    waiting: Waiting
    position: int  # the first is 1
    prospect: Prospect
    series: OpenSeries | None = (
        None  # the one in which they may expect a place, or the first that they would not finish
    )
    starts_on: date | None = None
    finishes_on: date | None = None  # None: no series, or they finish in one that has no days yet
    ahead: int = 0  # of those ahead of them, how many may expect a place in the same series

    @property
    def ends_on(self) -> date | None:
        """The last day on which they can be required, or asked, to come."""
        return self.waiting.suited.until


def last_start(waiting: Waiting, dose: Dose) -> date | None:
    """The last day on which they could begin and be over in time, at the pace of its dose; None where no end is known.

    Of the whole dose, so many sessions each week as it has at most: bank holidays and days that are shut are not looked at.
    """
    until = waiting.suited.until
    return until and until - timedelta(weeks=dose.weeks - 1)


def can_finish(waiting: Waiting, dose: Dose, policy: WaitingPolicy, today: date) -> bool:
    """Whether there is time left. Where no last day is known, there may be."""
    last = last_start(waiting, dose)
    return last is None or last >= earliest_day(policy, today)


def is_pressing(waiting: Waiting, dose: Dose, policy: WaitingPolicy, today: date) -> bool:
    """Whether they can still finish, and only if they begin soon."""
    last = last_start(waiting, dose)
    soon = today + timedelta(weeks=policy.pressing_weeks)
    return last is not None and can_finish(waiting, dose, policy, today) and last <= soon


def in_order(
    waiting: Iterable[Waiting], dose: Dose, policy: WaitingPolicy, today: date
) -> list[Waiting]:
    """The list as it stands today, the next to have a place first."""
    return sorted(waiting, key=lambda one: _place(one, dose, policy, today))


def why_there(
    waiting: Waiting, dose: Dose, policy: WaitingPolicy, today: date, *, scored: bool = True
) -> tuple[str, ...]:
    """What decides where they stand, in sentences, the weightiest first.

    `scored`: with OGRS3 and the level of harm, for readers who may see them; others are told that these count.
    """
    return tuple(_why(waiting, dose, policy, today, scored))


def forecast(
    waiting: Iterable[Waiting],
    planned: Iterable[OpenSeries],
    dose: Dose,
    policy: WaitingPolicy,
    today: date,
) -> list[Forecast]:
    """What each may expect, in the order of the list. `planned`: series of this intervention, one to one or other is none of them.

    Whoever is further up chooses first, and everybody takes what begins first: the same as if each series went down the list.
    """
    first_day = earliest_day(policy, today)
    open_now = [one for one in planned if one.sessions_from(first_day)]
    open_now.sort(key=lambda one: (one.sessions_from(first_day)[0].starts_at, one.pk))
    left = {one.pk: one for one in open_now}
    gone: dict[int, int] = dict.fromkeys(left, 0)
    found = []
    for position, one in enumerate(in_order(waiting, dose, policy, today), 1):
        said = [(each, against(one.seeker, one.suited, each, policy, today)) for each in left.values()]  # fmt: skip
        prospect, series = _prospect(one, said, first_day)
        found.append(_said(one, position, prospect, series, gone, first_day))
        if series and prospect in BEGIN:
            left[series.pk] = series.with_a_place(one.seeker.case)
            gone[series.pk] += 1
    return found


def needs_another_way(expected: Forecast, policy: WaitingPolicy, today: date) -> bool:
    """Whether they are to be offered something else: no place, none in time, or none soon."""
    if expected.prospect not in BEGIN or expected.starts_on is None:
        return True
    return not is_soon(expected.starts_on, policy, today)


def _place(one, dose, policy, today):
    pressing = is_pressing(one, dose, policy, today)
    return (
        not one.suited.ordered,
        not can_finish(one, dose, policy, today),
        not pressing,
        last_start(one, dose) if pressing else date.min,
        -_band(one.likelihood),
        -ROSH_ORDER[one.harm] if one.harm else 0,
        one.since,
        one.seeker.case,
    )


def _band(percent):
    """Where its band of the GRID starts, in per cent; that of the lowest where it is not known."""
    return next(start for start, _ in BAND_STARTS if (percent or 0) >= start)


def _why(one, dose, policy, today, scored):
    if one.suited.ordered:
        yield "A court ordered it."
    last = last_start(one, dose)
    if not can_finish(one, dose, policy, today):
        yield f"To finish in time they would have had to begin by {say_date(last)}."
    elif is_pressing(one, dose, policy, today):
        yield f"They must begin by {say_date(last)} to finish in time."
    if scored:
        yield from _why_scored(one)
    else:
        yield "What the GRID weighs counts too."
    yield f"They have waited since {say_date(one.since)}."
    if one.using:
        yield f"Meanwhile: {one.using}. Their place is kept."


def _why_scored(one):
    if one.likelihood is None:
        yield "OGRS3 is not known, so they stand among the lowest."
    else:
        yield f"OGRS3 is {one.likelihood}%."
    if one.harm:
        yield f"{one.harm.title} risk of serious harm."


def _prospect(
    one: Waiting, said: Sequence[tuple[OpenSeries, Against | None]], first_day: date
) -> tuple[Prospect, OpenSeries | None]:
    """`said`: each series that can be joined, as far as its places are given, and what is against it."""
    fit = next((series for series, met in said if met is None), None)
    if fit:
        return _begins(one, fit, first_day), fit
    too_late = [series for series, met in said if met and met.reason is Reason.ENDS]
    with_places = next(
        (series for series in too_late if series.places_left(one.seeker.case) > 0), None
    )
    if with_places:
        return Prospect.NOT_IN_TIME, with_places
    if too_late or any(met and met.reason is Reason.FULL for _, met in said):
        return Prospect.NO_PLACE, None
    return (Prospect.NONE_FITS if said else Prospect.NONE_PLANNED), None


def _begins(one, series, first_day):
    if one.suited.until is None:
        return Prospect.END_NOT_KNOWN
    known = series.finishes_on(first_day) is not None
    return Prospect.IN_TIME if known else Prospect.FINISH_NOT_KNOWN


def _said(one, position, prospect, series, gone, first_day):
    if series is None:
        return Forecast(one, position, prospect)
    sessions = series.sessions_from(first_day)
    return Forecast(
        waiting=one,
        position=position,
        prospect=prospect,
        series=series,
        starts_on=sessions[0].on,
        finishes_on=series.finishes_on(first_day),
        ahead=gone[series.pk],
    )
