"""What is counted under a measure as rows of a page and lines of a file, of whatever app the measure is.

Source: product rules, every number opens its list.
"""

from dataclasses import dataclass

from django.urls import reverse

from cases.models import Case
from cases.queries.people import officer_of
from cases.rules.counting import Unit
from staff.kit import on

MET, NOT_MET = "met", "not"
WHICH = {MET: "Those it is so of", NOT_MET: "Those it is not so of"}
CSV_HEAD = ["CRN", "Name", "Officer", "Team", "Measure", "Day", "Is it so", "Why"]


@dataclass(frozen=True)
class UnitRow:
    anchor: str
    crn: str
    name: str
    href: str
    officer: str
    team: str
    on: str
    met: bool
    words: str


@dataclass(frozen=True)
class UnitPage:
    units: list[Unit]
    next_after: str
    count: int


def only(found, which):
    """All of the units, or those of which it is so, or not so."""
    return [one for one in found if not which or one.met == (which == MET)]


def page_of_units(found, *, after, size):
    """The next so many after the one with that key, by day. One that is not there begins again."""
    start = next((place for place, one in enumerate(found, 1) if one.key == after), 0)
    shown = found[start : start + size]
    more = len(found) > start + size
    return UnitPage(shown, str(shown[-1].key) if more else "", len(found))


def rows_of(found, page):
    """A row of each, in one statement. `page`: the name of the page of a case that it leads to."""
    cases = Case.objects.select_related("officer", "team").in_bulk({one.case for one in found})
    return [_row(one, cases[one.case], page) for one in found]


def csv_lines(found, measure):
    yield CSV_HEAD
    for row in rows_of(found, "case"):
        yield [
            row.crn, row.name, row.officer, row.team, measure.title, row.on, "Yes" if row.met else "No", row.words,
        ]  # fmt: skip


def _row(unit, case, page):
    return UnitRow(
        anchor=f"{case.crn}-{unit.key}",
        crn=case.crn,
        name=case.list_name,
        href=reverse(page, args=[case.crn]),
        officer=officer_of(case),
        team=case.team.name if case.team else "No team",
        on=on(unit.on),
        met=unit.met,
        words=unit.words,
    )
