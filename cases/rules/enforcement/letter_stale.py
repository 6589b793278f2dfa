"""Why a letter that was made ready does not go any more as it says: its day, its appointment or its last day has passed.

Source: features 90. What was read is what goes, so such a letter is put back, and is read again as it is by then.
"""

from datetime import date

from cases.rules.calendar import add_working_days
from cases.rules.enforcement.letter_gaps import Missing
from cases.rules.enforcement.letters import CHANGED, Facts, Sending, as_data, check_days
from staff.errors import RuleBroken
from staff.rules.dates import say_date

PUT_BACK = "ready"  # mended on its own page
DATED = (
    "It is dated {on}, and it had to go by the next working day. Put it back and make it ready again, so that it bears "
    "the right day."
)


def stale(facts: Facts, made: dict, sending: Sending) -> list[Missing]:
    """What has passed or changed since it was made ready. `made`: as it was; `facts`: as they are now.

    What is printed in the afternoon may still be posted the next working day.
    """
    found = []
    on = date.fromisoformat(made["on"])
    until = date.fromisoformat(made["until"]) if made["until"] else None
    if as_data(facts, on, until) != made:
        found.append(Missing(PUT_BACK, CHANGED))
    if short := _too_short(facts, until, sending):
        found.append(Missing(PUT_BACK, short))
    elif add_working_days(on, 1, sending.extra) < sending.on:
        found.append(Missing(PUT_BACK, DATED.format(on=say_date(on))))
    return found


def check_fresh(found: list[Missing]) -> None:
    """Refuse a letter that is not what was read, or came too late to go. `found`: of `stale`."""
    if found:
        raise RuleBroken(found[0].sentence)


def _too_short(facts, until, sending):
    try:
        check_days(facts, until, sending)
    except RuleBroken as refusal:
        return str(refusal)
    return ""
