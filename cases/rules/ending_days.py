"""On which day a case comes to its end, and whether an early end may be proposed.

Source: Criminal Justice Act 2003, 177 and 200 (an order stays in force until its unpaid work is worked; a suspended
sentence order no longer than its operational period), 256AA to 256AC (post-sentence supervision, default orders),
Schedule 8 (revoking an order for good progress). Dates are nDelius's own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from cases.reference.codes import CustodyStatus, Order, Rosh
from cases.rules.importing.sentences import supervises
from staff.rules.dates import say_date

NEVER_RELEASED = frozenset({CustodyStatus.IN_CUSTODY, CustodyStatus.SENTENCED})
IN_CUSTODY_FIRST = frozenset({Order.CUSTODY, Order.CUSTODY_PSS})


@dataclass(frozen=True, slots=True)
class Running:
    """A sentence that is in force, with the dates that say when it is over; None where they are not recorded.

    `hours_left`: that unpaid work ordered by it is still to be worked.
    """

    key: int
    order: str
    description: str
    custody_status: str = CustodyStatus.NONE
    started_on: date | None = None
    expected_end_on: date | None = None
    supervision_end_on: date | None = None
    operational_end_on: date | None = None
    licence_end_on: date | None = None
    sentence_expiry_on: date | None = None
    pss_end_on: date | None = None
    hours_left: bool = False


@dataclass(frozen=True, slots=True)
class End:
    """The last day of one sentence, or of a case; `on` is None where there is none yet, and `why` says so."""

    on: date | None
    why: str
    key: int | None = None  # of the sentence that says so


def end_of(one):
    """The last day of this sentence by the record, or why it has none yet."""
    on, why = _rule_of(Order(one.order))(one)
    return End(on, why, one.key)


def _rule_of(order):
    if order in IN_CUSTODY_FIRST:
        return _after_custody
    return {Order.SUSPENDED: _suspended, Order.DEFAULT_ORDER: _default_order}.get(order, _order)


def end_of_case(sentences: Iterable[Running]):
    """The last day of the last of them. One without a last day keeps the case going; None where nothing runs."""
    ends = [end_of(one) for one in sentences if supervises(one.description)]
    unknown = next((one for one in ends if one.on is None), None)
    if unknown or not ends:
        return unknown
    return max(ends, key=lambda one: (one.on, one.key))


def opens_on(ends_on, days):
    """The day from which the end is prepared."""
    return ends_on - timedelta(days=days)


def keep_until(ended_on, years):
    """The day until which what is recorded is kept. Source: local policy, to be confirmed."""
    return ended_on + relativedelta(years=years)


def _after_custody(one):
    if one.custody_status in NEVER_RELEASED:
        return None, "In custody: supervision has not begun, so it has no last day yet"
    ends = [one.licence_end_on or one.sentence_expiry_on]
    if one.order == Order.CUSTODY_PSS:
        if not one.pss_end_on:
            return None, "The last day of post-sentence supervision is not recorded"
        ends.append(one.pss_end_on)
    return _on(max(filter(None, ends), default=one.expected_end_on))


def _order(one):
    """A community order, and whatever else is supervised."""
    if one.hours_left:
        return None, "Unpaid work is still to be worked, and keeps the order in force until it is"
    return _on(one.expected_end_on)


def _default_order(one):
    """Its hours must be worked before supervision ends."""
    return _on(one.supervision_end_on or one.expected_end_on)


def _suspended(one):
    """Supervision ends before the operational period, and no later while unpaid work is still to be worked."""
    if not one.hours_left:
        return _on(one.supervision_end_on or one.expected_end_on)
    if one.operational_end_on:
        return one.operational_end_on, (
            f"Unpaid work is still to be worked, so supervision goes on to the end of the operational period, "
            f"{say_date(one.operational_end_on)}"
        )
    return (
        None,
        "Unpaid work is still to be worked, and the end of the operational period is not recorded",
    )


def _on(day):
    if day is None:
        return None, "The last day of the sentence is not recorded"
    return day, f"Supervision ends on {say_date(day)}"


@dataclass(frozen=True, slots=True)
class Progress:
    """What decides whether an early end is put to the officer. Days are None where there was none."""

    sentences: tuple[Running, ...]
    requirements: int  # ordered by them
    left: int  # of those, not done
    failed_on: date | None
    raised_on: date | None  # the risk of harm, here or at a review
    in_breach: bool
    harm: str  # blank: not recorded


def early_end_due(one, today, months):
    """Whether somebody has done so well that revoking the order is worth proposing to the court.

    Source: CJA 2003 Schedule 8, paragraphs 7 and 13 ("making good progress or responding satisfactorily"); the
    half and the months are local policy.
    """
    lately = today - relativedelta(months=months)
    running = [found for found in one.sentences if supervises(found.description)]
    return (
        bool(running)
        and all(_is_past_half(found, today) for found in running)
        and one.requirements > 0
        and one.left == 0
        and not one.in_breach
        and one.harm in (Rosh.LOW, Rosh.MEDIUM)
        and not any(day and day > lately for day in (one.failed_on, one.raised_on))
    )


def _is_past_half(one, today):
    if one.order != Order.COMMUNITY or not (one.started_on and one.expected_end_on):
        return False
    half = one.started_on + (one.expected_end_on - one.started_on) / 2
    return half <= today < one.expected_end_on
