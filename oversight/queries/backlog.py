"""Imported cases whose checks nobody has taken up yet, worst harm first.

Source: product rules, checks: the backlog is ranked by harm, with a weekly measure for each team.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import DateField, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from cases.models import Case
from cases.queries.enquiries import backlog
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from cases.reference.codes import Rosh
from staff.kit import on
from staff.permissions import Action

NEVER = date(9999, 12, 31)  # sorts what has no date after everything that has
ORDER = ("-concern", "-harm_rank", "arrived_key", "id")  # that of `backlog`


@dataclass(frozen=True)
class BacklogRow:
    crn: str
    name: str
    href: str
    officer: str
    harm: str
    concern: bool
    since: str


def waiting_in(user, team):
    """Of this team, those open to this user, in the order in which they are to be taken up."""
    found = backlog(Case.objects.open_to(user, Action.TAKE_UP_BACKLOG).filter(team=team))
    arrived = Coalesce("arrived_on", Value(NEVER, output_field=DateField()))
    return found.annotate(arrived_key=arrived)


def page_of_backlog(user, team, *, after, size):
    found = waiting_in(user, team).select_related("officer", "standing")
    return page_of(found, keys=ORDER, after=after, size=size)


def backlog_row(case):
    standing = getattr(case, "standing", None)
    return BacklogRow(
        crn=case.crn,
        name=case.list_name,
        href=reverse("case", args=[case.crn]),
        officer=officer_of(case),
        harm=Rosh(standing.harm).title if standing and standing.harm else "Not assessed",
        concern=bool(case.concern),
        since=on(case.arrived_on),
    )
