"""How long whoever leads a group reaches the cases of those in it.

Source: product rules, roles (a facilitator reaches whom they are assigned to) and groups (the register of what was led).
Local policy: for how many days after a session its register may still be owed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

REGISTER_OWED = timedelta(
    days=28
)  # beyond that a senior sends the register, who needs no assignment


@dataclass(frozen=True, slots=True)
class Led:
    """A session that they lead or led, of a series in which the person is, or at which they were expected."""

    on: date
    sent: bool  # its register is sent


def reaches_until(sessions: Iterable[Led], today: date) -> date | None:
    """The last day on which they reach the person; None: they do not.

    While a session is to come that they lead, or its register is not sent within the days for which it may be owed.
    """
    ends = [one.on if one.sent else one.on + REGISTER_OWED for one in sessions]
    last = max(ends, default=None)
    return last if last is not None and last >= today else None
