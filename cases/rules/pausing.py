"""Which clocks stand still while somebody cannot be seen or has left us, and when they fall due once they run again.

Source: product rules, GRID (the floor is paused in custody, hospital or warrant) and clocks; the kinds, as local policy, in
cases.reference.pauses.
"""

from collections.abc import Iterable
from datetime import date

from cases.reference.deadlines import KINDS, Unit
from cases.reference.pauses import RUN_AFTER_LEAVING, STAND_STILL, PauseKind
from cases.rules.calendar import add_working_days, latest_start, working_days_between


def still_kinds(pauses: Iterable[str], left: bool) -> frozenset[str]:
    """The kinds of deadline that stand still. `pauses`: the kinds that are running; `left`: nobody supervises them here."""
    if left:
        return frozenset(KINDS) - RUN_AFTER_LEAVING
    return frozenset().union(*(STAND_STILL[PauseKind(one)] for one in pauses))


def due_again_on(
    kind: str, due_on: date, paused_on: date, today: date, extra: frozenset[date] = frozenset()
) -> date:
    """When it is due from today on: in as many days as were left when it stopped, or as late as it was then."""
    if KINDS[kind].unit is Unit.DAYS:
        return due_on + (today - paused_on)
    left = working_days_between(paused_on, due_on, extra)
    return add_working_days(today, left, extra) if left >= 0 else latest_start(-left, today, extra)
