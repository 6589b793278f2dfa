"""What courts are told of unpaid work: projects, hours and outcomes, and nobody in particular.

Source: report 2018 (sentencers were not told of projects or outcomes); unpaid work reference 10 (U11). Numbers of
fewer than five people are never said, nor the hours of so few; what is added up is rounded, so that the ones left
out cannot be worked out from it (practice of official statistics).
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from staff.rules.dates import say_date

FEWEST = 5  # people
FEWER = f"Fewer than {FEWEST}"
WITHHELD = "Not shown"
TO_TENS = 10  # hours of all projects are rounded down to these


@dataclass(frozen=True)
class Done:
    """What was done at one project, or at all of them."""

    people: int
    minutes: int
    finished: int  # of those people, who completed all their hours


@dataclass(frozen=True)
class Worked:
    """One project with what was done there."""

    name: str
    kind: str
    what: str
    benefit: str
    gains: str
    done: Done


@dataclass(frozen=True)
class Told:
    """One project as it is told."""

    name: str
    kind: str
    what: str
    benefit: str
    gains: str
    people: str
    hours: str
    finished: str


@dataclass(frozen=True)
class Sheet:
    period: str
    made: str
    headlines: tuple[tuple[str, str], ...]  # (how many, of what)
    rows: tuple[Told, ...]
    notes: tuple[str, ...]


def period_of(today: date) -> tuple[date, date]:
    """The twelve whole months before this one. One period alone, so that two cannot be compared to find a few people."""
    last = today.replace(day=1) - timedelta(days=1)
    return date(today.year - 1, today.month, 1), last


def benefit_sheet(
    rows: Iterable[Worked],
    whole: Done,
    courses: int,
    skills: Sequence[str],
    organisation: str,
    today: date,
) -> Sheet:
    """`whole`: of every project together; `courses`: whose learning was credited, how many people."""
    first, last = period_of(today)
    headlines = (
        (told(whole.people, rounded=FEWEST), "people worked"),
        (_hours(whole, rounded=TO_TENS), "hours worked"),
        (told(whole.finished, rounded=FEWEST), "completed all their hours"),
        (told(courses, rounded=FEWEST), "had learning credited"),
    )
    by = f"{organisation}, {say_date(today)}" if organisation else say_date(today)
    practised = f"Skills practised most: {', '.join(skills)}." if skills else ""
    return Sheet(
        period=f"{say_date(first)} to {say_date(last)}",
        made=by,
        headlines=headlines,
        rows=tuple(_told(one) for one in rows),
        notes=tuple(filter(None, (practised, *NOTES))),
    )


NOTES = (
    f"Numbers below {FEWEST} are not shown, nor the hours of so few people. Totals are rounded down.",
    "Somebody who worked on two projects is counted on both, and once among all.",
)


def told(number, rounded=1):
    """How many people, as it is told; in a total rounded down."""
    if number == 0:
        return "0"
    if number < FEWEST:
        return FEWER
    return f"{number // rounded * rounded:,}"


def as_data(sheet):
    """As the paper takes it."""
    return asdict(sheet)


def _told(one):
    return Told(
        name=one.name,
        kind=one.kind,
        what=one.what,
        benefit=one.benefit,
        gains=one.gains,
        people=told(one.done.people),
        hours=_hours(one.done),
        finished=told(one.done.finished) if not 0 < one.done.people < FEWEST else WITHHELD,
    )


def _hours(done, rounded=1):
    if 0 < done.people < FEWEST:
        return WITHHELD
    return f"{done.minutes // 60 // rounded * rounded:,}"
