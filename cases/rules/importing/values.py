"""Single values of the documents: text, numbers, yes or no, dates, times.

Source: the import contract: strings trimmed, empty is null, a time without an offset is London's.
"""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
LARGEST = 2**31 - 1  # of a whole number we store
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?")
WHOLE = re.compile(r"-?\d+")
PLACEHOLDERS = {"string", "ABC123", "Some description"}  # what generated samples are filled with


class NotThat(ValueError):
    """The value is not of the kind asked for. The message says what it is not."""


def as_text(given):
    """Trimmed; a number as its digits. None is the empty text, and so is an empty object."""
    if given is None or given == {}:
        return ""
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise NotThat("is not text")
    return str(given).strip()


def as_whole(given):
    """A whole number or None."""
    if given is None or given == "":
        return None
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    if isinstance(given, str) and WHOLE.fullmatch(given.strip()) and len(given) < 20:
        given = int(given)
    if isinstance(given, bool) or not isinstance(given, int):
        raise NotThat("is not a whole number")
    if abs(given) > LARGEST:
        raise NotThat("is too large a number")
    return given


def as_number(given, most):
    """A number from 0 to `most` to two places, or None."""
    if given is None or given == "":
        return None
    if isinstance(given, str) and re.fullmatch(r"\d{1,9}(\.\d{1,9})?", given.strip()):
        given = float(given)
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise NotThat("is not a number")
    if not 0 <= given <= most:
        raise NotThat(f"is not between 0 and {most}")
    return str(round(Decimal(str(given)), 2))


def as_flag(given):
    """True, False, or None where nothing was said."""
    if given is None or given == "":
        return None
    if not isinstance(given, bool):
        raise NotThat("is not true or false")
    return given


def as_day(given):
    """A date in ISO form, of a date or of a time (the day it was in London), or None."""
    if given is None or given == "":
        return None
    text = given.strip() if isinstance(given, str) else ""
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text).isoformat()
        if MOMENT.fullmatch(text):
            return as_moment(text).astimezone(LONDON).date().isoformat()
    except (ValueError, OverflowError):
        pass
    raise NotThat("is not a date")


def as_moment(given):
    """A time with its offset, or None. A date alone is not a time."""
    if given is None or given == "":
        return None
    text = given.strip() if isinstance(given, str) else ""
    if not MOMENT.fullmatch(text):
        raise NotThat("is not a date and time")
    try:
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
        return moment.astimezone(UTC).astimezone(moment.tzinfo)  # within the years there are
    except (ValueError, OverflowError):
        raise NotThat("is not a date and time") from None


def is_placeholder(text):
    return text in PLACEHOLDERS
