"""The day that a command is told to work as of."""

from argparse import ArgumentTypeError
from datetime import date

from django.utils.timezone import localdate


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
