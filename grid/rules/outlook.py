"""What somebody on a waiting list may expect, in words and in the three ways in which it is counted; and by what they come.

Sources: report 2.3 (long waits, groups that could not be finished before the order ended, "he requires an evening or weekend
group which is currently unavailable"); supervision reference 2.4 (no more days than were ordered, none after the order's end).
"""

from collections.abc import Iterable
from datetime import date

from cases.reference.codes import Titled
from cases.rules.words import counted
from grid.reference.interventions import Hook
from grid.rules.coming import Suited
from grid.rules.order_end import OrderEnd
from grid.rules.suitability_facts import Attached
from grid.rules.waiting import BEGIN, Forecast, Prospect
from staff.rules.dates import say_date

HELD = "They are in custody, and keep their place in the queue."
DAYS_A_WEEK = 7


class Outlook(Titled):
    """As those who wait are counted: each is one of these."""

    PLACE = "place", "Expects a place"
    LATE = "late", "Will not finish in time, or no place is left"
    NOTHING = "nothing", "Nothing that is planned fits"


def outlook(expected: Forecast) -> Outlook:
    if expected.prospect in BEGIN:
        return Outlook.PLACE
    late = expected.prospect in {Prospect.NOT_IN_TIME, Prospect.NO_PLACE}
    return Outlook.LATE if late else Outlook.NOTHING


def say_expected(expected: Forecast) -> str:
    """The forecast in one or two sentences. It is no promise: the page says so."""
    series, end = expected.series, expected.waiting.suited.end
    if series is None or expected.starts_on is None:
        return _without_a_series(expected)
    if expected.prospect is Prospect.NOT_IN_TIME:
        last = say_date(series.last_on)
        return f"Will not finish in time: {end}, and the first with a place, at {series.site}, ends on {last}."
    begins = f"Expects to begin on {say_date(expected.starts_on)} at {series.site}"
    if expected.finishes_on is None:
        return f"{begins}, and to finish in the series after it, which has no days yet."
    finishes = f"{begins}, and to finish on {say_date(expected.finishes_on)}."
    return finishes if end.on else f"{finishes} Nobody recorded {end}."


def _without_a_series(expected):
    if expected.waiting.seeker.week is None and expected.prospect is Prospect.NONE_FITS:
        return "Nobody has recorded when they can come, so no series is known to fit them."
    return f"{expected.prospect.title}."


def say_waited(since: date, today: date) -> str:
    """ "9 weeks"; by days while it is less than one."""
    days = max(0, (today - since).days)
    if days < DAYS_A_WEEK:
        return counted(days, "day")
    return counted(days // DAYS_A_WEEK, "week")


def suited_by(
    code: str, hook: Hook, attached: Iterable[Attached], *, ordered: bool, days_counted: bool
) -> Suited:
    """Until when somebody can be asked to come to what they wait for, and for how many days, by the hook of their referral.

    `attached`: what of their sentences runs now. Of several the one that lasts longest, of those with days to book where its
    sessions are `days_counted`. Where what brought them to it runs no more, they may still choose to come.
    """
    those = list(attached)
    by = [one for one in those if one.hook is hook]
    if hook is Hook.PROGRAMME:
        by = [one for one in by if one.ordered == code] or by
    if not by:
        by = [one for one in those if one.hook is Hook.VOLUNTARY]
        ordered = False
    if not by:
        return Suited(code, OrderEnd(None, hook))
    counts = days_counted and by[0].hook is Hook.RAR
    best = max(by, key=lambda one: (not counts or one.to_book != 0, one.until or date.max))
    return Suited(
        code,
        OrderEnd(best.until, best.hook),
        days_left=best.to_book if counts else None,
        ordered=ordered,
    )
