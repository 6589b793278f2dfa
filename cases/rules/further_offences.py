"""What must be said of a charge with a serious further offence, of telling those who must know, and of the review.

Source: local policy on serious further offences; supervision reference 1.7.
"""

from datetime import date, datetime

from cases.rules.interim import says_nothing
from staff.errors import RuleBroken
from staff.rules.dates import say_date


def check_charge(
    *, charged_on: date, offence: str, told_by: str, learnt_at: datetime, now: datetime
):
    """Refuse a charge nobody could check. `learnt_at` and `now` are local. Gives the words trimmed."""
    if says_nothing(offence):
        raise RuleBroken("Say what they are charged with, as whoever told us puts it.")
    if says_nothing(told_by):
        raise RuleBroken("Say who told us, and how, so that it can be checked.")
    if learnt_at > now:
        raise RuleBroken("We cannot have learnt of it in the future.")
    if charged_on > learnt_at.date():
        raise RuleBroken("They cannot have been charged after we learnt of it.")
    return offence.strip(), told_by.strip()


def same_charge(offence: str, other: str) -> bool:
    """Whether two people wrote the same offence, whatever their capitals and spaces."""
    return " ".join(offence.split()).casefold() == " ".join(other.split()).casefold()


def check_notified(*, on: date, whom: str, charged_on: date, today: date):
    """Refuse that nobody was told, or before there was a charge. Gives the words trimmed."""
    if says_nothing(whom):
        raise RuleBroken("Say who was notified.")
    if on > today:
        raise RuleBroken("The day of the notification cannot be in the future.")
    if on < charged_on:
        raise RuleBroken(f"They were charged on {say_date(charged_on)}, so nobody was notified before that.")  # fmt: skip
    return whom.strip()


def check_review(*, on: date, learnt: str, charged_on: date, today: date):
    """Refuse a review that teaches nothing. Gives the words trimmed."""
    if says_nothing(learnt):
        raise RuleBroken("Say what the review teaches, also where it finds that all was done that could be.")  # fmt: skip
    if on > today:
        raise RuleBroken("The day on which the review was handed in cannot be in the future.")
    if on < charged_on:
        raise RuleBroken(f"They were charged on {say_date(charged_on)}, so no review was handed in before that.")  # fmt: skip
    return learnt.strip()


def check_set_aside(because: str):
    if says_nothing(because):
        raise RuleBroken("Say why it is set aside: who told us that it was a mistake, or that the charge was dropped.")  # fmt: skip
    return because.strip()
