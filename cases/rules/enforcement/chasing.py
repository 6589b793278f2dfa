"""Asking the NPS again for its answer to a breach pack: when the item is looked at again, and until when it may rest.

Nothing that was owed is owed later for it: what is late stays late. Sources: contract SL15; how long it may rest is local
policy, as for a court that has set no day.
"""

from datetime import date

from cases.reference.enforcement import BreachState
from cases.rules.calendar import add_working_days, is_working_day
from cases.rules.interim import says_nothing
from staff.errors import RuleBroken
from staff.rules.dates import say_date

ANSWER = "get_breach_answer"  # the clock that goes on meanwhile
# What the step keeps: of which item of the queue, and when it is looked at again
ITEM, AGAIN_ON = "item", "again_on"
USUAL, LONGEST = 2, 5  # working days until it is looked at again
NOT_WITH_THEM = "This pack does not wait for an answer of the NPS, so they are not asked for one. Read where it stands now."


def again_by(today: date, lay_by: date | None, extra: frozenset[date] = frozenset()) -> date:
    """The last day until which it may rest: never beyond the last safe day to lay it, `lay_by`, while that can still be kept."""
    days = [add_working_days(today, number, extra) for number in range(LONGEST, 0, -1)]
    kept = lay_by if lay_by and lay_by >= today else None
    return next((one for one in days if kept is None or one <= kept), days[-1])


def usual_again(today: date, lay_by: date | None, extra: frozenset[date] = frozenset()) -> date:
    """When it is looked at again unless the hub says otherwise."""
    return min(add_working_days(today, USUAL, extra), again_by(today, lay_by, extra))


def say_again_by(latest: date) -> str:
    """The limit, for whoever chooses a day and whoever chose too late a one."""
    return f"A working day after today, {latest:%A} {say_date(latest)} at the latest."


def check_chase(
    state: BreachState, whom: str, again_on: date, today: date, latest: date, extra: frozenset[date] = frozenset()
) -> str:  # fmt: skip
    """Refuse what nobody could act on, or would let it rest for good. `latest`: by `again_by`. Gives whom, trimmed."""
    if state != BreachState.SUBMITTED:
        raise RuleBroken(NOT_WITH_THEM)
    if says_nothing(whom):
        raise RuleBroken("Say whom you asked: the NPS officer, or the office.")
    if not today < again_on <= latest or not is_working_day(again_on, extra):
        raise RuleBroken(f"Choose another day to look again. {say_again_by(latest)}")
    return " ".join(whom.split())


def say_silent(again_on: str | date) -> str:
    """What the history of a breach calls it. `again_on`: a day, or how one is written in a step."""
    day = again_on if isinstance(again_on, date) else date.fromisoformat(again_on)
    return f"The NPS was asked and has not answered, looked at again on {say_date(day)}"
