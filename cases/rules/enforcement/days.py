"""The days of enforcement: service, the last day for a reason, the last safe day to lay, the hour at which a letter is late.

Sources: product rules, clocks (letter 2 working days of becoming aware; reason the later of 6 from the failure and 3 after
deemed service; last safe day to lay: order end less 10, red from 30 days before); days of service are local policy.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from cases.reference.enforcement import SentBy
from cases.rules.calendar import add_working_days, working_days_before
from staff.rules.dates import say_date

NONE: frozenset[date] = frozenset()
NO_END = "No end of the order is recorded, so nobody can say until when a breach may be laid. Have it put right."
PASSED = "The last safe day to lay a breach was {day}. Ring the NPS today and ask whether it can still be laid."
RED = "The last safe day to lay a breach is {day}. The order ends on {end}."


def served_on(
    sent_on: date, how: SentBy, after: Mapping[SentBy, int], extra: frozenset[date] = NONE
) -> date:
    """The day on which a letter is deemed served. `after`: working days by way of sending, of the policy.

    By hand it is the day itself, a Sunday included.
    """
    return add_working_days(sent_on, after[how], extra)


def last_safe_day(order_ends_on: date, lay_days: int, extra: frozenset[date] = NONE) -> date:
    """The last day on which a breach can go to the NPS and still be laid before the order ends.

    `lay_days`: working days before the end; 8 for the pack and 2 for the NPS make the ten of the contract.
    """
    return working_days_before(order_ends_on, lay_days, extra)


@dataclass(frozen=True, slots=True)
class Laying:
    """Until when a breach can safely be laid. `red`: it is to be acted on now."""

    last_on: date | None
    red: bool
    sentence: str = ""


def laying(
    *, order_ends_on: date | None, today: date, lay_days: int, red_days: int, extra: frozenset[date] = NONE
) -> Laying:  # fmt: skip
    """What is to be said today about laying a breach of an order. Nothing while the end is far off."""
    if order_ends_on is None:
        return Laying(None, True, NO_END)
    last_on = last_safe_day(order_ends_on, lay_days, extra)
    if today > last_on:
        return Laying(last_on, True, PASSED.format(day=say_date(last_on)))
    if today >= order_ends_on - timedelta(days=red_days):
        end = say_date(order_ends_on)
        return Laying(last_on, True, RED.format(day=say_date(last_on), end=end))
    return Laying(last_on, False)
