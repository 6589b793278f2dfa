"""The hub's queue: in which order items are worked, when one that was claimed goes back, and when the senior hears.

Sources: features 88 and 89 (ranked by hour due, locked while worked, returned with a reason); hub journeys ("until 3pm, then
the senior"); numbers of the policy on enforcement.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median_low

from cases.reference.codes import Rosh
from cases.rules.calendar import add_working_days, is_working_day
from cases.rules.interim import says_nothing
from cases.rules.ranking import CONCERN, NOT_ASSESSED, OF_THE_PERSON
from cases.rules.words import counted
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time

SOONEST = timedelta(minutes=15)  # in which an officer can be expected to answer
LATEST = 2  # working days: the item waits meanwhile


def ask_until(now: datetime, extra: frozenset[date] = frozenset()) -> datetime:
    """The last moment by which an answer may be wanted. `now` by the clock here; `extra`: bank holidays the calendar lacks."""
    return datetime.combine(add_working_days(now.date(), LATEST, extra), now.time(), now.tzinfo)


def say_limit(latest: datetime) -> str:
    """The limit, for whoever chooses a day and whoever chose too late a one."""
    return f"two working days: by {say_time(latest)} on {latest:%A} {say_date(latest.date())}"


def check_question(
    asks: str, until: datetime, now: datetime, extra: frozenset[date] = frozenset()
) -> None:
    """Refuse a question that nobody could answer, or that never reaches the senior. Moments by the clock here."""
    if says_nothing(asks):
        raise RuleBroken("Say what you need to know, so that the officer can answer in one line.")
    if until < now + SOONEST:
        raise RuleBroken("Give the officer at least a quarter of an hour.")
    latest = ask_until(now, extra)
    if until > latest:
        raise RuleBroken(
            f"Ask for an answer within {say_limit(latest)} at the latest, because the item waits for it meanwhile."
        )
    if until.date() != now.date() and not is_working_day(until.date(), extra):
        raise RuleBroken(  # who asks at a weekend may ask whoever works beside them
            f"{until:%A} {say_date(until.date())} is no working day, so nobody would answer. Choose one that is."
        )


def check_return(words: str) -> None:
    """Refuse a return that does not say what has to be put right."""
    if says_nothing(words):
        raise RuleBroken("Say what the officer has to put right before this can go.")


def put_right_by(now: datetime, due_on: date, last_post: time, following: date) -> datetime:
    """Until when what was returned is to be put right: the last post of the next working day, or today's of what is due
    by then and can still be done. `now` by the clock here; `following`: the next working day."""
    today = datetime.combine(now.date(), last_post, now.tzinfo)
    if due_on <= now.date() and today >= now + SOONEST:
        return today
    return datetime.combine(following, last_post, now.tzinfo)


def check_answer(words: str) -> None:
    """Refuse an answer that leaves the hub where it was."""
    if says_nothing(words):
        raise RuleBroken("Answer in words that the hub can go on with.")


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item of the queue, as far as its place depends on it. `harm`: a Rosh, blank while not assessed; `key` settles ties."""

    due_on: date
    harm: str
    concern: bool
    key: int


def place_in_queue(one: Waiting) -> tuple[date, int, int]:
    """What to sort by, the first to be worked smallest: due first; of one day, whoever could do or come to most harm."""
    person = OF_THE_PERSON[Rosh(one.harm)] if one.harm else NOT_ASSESSED
    return one.due_on, -(person + (CONCERN if one.concern else 0)), one.key


def late_through(now: datetime, last_post: time) -> date:
    """The latest day due of what is late at this moment: today's once the last post has gone. `now` by the clock here."""
    return now.date() if now.time() >= last_post else now.date() - timedelta(days=1)


def how_many(asked: int, held: int, at_once: int) -> int:
    """How many of those asked for somebody may take who works on so many already."""
    left = min(asked, at_once - held)
    if left < 1:
        raise RuleBroken(
            f"You are working on {held} already, and {at_once} is the most at once. Finish some, or put some back."
        )
    return left


def say_claimed(asked: int, got: int, held: int, at_once: int) -> str:
    """How many of those asked for are theirs now, and why no more where some are missing. `held`: before."""
    if got >= asked:
        return "It is yours." if got == 1 else f"{counted(got, 'item')} are yours."
    why = "no more are free"
    if held + got >= at_once:
        had = f", and you had {held} already" if held else ""
        why = f"{at_once} is the most at once{had}"
    return f"{got} of the {asked:,} {'is' if got == 1 else 'are'} yours, because {why}."


def ages(since: list[date], today: date) -> tuple[int, int]:
    """(the median, the oldest) age in days of what has been owed since these days; of nothing, none."""
    days = [(today - one).days for one in since]
    return (median_low(days), max(days)) if days else (0, 0)
