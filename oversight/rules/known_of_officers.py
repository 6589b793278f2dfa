"""What is refused when hours, training or an induction of an officer is recorded, and when a training counts as run out.

Source: local policy; what the tables of reductions allow is `oversight.rules.reductions`.
"""

from datetime import date, timedelta

from oversight.reference.allocation import TRAINING
from staff.errors import RuleBroken

EXPIRES_SOON = timedelta(days=56)  # within which an expiry is said beforehand
LONGEST_INDUCTION = timedelta(days=366)
FURTHEST = timedelta(days=3 * 366)  # from today, of anything that begins or ends
LONGEST_AGO = timedelta(days=50 * 366)
LONGEST_TRAINING = timedelta(days=10 * 366)
MOST_HOURS = 60
LONGEST_WHY = 500


def check_span(from_on: date, to_on: date | None, today: date) -> None:
    if to_on is not None and to_on < from_on:
        raise RuleBroken("The last day cannot be before the first.")
    for day in (from_on, to_on):
        if day is not None and day > today + FURTHEST:
            raise RuleBroken("That is more than three years from now. Look at the year.")
        if day is not None:
            _check_not_long_ago(day, today)


def _check_not_long_ago(day, today):
    if day < today - LONGEST_AGO:
        raise RuleBroken("That is more than fifty years ago. Look at the year.")


def check_contract(hours, from_on: date, to_on: date | None, today: date) -> None:
    if hours <= 0 or hours > MOST_HOURS:
        raise RuleBroken(f"Hours a week by contract are more than none and at most {MOST_HOURS}.")
    check_span(from_on, to_on, today)


def check_training(kind: str, done_on: date, expires_on: date | None, today: date) -> None:
    if kind not in TRAINING:
        raise RuleBroken("Choose what the training was in.")
    if done_on > today:
        raise RuleBroken("It counts once it is done. Record it then.")
    _check_not_long_ago(done_on, today)
    if expires_on is not None and expires_on <= done_on:
        raise RuleBroken("It expires after the day it was done.")
    if expires_on is not None and expires_on > today + LONGEST_TRAINING:
        raise RuleBroken("That is more than ten years from now. Look at the year.")


def check_induction(from_on: date, to_on: date, today: date, *, themselves: bool) -> None:
    check_span(from_on, to_on, today)
    if to_on - from_on > LONGEST_INDUCTION:
        raise RuleBroken("An induction is a year at most. Look at the days.")
    if themselves:
        raise RuleBroken("Nobody supports themselves in their induction. Choose somebody else.")


def check_why(why: str) -> str:
    why = why.strip()
    if not why:
        raise RuleBroken("Say why the hours are taken off.")
    if len(why) > LONGEST_WHY:
        raise RuleBroken(f"Say why in {LONGEST_WHY} letters or fewer.")
    return why


def expiry(expires_on: date | None, today: date) -> str:
    """Whether a training has "expired", does so "soon", "counts" until a day or "stays"."""
    if expires_on is None:
        return "stays"
    if expires_on <= today:
        return "expired"
    return "soon" if expires_on - today <= EXPIRES_SOON else "counts"
