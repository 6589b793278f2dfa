"""The honest no: what a senior decides where nothing that is planned fits somebody, and until when that holds.

Source: report 2.3 (a man in work who waited for a group that could not be had was seen monthly instead, and nobody decided it).
Local policy: to let somebody wait is a decision like any other, so it says until when, and that is before what brings them ends.
"""

from datetime import date

from cases.rules.interim import says_nothing
from grid.reference.groups import Decision
from grid.rules.order_end import OrderEnd
from staff.errors import RuleBroken
from staff.rules.dates import say_date

LONGEST_WORDS = 500  # letters that are kept
ASK_FIRST = (
    "Nobody has recorded when they can come. Ask them and record it: then this page says what fits."
)
IN_CUSTODY = "They are in custody, and keep their place in the queue. Nothing is decided until they are released."
USING = "They do something else meanwhile, and keep their place in the queue. Put it to the senior once that is over."
FITS_AFTER_ALL = "Something fits them now. Look at what can be offered."
PUT_ALREADY = "This has been put to the senior already."
DECIDED_SO = "That is decided already, in these words, and the officer has been told."
WAITS_NO_MORE = "They do not wait for this any more."


def check_decision(
    decision: str, words: str, look_again_on: date | None, end: OrderEnd | None, today: date
) -> str:
    """The words without blanks around them, where the decision is whole. Raises RuleBroken, worded for the senior.

    `end`: until when they can be asked to come; None: they wait for it no more.
    """
    if decision not in set(Decision):
        raise RuleBroken("Choose what is done.")
    words = words.strip()
    if says_nothing(words):
        raise RuleBroken("Say in a few words what is done and why, so that the officer can do it.")
    if len(words) > LONGEST_WORDS:
        raise RuleBroken(f"Say it in {LONGEST_WORDS} letters at most.")
    if decision == Decision.WAIT and look_again_on is None:
        raise RuleBroken("Say until when they wait: the day on which this is looked at again.")
    if look_again_on is not None:
        _check_day(look_again_on, end, today)
    return words


def _check_day(day, end, today):
    if day <= today:
        raise RuleBroken(f"Look again on a day to come: {say_date(day)} is not.")
    if end is not None and end.is_before(day):
        raise RuleBroken(f"{say_date(day)} is too late to look again: {end}.")


def is_to_look_again(look_again_on: date | None, today: date) -> bool:
    """Whether the day has come on which a decision is looked at again."""
    return look_again_on is not None and look_again_on <= today


def looked_again(today: date) -> str:
    """Why a need is closed that is opened again the same day, so that what was decided stays as it was."""
    return f"Looked at again on {say_date(today)}: nothing fits yet."


def fits_now(title: str, site: str, starts_on: date) -> str:
    return f"A series fits them now: {title} at {site}, from {say_date(starts_on)}."
