"""The hub's queue: in which order items are worked, when one that was claimed goes back, and when the senior hears.

Sources: features 88 and 89 (ranked by hour due, locked while worked, returned with a reason); hub journeys ("until 3pm, then
the senior"); numbers of the policy on enforcement.
"""

from datetime import datetime, timedelta

from cases.rules.interim import says_nothing
from staff.errors import RuleBroken

SOONEST = timedelta(minutes=15)  # in which an officer can be expected to answer
LATEST = timedelta(days=2)


def is_idle(worked_at: datetime, now: datetime, idle_minutes: int) -> bool:
    """Whether nobody has worked on it for so long that somebody else may take it."""
    return now - worked_at >= timedelta(minutes=idle_minutes)


def check_question(asks: str, until: datetime, now: datetime) -> None:
    """Refuse a question that nobody could answer, or that never reaches the senior."""
    if says_nothing(asks):
        raise RuleBroken("Say what you need to know, so that the officer can answer in one line.")
    if until < now + SOONEST:
        raise RuleBroken("Give the officer at least a quarter of an hour.")
    if until > now + LATEST:
        raise RuleBroken("Ask for an answer within two days: the item waits for it meanwhile.")


def check_return(words: str) -> None:
    """Refuse a return that does not say what has to be put right."""
    if says_nothing(words):
        raise RuleBroken("Say what the officer has to put right before this can go.")
