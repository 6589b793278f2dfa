"""How long something took, as staff write it: "7", "7.5", "7:30", "1 hour 30 minutes", "45m"."""

import re

NOT_UNDERSTOOD = "Write how long, for example 7, 7.5, 7:30 or 45 minutes"
CLOCK = re.compile(r"(\d+):([0-5]\d)")
HOURS = re.compile(r"(\d+(?:\.\d+)?)")
IN_WORDS = re.compile(
    r"(?:(?P<hours>\d+(?:\.\d+)?)\s*(?:h|hr|hrs|hour|hours))?\s*(?:and\s*)?"
    r"(?:(?P<minutes>\d+)\s*(?:m|min|mins|minute|minutes))?"
)


class NotADuration(ValueError):
    """Says how to mend it."""


def understand_minutes(text):
    """Whole minutes. A number alone is hours. Raises NotADuration."""
    said = " ".join(text.lower().split())
    if found := CLOCK.fullmatch(said):
        return int(found[1]) * 60 + int(found[2])
    if found := HOURS.fullmatch(said):
        return round(float(found[1]) * 60)
    found = IN_WORDS.fullmatch(said)
    if not said or not found:
        raise NotADuration(NOT_UNDERSTOOD)
    return round(float(found["hours"] or 0) * 60) + int(found["minutes"] or 0)


def write_minutes(minutes):
    """As it would be typed: "7:30"."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02}" if rest else str(hours)
