"""Leave to travel abroad: what is asked, who decides it, and that somebody is known to be back.

Source: supervision reference 1.3 (no travel outside the United Kingdom without permission, on licence); that a senior who did
not ask decides is local policy.
"""

from datetime import date

from cases.reference.home_office import TravelState
from cases.rules.calendar import add_working_days
from cases.rules.interim import says_nothing
from staff.errors import RuleBroken
from staff.rules.dates import say_date

ASKED, GRANTED = TravelState.ASKED, TravelState.GRANTED
MAY_BECOME = {
    ASKED: frozenset({GRANTED, TravelState.REFUSED, TravelState.WITHDRAWN}),
    GRANTED: frozenset({TravelState.WITHDRAWN}),
    TravelState.REFUSED: frozenset(),
    TravelState.WITHDRAWN: frozenset(),
}
NOT_YOURS = "You asked for this, so somebody else decides it: another senior probation officer, or the head of service."


def check_becomes(state: str, to: str) -> None:
    if TravelState(to) not in MAY_BECOME[TravelState(state)]:
        raise RuleBroken(f"This was answered already: {TravelState(state).title.lower()}. Look at it again.")  # fmt: skip


def check_asked(*, where: str, why: str, from_on: date, to_on: date, taken, today: date) -> dict:
    """Refuse a request nobody could decide. `taken`: (first, last day) of each that is open or granted."""
    if says_nothing(where):
        raise RuleBroken("Say where they want to go: the town and the country.")
    if says_nothing(why):
        raise RuleBroken("Say why they want to go, in their words as far as you can.")
    if from_on < today:
        raise RuleBroken("The first day has passed. If they have gone already, talk to a senior first.")  # fmt: skip
    if to_on < from_on:
        raise RuleBroken("The last day cannot be before the first.")
    for first, last in taken:
        if first <= to_on and from_on <= last:
            raise RuleBroken(f"Travel from {say_date(first)} to {say_date(last)} is asked for or granted already.")  # fmt: skip
    return {"where": where.strip(), "why": why.strip(), "from_on": from_on, "to_on": to_on}


def check_decided(
    *, state: str, to: str, because: str, to_on: date, by_asker: bool, today: date
) -> str:
    """Refuse a decision that is not this reader's to take, or gives no reason. Gives the words trimmed."""
    check_becomes(state, to)
    if by_asker:
        raise RuleBroken(NOT_YOURS)
    if to == GRANTED and to_on < today:
        raise RuleBroken("The last of these days has passed, so there is nothing to grant.")
    if says_nothing(because):
        raise RuleBroken("Say why, so that they can be told.")
    return because.strip()


def check_withdrawn(*, state: str, because: str, gone: bool) -> str:
    """Refuse to take back what has been used, or without a reason. Gives the words trimmed."""
    check_becomes(state, TravelState.WITHDRAWN)
    if state == GRANTED and gone:
        raise RuleBroken("They may have gone already. Say when they are back instead.")
    if says_nothing(because):
        raise RuleBroken("Say why it is no longer asked for, or why it is taken back.")
    return because.strip()


def check_back(*, state: str, from_on: date, back_on: date | None, on: date, today: date) -> None:
    if state != GRANTED:
        raise RuleBroken("This travel was not granted, so there is nothing to be back from.")
    if back_on:
        raise RuleBroken(f"They are back since {say_date(back_on)}: somebody recorded it already.")
    if on > today:
        raise RuleBroken("The day on which they were back cannot be in the future.")
    if on < from_on:
        raise RuleBroken(f"They were to leave on {say_date(from_on)}, so they cannot be back before that.")  # fmt: skip


def back_by(to_on: date, extra: frozenset[date] = frozenset()) -> date:
    """The day by which somebody has seen that they are back: the working day after the last."""
    return add_working_days(to_on, 1, extra)
