"""How long until somebody leaves prison, in words and in bands by which the board is read.

Source: Through the Gate reference 7 (priority by days left); product rules, how it should feel.
"""

from calendar import day_name
from datetime import date

from cases.reference.codes import Titled
from cases.rules.words import counted
from staff.rules.dates import say_date


class Band(Titled):
    OVERDUE = "overdue", "Was to have left already"
    WEEK = "week", "Within a week"
    FORTNIGHT = "2", "Within 2 weeks"
    MONTH = "4", "Within 4 weeks"
    TWO_MONTHS = "8", "Within 8 weeks"
    QUARTER = "12", "Within 12 weeks"
    LATER = "later", "Later"
    UNKNOWN = "unknown", "Day not known"


UP_TO = ((7, Band.WEEK), (14, Band.FORTNIGHT), (28, Band.MONTH), (56, Band.TWO_MONTHS), (84, Band.QUARTER))  # fmt: skip

NEAR = "28-days"  # all of the bands up to four weeks together, as a code
NEAR_TITLE = "Within 4 weeks, all of them"


def is_in(asked: str, release_on: date | None, today: date) -> bool:
    """Whether this day is in the band asked for, or in the bands that `NEAR` holds together."""
    band = band_of(release_on, today)
    return band == asked or (asked == NEAR and band in (Band.WEEK, Band.FORTNIGHT, Band.MONTH))


def band_of(release_on: date | None, today: date) -> Band:
    """The narrowest band that holds this day: each person is in one of them."""
    if release_on is None:
        return Band.UNKNOWN
    left = (release_on - today).days
    if left < 0:
        return Band.OVERDUE
    return next((band for days, band in UP_TO if left <= days), Band.LATER)


def say_leaves(release_on: date | None, today: date) -> str:
    """ "Leaves in 23 days, on Friday 21 December 2018"."""
    if release_on is None:
        return "The day they leave is not known"
    on = f"{day_name[release_on.weekday()]} {say_date(release_on)}"
    left = (release_on - today).days
    if left < 0:
        return f"Was to leave {counted(-left, 'day')} ago, on {on}"
    if left == 0:
        return f"Leaves today, {on}"
    return f"Leaves tomorrow, {on}" if left == 1 else f"Leaves in {left} days, on {on}"


def say_left(released_on: date) -> str:
    return f"Left on {day_name[released_on.weekday()]} {say_date(released_on)}"
