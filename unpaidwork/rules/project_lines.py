"""A project as one line of a file: what each column holds, read strictly, so that nothing is guessed.

Source: docs/import.md, projects; unpaid work reference 3.
"""

import re
from calendar import day_abbr
from dataclasses import dataclass
from datetime import date, time

from cases.reference.restrictions import EASTINGS, NORTHINGS
from cases.rules.addresses import number
from unpaidwork.reference.sites import Every, ProjectKind, SiteSignal, Takes

COLUMNS = (
    "code", "name", "kind", "team", "beneficiary", "address", "postcode", "easting", "northing", "from_on", "to_on",
    "takes", "most", "ratio", "hi_vis", "step_free", "toilets", "signal", "fallback", "what_is_done", "tasks",
    "benefit", "accredits", "days",
)  # fmt: skip
NEEDED = ("code", "name", "kind", "beneficiary", "easting", "northing", "from_on", "most", "ratio", "what_is_done", "tasks")  # fmt: skip
LONGEST = {
    "code": 20, "name": 200, "beneficiary": 200, "address": 400, "postcode": 8, "fallback": 300, "what_is_done": 1000,
    "benefit": 1000, "accredits": 200,
}  # fmt: skip
LONGEST_TASK = 100
MOST_PEOPLE = 200
CODES = {"kind": ProjectKind, "takes": Takes, "signal": SiteSignal}
WHEN_BLANK = {"takes": Takes.ANYBODY, "signal": SiteSignal.UNKNOWN, "hi_vis": True}
DAYS = re.compile(
    r"(?P<every>weekly|fortnightly|once) (?P<day>[A-Z][a-z]{2}) (?P<from_at>\d\d:\d\d)-(?P<to_at>\d\d:\d\d) "
    r"from (?P<from_on>\d{4}-\d\d-\d\d)(?: to (?P<to_on>\d{4}-\d\d-\d\d))?"
)
EVERY = {"weekly": Every.WEEK, "fortnightly": Every.FORTNIGHT, "once": Every.ONCE}
WORD_OF = {every: word for word, every in EVERY.items()}
YES_NO = {"yes": True, "no": False, "": None}
WEEK = list(day_abbr)


class NotRead(ValueError):
    """One cell cannot be read. Says which, and what it should hold."""


@dataclass(frozen=True)
class DaysRead:
    weekday: int
    every: Every
    from_on: date
    to_on: date | None
    from_at: time
    to_at: time


def read_line(cells):
    """What a line says of a project, `days` a list of DaysRead. Raises NotRead at the first cell that cannot be read."""
    text = {name: (cells.get(name) or "").strip() for name in COLUMNS}
    for name in NEEDED:
        if not text[name]:
            raise NotRead(f"{name}: is blank")
    for name, longest in LONGEST.items():
        if len(text[name]) > longest:
            raise NotRead(f"{name}: is longer than {longest} characters")
    return {
        **{name: text[name] for name in LONGEST},
        **{name: _code(name, text[name]) for name in CODES},
        **{name: _yes_no(name, text[name]) for name in ("hi_vis", "step_free", "toilets")},
        **{name: _whole(name, text[name], MOST_PEOPLE) for name in ("most", "ratio")},
        "team": text["team"],
        "point": (
            _whole("easting", text["easting"], EASTINGS[1]),
            _whole("northing", text["northing"], NORTHINGS[1]),
        ),
        "from_on": _day("from_on", text["from_on"]),
        "to_on": _day("to_on", text["to_on"]) if text["to_on"] else None,
        "tasks": _tasks(text["tasks"]),
        "days": [_days(one) for one in _parts(text["days"])],
    }


def say_days(rows):
    """As `read_line` reads them."""
    said = []
    for one in sorted(rows, key=lambda row: (row.weekday, row.from_at, row.from_on)):
        until = f" to {one.to_on}" if one.to_on else ""
        times = f"{one.from_at:%H:%M}-{one.to_at:%H:%M}"
        said.append(f"{WORD_OF[one.every]} {WEEK[one.weekday]} {times} from {one.from_on}{until}")
    return say_list(said)


def say_list(words):
    return "; ".join(words)


def say_yes_no(value):
    return next(word for word, answer in YES_NO.items() if answer is value)


def _parts(text):
    return [part for part in (" ".join(one.split()) for one in text.split(";")) if part]


def _tasks(text):
    found = list(dict.fromkeys(_parts(text)))
    if any(len(one) > LONGEST_TASK for one in found):
        raise NotRead(f"tasks: one is longer than {LONGEST_TASK} characters")
    return found


def _code(name, text):
    if not text and name in WHEN_BLANK:
        return WHEN_BLANK[name]
    if text not in set(CODES[name]):
        raise NotRead(f"{name}: is none of {', '.join(CODES[name])}")
    return CODES[name](text)


def _yes_no(name, text):
    if text not in YES_NO:
        raise NotRead(f"{name}: is neither yes, no nor blank")
    return YES_NO[text] if text else WHEN_BLANK.get(name)


def _whole(name, text, most):
    found = number(text)
    if found is None or found > most:
        raise NotRead(f"{name}: is not a whole number from 1 to {most}")
    return found


def _day(name, text):
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise NotRead(f"{name}: is not a day such as 2018-05-03") from problem


def _days(text):
    found = DAYS.fullmatch(text)
    try:
        if found is None or found["day"] not in WEEK:
            raise ValueError
        return DaysRead(
            weekday=WEEK.index(found["day"]),
            every=EVERY[found["every"]],
            from_on=date.fromisoformat(found["from_on"]),
            to_on=date.fromisoformat(found["to_on"]) if found["to_on"] else None,
            from_at=time.fromisoformat(found["from_at"]),
            to_at=time.fromisoformat(found["to_at"]),
        )
    except ValueError as problem:
        example = "weekly Tue 09:00-16:00 from 2018-05-01"
        raise NotRead(f"days: cannot be read, write each as {example}") from problem
