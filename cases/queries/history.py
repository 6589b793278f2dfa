"""Who has looked at a case and what was done on it, from the audit trail, latest first."""

from dataclasses import dataclass

from django.utils.timezone import localtime

from cases.queries.paging import page_of
from staff.models import Entry
from staff.rules.dates import say_date, say_time

SIZE = 50


@dataclass(frozen=True)
class Looked:
    """One entry of the trail."""

    at: str
    by: str
    role: str
    did: str
    refused: bool


@dataclass(frozen=True)
class History:
    rows: list[Looked]
    next_after: str


def history_of(case, after):
    """The page of the trail that follows the entry `after`."""
    entries = Entry.objects.filter(crn=case.crn).select_related("by")
    found = page_of(entries, keys=("-at", "-pk"), after=after, size=SIZE, known_by="pk")
    return History([_looked(one) for one in found.rows], found.next_after)


def _looked(one):
    at = localtime(one.at)
    return Looked(
        at=f"{say_date(at.date())}, {say_time(at.time())}",
        by=one.by.name if one.by else "The system",
        role=one.by.get_role_display() if one.by else "",
        did=one.action.replace("_", " ").capitalize(),
        refused=one.refused,
    )
