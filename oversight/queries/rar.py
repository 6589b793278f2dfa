"""Rehabilitation activity requirements across cases: which have stalled and since when, and where days are not planned.

Source: `cases.rules.rar`; report 2.3 (days sat unused while a group was not running).
"""

from dataclasses import dataclass

from django.urls import reverse

from cases.models import Case
from cases.queries.due import anchored
from cases.queries.people import officer_of
from cases.queries.rar import rar_of_cases
from cases.reference.codes import Titled
from staff.kit import Link, on
from staff.permissions import Action


class Stands(Titled):
    """Which requirements are listed."""

    STALLED = "stalled", "Stalled"
    UNPLANNED = "unplanned", "Days left and nothing planned"
    UNBOOKED = "unbooked", "Days left and nothing booked"
    OVER = "over", "More credited than ordered"
    RUNNING = "running", "All that run"


@dataclass(frozen=True)
class RarRow:
    crn: str
    name: str
    href: str
    officer: str
    team: str
    ordered: str
    planned: int
    booked: int
    credited: int
    left: str
    words: str
    since: str
    next: Link | None
    anchor: str = ""


def listed(cases, code, today, weeks):
    """The requirements of these cases under this code, those that stalled longest ago first."""
    found = rar_of_cases(cases.ours().values("pk"), today, weeks)
    held = [one for one in found if is_under(one, code)]
    return sorted(
        held, key=lambda one: (one.since or today, one.case.sort_name, one.requirement.pk)
    )


def is_under(one, code):
    live = any(each.ended_on is None for each in one.activities)
    waits = bool(one.tally.left) and not one.enough and not one.order.held
    match code:
        case Stands.STALLED:
            return one.since is not None
        case Stands.UNPLANNED:
            return waits and not live
        case Stands.UNBOOKED:
            return waits and not one.tally.booked
        case Stands.OVER:
            return one.tally.over > 0
    return True


def rows_of(requirements, user, today):
    may_book = Case.objects.open_to(user, Action.BOOK_APPOINTMENT)
    may_book = set(
        may_book.filter(pk__in=[one.case.pk for one in requirements]).values_list("pk", flat=True)
    )
    return anchored(_row(one, one.case.pk in may_book, today) for one in requirements)


def _row(one, may_book, today):
    case, tally = one.case, one.tally
    href = reverse("case-rar", args=[case.crn])
    words = "Book a day" if may_book else "See it"
    return RarRow(
        crn=case.crn,
        name=case.list_name,
        href=href,
        officer=officer_of(case),
        team=case.team.name if case.team else "No team",
        ordered="not recorded" if tally.ordered is None else f"{tally.ordered:,}",
        planned=tally.planned,
        booked=len(tally.booked),
        credited=len(tally.credited),
        left="not known" if tally.left is None else f"{tally.left:,}",
        words=one.words(today),
        since=on(one.since) if one.since else "",
        next=Link(words, href, hidden=f" for {case.name}") if one.since else None,
    )


CSV_HEAD = ["CRN", "Name", "Officer", "Team", "Ordered", "Planned", "Booked", "Credited", "Left", "Stalled since"]  # fmt: skip


def rar_lines(requirements):
    """Lines of the file: numbers and days, and nothing of what was written."""
    for one in requirements:
        tally = one.tally
        yield [
            one.case.crn,
            one.case.list_name,
            officer_of(one.case),
            one.case.team.name if one.case.team else "No team",
            "" if tally.ordered is None else tally.ordered,
            tally.planned,
            len(tally.booked),
            len(tally.credited),
            "" if tally.left is None else tally.left,
            one.since or "",
        ]
