"""A failure to comply: under what somebody was supervised on the day, which orders it fails, and what must be said of it.

Sources: Criminal Justice Act 2003, 177 and 189 (orders of the community and suspended), 238 and 250 (licence), 256AA to 256AC
(post-sentence supervision, default orders); product rules, failures ("an absence opens awaiting decision; only the officer makes
it a failure") and clocks (became aware is stored apart from the failure). Dates are nDelius's own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.reference.codes import HELD, CustodyStatus, Order
from cases.reference.enforcement import Answer, Regime
from cases.rules.calendar import add_working_days
from cases.rules.interim import says_nothing
from staff.errors import RuleBroken
from staff.rules.dates import say_date

ANSWER_DAYS = 2  # working days of becoming aware: the letter has to have gone by then
NONE: frozenset[date] = frozenset()
DIRECT = {
    Order.COMMUNITY: Regime.COMMUNITY,
    Order.SUSPENDED: Regime.SUSPENDED,
    Order.DEFAULT_ORDER: Regime.DEFAULT_ORDER,
}
NOT_BEGUN = "It began on {day}, after this happened."
OVER = "It ended on {day}, before this happened."
IN_CUSTODY = "They were in custody that day, so nothing of it was enforced by us."
RECALLED = "They had been recalled by that day, so nothing of it was enforced by us."
NONE_ENFORCED = (
    "No order or licence of theirs was enforced on {day}, so an absence that day is no failure to comply. Have the "
    "dates of the sentence put right, or decide that it was acceptable."
)
TICK_ONE = (
    "What the appointment was under was not enforced on {day}. Tick the order that the absence does fail, or decide "
    "that it was acceptable."
)
NO_KIND = (
    "What kind of sentence it is is not recorded, so nobody can say by what law it is enforced."
)


@dataclass(frozen=True, slots=True)
class Supervised:
    """A sentence as far as it decides under what somebody was supervised. Dates are None where they are not recorded."""

    key: int
    words: str  # as staff know it
    order: str
    custody_status: str = ""
    started_on: date | None = None
    released_on: date | None = None
    licence_end_on: date | None = None
    sentence_expiry_on: date | None = None
    pss_end_on: date | None = None
    terminated_on: date | None = None
    recalled_on: date | None = None  # of the last recall that is known


@dataclass(frozen=True, slots=True)
class Under:
    """Under what it was enforced on a day; or why it was not. One of the two."""

    regime: Regime | None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """An order that a failure of a day may be under."""

    key: int
    words: str
    regime: Regime


def under(one: Supervised, on: date) -> Under:
    """Under what law or ladder somebody was supervised by this sentence on that day. Days say so before the status does."""
    if one.started_on and on < one.started_on:
        return Under(None, NOT_BEGUN.format(day=say_date(one.started_on)))
    if one.terminated_on and on > one.terminated_on:
        return Under(None, OVER.format(day=say_date(one.terminated_on)))
    order = Order(one.order)
    if order in DIRECT:
        return Under(DIRECT[order])
    return Under(None, NO_KIND) if order == Order.OTHER else _after_custody(one, order, on)


def orders_failed(sentences: Iterable[Supervised], on: date) -> list[Failed]:
    """Every order under which a failure of that day may be enforced, in the order they are given."""
    found = [(one, under(one, on).regime) for one in sentences]
    return [Failed(one.key, one.words, regime) for one, regime in found if regime]


def own_order(named: int | None, offered: Iterable[Failed]) -> Failed | None:
    """The order an appointment was under: the one it names, or the first where it names none. None: none is enforced.

    One that names an order which was not enforced that day is no failure of another, unless the officer says so.
    """
    offered = list(offered)
    if named is None:
        return offered[0] if offered else None
    return next((one for one in offered if one.key == named), None)


def check_fails_some(
    own: Failed | None, chosen: Iterable[Failed], others: Iterable[Failed], on: date
) -> None:
    """Refuse a failure that would be one of no order. `others`: those that might have been ticked beside its own."""
    if own or list(chosen):
        return
    raise RuleBroken((TICK_ONE if list(others) else NONE_ENFORCED).format(day=say_date(on)))


def answer_owed_on(aware_on: date, recorded_on: date, extra: frozenset[date] = NONE) -> date:
    """The last day to answer a failure: in time for its letter, and never before the day it was recorded."""
    return max(add_working_days(aware_on, ANSWER_DAYS, extra), recorded_on)


def check_failure(*, what: str, happened_on: date, aware_on: date, today: date) -> None:
    """Refuse a failure that could not be said in court."""
    if says_nothing(what):
        raise RuleBroken(
            "Say what they failed to do, when and where, as it could be said in court."
        )
    if happened_on > today or aware_on > today:
        raise RuleBroken(
            "A failure cannot lie in the future, and nobody can know of it before today."
        )
    if aware_on < happened_on:
        raise RuleBroken(
            "Nobody can have known of it before it happened. Put one of the two days right."
        )


def check_because(answer: Answer, because: str) -> None:
    """Refuse an answer without a reason that the person could be shown."""
    if not says_nothing(because):
        return
    if answer == Answer.NOTHING:
        raise RuleBroken(
            "Say why nothing is enforced: whoever reads the order later must see it was decided."
        )
    raise RuleBroken("Say why you answer it so, in a sentence that they could be shown.")


def check_withdrawal(because: str) -> None:
    """Refuse to take a failure back without a reason."""
    if says_nothing(because):
        raise RuleBroken("Say why it is withdrawn, and what shows it.")


def _after_custody(one, order, on):
    if one.released_on and on < one.released_on:
        return Under(None, IN_CUSTODY)
    if not one.released_on and one.custody_status in HELD:
        return Under(None, IN_CUSTODY)
    if _recalled(one, on):
        return Under(None, RECALLED)
    licence_end = one.licence_end_on or one.sentence_expiry_on
    if licence_end is None or on <= licence_end:
        return Under(Regime.LICENCE)
    if order == Order.CUSTODY:
        return Under(None, OVER.format(day=say_date(licence_end)))
    if one.pss_end_on and on > one.pss_end_on:
        return Under(None, OVER.format(day=say_date(one.pss_end_on)))
    return Under(Regime.POST_SENTENCE)


def _recalled(one, on):
    """Whether they had been recalled by then: since the day that is known, or all along where the record says so and no day is.

    What happened on the day of the recall may have led to it.
    """
    if one.recalled_on and not (one.released_on and one.released_on > one.recalled_on):
        return on > one.recalled_on
    return one.custody_status == CustodyStatus.RECALLED
