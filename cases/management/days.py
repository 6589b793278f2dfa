"""The day that a command is told to work as of, and hours of it that have come."""

from argparse import ArgumentTypeError
from datetime import date, datetime

from django.utils.timezone import get_current_timezone, localdate, now


def day(text):
    """A day that has come: what is late or true tomorrow is not yet so, and would be kept as if it were."""
    try:
        read = date.fromisoformat(text)
    except ValueError as error:
        message = f"{text} is not a date. Write it as year, month, day: 2018-10-01."
        raise ArgumentTypeError(message) from error
    if read > localdate():
        raise ArgumentTypeError(f"{text} is still to come. Write today or an earlier day.")
    return read


def by_now(on, at):
    """That hour of the day; of today this moment, where the hour is still to come: nothing was done later than now."""
    moment, reached = datetime.combine(on, at, get_current_timezone()), now()
    return min(moment, reached) if on == localdate(reached) else moment
