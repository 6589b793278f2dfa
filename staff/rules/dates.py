"""Reads a date or a time of day as staff write it, day first, and says how to mend what it cannot.

Source: local policy (dates take anything sensible and show what was understood). Strict on purpose:
a date with a part missing, or one that no calendar has, is asked for again and never guessed.
"""

import re
from calendar import day_name, month_name, monthrange
from datetime import date, time, timedelta

EXAMPLE = "for example 3 May 2018 or 3/5/2018"
EARLIEST, LATEST = 1900, 2100  # years outside are slips of the finger in these records
NEAR = 50  # years either side of today that a two-figure year may mean
RELATIVE = {"yesterday": -1, "today": 0, "tomorrow": 1}
NUMERIC = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4}|\d{2})")
YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})")
ORDINAL = re.compile(r"(\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
CLOCK = re.compile(r"(\d{1,2})(?:[.: ]?(\d{2}))?\s*(am|pm)?")
MONTHS = [name.lower() for name in month_name]
DAYS = [name.lower() for name in day_name]


class NotUnderstood(ValueError):
    """What was typed is not a date or time. The message says how to mend it."""


def understand_date(text, *, today, past=False):
    """The date that `text` means. With `past`, a two-figure year is never one still to come."""
    text = " ".join(text.split()).lower()
    if text in RELATIVE:
        return today + timedelta(days=RELATIVE[text])
    if found := YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := NUMERIC.fullmatch(text):
        day, month, year = found.groups()
    else:
        return _in_words(text, today, past)
    return _checked(int(day), int(month), _full_year(year, int(day), int(month), today, past))


def understand_time(text):
    """The time of day that `text` means: 2pm, 2.30 pm, 14:30, 1430, noon or midday."""
    text = " ".join(text.split()).lower()
    if text in ("noon", "midday"):
        return time(12)
    found = CLOCK.fullmatch(text.replace("a.m.", "am").replace("p.m.", "pm"))
    if not found:
        raise NotUnderstood("Enter a time, for example 2:30pm or 14:30")
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if not half and not found[2]:
        raise NotUnderstood("Say whether the time is am or pm, for example 2pm")
    if half and not 1 <= hour <= 12:
        raise NotUnderstood("Use am or pm with an hour from 1 to 12, for example 2:30pm")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise NotUnderstood("Enter a time that a clock shows, for example 2:30pm or 14:30")
    return time(hour, minute)


def _in_words(text, today, past):
    words = re.findall(r"[a-z]+|\d+", ORDINAL.sub(r"\1", text))
    words = [word for word in words if word not in ("of", "the")]
    weekday = _start_of(DAYS, words[0]) if words else None
    if weekday is not None:
        words = words[1:]
    if len(words) == 3 and words[1].isdigit():
        words[:2] = words[1], words[0]  # May 3 2018
    month = _start_of(MONTHS, words[1]) if len(words) > 1 else None
    if month is None or not words[0].isdigit() or len(words[0]) > 2:
        raise NotUnderstood(f"Enter a date, {EXAMPLE}")
    if len(words) == 2:
        raise NotUnderstood(f"Include the year, {EXAMPLE}")
    if len(words) > 3 or not words[2].isdigit() or len(words[2]) not in (2, 4):
        raise NotUnderstood(f"Enter a date, {EXAMPLE}")
    day = int(words[0])
    understood = _checked(day, month, _full_year(words[2], day, month, today, past))
    if weekday is not None and understood.weekday() != weekday:
        really = day_name[understood.weekday()]
        raise NotUnderstood(
            f"{say_date(understood)} is a {really}, not a {day_name[weekday]}. Check the day or the date"
        )
    return understood


def _start_of(names, word):
    """Which of `names` the word is, in full or cut to three letters or more."""
    if len(word) < 3:
        return None
    return next((number for number, name in enumerate(names) if name.startswith(word)), None)


def _full_year(written, day, month, today, past):
    if len(written) == 4:
        return int(written)
    year = today.year - today.year % 100 + int(written)
    if past and (year, month, day) > (today.year, today.month, today.day):
        return year - 100
    if year > today.year + NEAR:
        return year - 100
    if year < today.year - NEAR and not past:
        return year + 100
    return year


def _checked(day, month, year):
    if not EARLIEST <= year <= LATEST:
        raise NotUnderstood(f"Check the year: {year} is outside what is recorded here")
    if not 1 <= month <= 12:
        raise NotUnderstood(f"There is no month {month}. Write the day first, {EXAMPLE}")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise NotUnderstood(f"{month_name[month]} {year} has {last} days. Check the day")
    return date(year, month, day)


def say_date(day):
    """The date as it is written on every screen."""
    return f"{day.day} {month_name[day.month]} {day.year}"


def say_time(moment):
    """The time of day as it is written on every screen: 2:30pm, 9am, midday."""
    if (moment.hour, moment.minute) == (12, 0):
        return "midday"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'pm' if moment.hour >= 12 else 'am'}"
