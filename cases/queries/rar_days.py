"""Days of rehabilitation activity with their places in the log, and the forecast of those left, as the page shows them.

Source: `cases.rules.rar_forecast`; report 2.3 (days sat unused and nobody saw it).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from cases.rules.addresses import address
from cases.rules.words import counted
from staff.kit import Link, on

NO_ACTIVITY = "No activity that was planned"


@dataclass(frozen=True)
class DayRow:
    """One day, what it was a day of, and where it stands in the log."""

    day: str
    what: str
    href: str


@dataclass(frozen=True)
class Wrong:
    """Days that are booked and cannot count, each with its place in the log, and what to do about them."""

    words: str
    days: list[DayRow]


@dataclass(frozen=True)
class ForecastPart:
    """What comes of the days left. `words`: blank where none is left; `stalls`: sentences; `next`: what to do about it."""

    words: str
    stalls: list[str]
    wrong: list[Wrong]
    next: Link | None


def forecast_part(one, found, case, names, links):
    """What is said of a `Forecast`; None where there is none. `links`: what may be done about the requirement, the first first."""
    if found is None:
        return None
    of = activities_by_day(one, names)
    wrong = [
        Wrong(f"{counted(len(days), 'day')} {_is(days)} booked {words}", [day_row(day, of, case) for day in days])
        for days, words in (
            (found.too_late, "after the order ends, and cannot count. Move what can be before it, and call off the rest."),
            (found.spare, "beyond what the court ordered, and cannot be asked for. Call off what is not wanted."),
        )
        if days
    ]  # fmt: skip
    return ForecastPart(
        words=found.words if one.tally.left else "",
        stalls=[str(stall) for stall in found.stalls],
        wrong=wrong,
        next=next(iter(links), None) if found.left_over else None,
    )


def _is(days):
    return "is" if len(days) == 1 else "are"


def activities_by_day(one, names):
    """{day: what it was a day of}, each activity once."""
    what = {each.pk: names.text(each.what) for each in one.activities}
    found: dict[date, dict[str, bool]] = defaultdict(dict)
    for session in sorted(one.sessions, key=lambda session: session.at):
        found[session.day][what.get(session.activity, NO_ACTIVITY)] = True
    return {day: "; ".join(held) for day, held in found.items()}


def day_row(day: date, of, case):
    """`of`: what each day was a day of, from `activities_by_day`."""
    log = address(
        reverse("case-contacts", args=[case.crn]), from_on=day.isoformat(), to_on=day.isoformat()
    )
    return DayRow(f"{day:%A} {on(day)}", of.get(day, NO_ACTIVITY), log)
