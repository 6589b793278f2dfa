"""Outcomes to log, a page at a time: past appointments of which nobody has said anything, the oldest first.

Source: features row 70.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localtime

from cases.queries.meeting_page import said_when
from cases.queries.outcomes import booking_of, is_home_visit, unlogged
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from staff.permissions import Action, Reach, reach

MINE, TEAM = "mine", "team"
WHOSE = {MINE: "Mine", TEAM: "My team’s"}
SIZE = 50


@dataclass(frozen=True)
class ToLog:
    key: int
    person: str
    crn: str
    case_href: str
    what: str
    when: str
    officer: str
    brought: bool  # came with an extract, and has no clock
    href: str  # the page of the appointment
    open: str  # this list, with the row's form
    sheet: str = ""  # of a visit at home: where it is recorded


def scopes(user):
    """Whose appointments this reader may log: their own, and where they may, their team's."""
    wider = reach(user.role, Action.RECORD_OUTCOME) >= Reach.TEAM and user.team_id
    return [MINE, TEAM] if wider else [MINE]


def page_to_log(user, now, *, whose, after):
    found = unlogged(user, now, team=whose == TEAM)
    rows = found.select_related("case", "case__officer", "booking__officer", "booking__visit")
    return page_of(rows, keys=("started_at", "pk"), after=after, size=SIZE, known_by="pk")


def count_to_log(user, now, *, whose):
    """How many there are in all, on every page of the list."""
    return unlogged(user, now, team=whose == TEAM).count()


def row_of(contact, here):
    case, booking = contact.case, booking_of(contact)
    officer = booking.officer.name if booking and booking.officer else officer_of(case)
    mark = f"{here}{'&' if '?' in here else '?'}open={contact.pk}#row-{contact.pk}"
    return ToLog(
        key=contact.pk,
        person=case.list_name,
        crn=case.crn,
        case_href=reverse("case", args=[case.crn]),
        what=contact.type_name or contact.type_code,
        when=said_when(localtime(contact.started_at)),
        officer=officer,
        brought=booking is None,
        href=reverse("appointment", args=[case.crn, contact.pk]),
        open=mark,
        sheet=reverse("visit-sheet", args=[case.crn, contact.pk]) if is_home_visit(booking) else "",
    )


def find_to_log(user, now, key, *, whose):
    """One of the list that is logged in it, by its key; None where there is none."""
    found = unlogged(user, now, team=whose == TEAM).filter(pk=key, booking__visit=None)
    return found.select_related(
        "case", "case__officer", "requirement", "sentence", "booking__officer"
    ).first()
