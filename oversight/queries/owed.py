"""What is owed on the cases of a team, late or not, by how bad it is to miss; and what is owed about failures and breaches.

Source: `cases.reference.deadlines` (harm). The counts of the board and its lists begin at the same rows.
"""

from dataclasses import dataclass

from cases.models import Deadline
from cases.queries.beginning import on_cases
from cases.queries.due import shown_to
from cases.queries.listed import FACTS, listed_rows
from cases.queries.paging import page_of
from cases.queries.undecided import undecided
from cases.reference.deadlines import KINDS, Harm
from oversight.queries.team import cases_of
from staff.models import Team

ALL, LATE = "", "late"
SHOWN = {ALL: "Late or not", LATE: "Late"}
HARMS = {
    Harm.PERSON: "Somebody could be hurt",
    Harm.SENTENCE: "The court’s order is not carried out",
    Harm.RECORD: "The record is late",
}
ABOUT = {"failure": "A failure to comply", "breach": "A breach"}


@dataclass(frozen=True)
class Wanted:
    """What the reader asked for, as codes."""

    team: Team | None = None  # None: every team
    harm: str = ""
    about: str = ""
    show: str = ALL


def owed_of(user, team):
    """What runs and is owed on cases open to this reader, of what they may read of."""
    rows = Deadline.objects.unmet().ours().beside_complaints()
    return shown_to(user, rows.filter(on_cases(cases_of(user, team), few=team is not None)))


def matching(user, wanted, today):
    found = owed_of(user, wanted.team)
    if wanted.harm:
        kinds = [kind.code for kind in KINDS.values() if kind.harm == wanted.harm]
        found = found.filter(kind__in=kinds)
    if wanted.about:
        found = found.filter(**{f"{wanted.about}__isnull": False})
    return found.filter(due_on__lt=today) if wanted.show == LATE else found


def page_of_owed(user, wanted, today, *, after, size):
    """One page, the longest due first."""
    found = matching(user, wanted, today).select_related(*FACTS, "case__team")
    found = found.annotate(undecided=undecided())
    return page_of(found, keys=("due_on", "id"), after=after, size=size, known_by="pk")


def owed_rows(deadlines, user, today):
    return listed_rows(deadlines, user, today)
