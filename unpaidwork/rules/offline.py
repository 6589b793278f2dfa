"""When a day sheet may be taken along on a tablet without a network, and for how long it stays there.

Source: unpaid work reference 6 (minimum necessary; that day's minimum only; erased on sync, sign-out or 24 hours).
"""

from datetime import time, timedelta

from staff.errors import RuleBroken
from unpaidwork.reference.sessions import SessionState

EVENING = time(
    17
)  # of the day before, from which it is taken: what is taken then lasts through a day's work
KEPT_FOR = timedelta(hours=24)  # since the tablet had it from us
NOT_NEAR = "A day sheet goes along on its day, or from 5pm the evening before. Come back then."
NOT_YET = "The sheet is not published yet, so there is nothing to take along. Ring the coordinator."
OVER = "Nothing is said on a tablet any more: {state}. A coordinator puts the register right."


def check_may_take(on, state, now):
    """Refuse to let a sheet leave the service on another day than its own. `now`: as the clock on the wall says."""
    if state == SessionState.PLANNED:
        raise RuleBroken(NOT_YET)
    if state != SessionState.PUBLISHED:
        raise RuleBroken(OVER.format(state=SessionState(state).title.lower()))
    today, tomorrow = now.date(), now.date() + timedelta(days=1)
    if on != today and not (on == tomorrow and now.time() >= EVENING):
        raise RuleBroken(NOT_NEAR)
