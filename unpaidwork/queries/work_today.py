"""What of unpaid work waits for whoever runs it, in a few numbers, each with the list behind it.

Counts only of what the reader may open, in a fixed number of statements. Source: ui, my work (what must be done today
comes first); unpaid work reference 6 and 9 (sheets before the day, registers the same day).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse

from cases.models import Case
from cases.rules.words import counted
from staff.kit import Link, on
from staff.permissions import Action
from unpaidwork.models import Incident
from unpaidwork.queries.register import may_settle
from unpaidwork.queries.register_desk import registers_owed, travel_waiting
from unpaidwork.queries.session_pages import Show, When
from unpaidwork.queries.sheet import sessions_open_to
from unpaidwork.reference.sessions import SessionState


@dataclass(frozen=True)
class WorkToday:
    """`hurt`: of the reports, those in which somebody was hurt or could be. `since`: the oldest day of travel."""

    publish_today: int
    publish_tomorrow: int
    registers: int
    reports: int
    hurt: int
    travel: int
    since: date | None


def work_today(user, today):
    """How much there is for this reader; None for those who do not run unpaid work. Four statements."""
    if not may_settle(user):
        return None
    tomorrow = today + timedelta(days=1)
    sheets = sessions_open_to(user).filter(state=SessionState.PLANNED, on__in=(today, tomorrow))
    reports = Incident.objects.unanswered().filter(
        Q(case=None) | Q(case__in=Case.objects.open_to(user, Action.RUN_SESSION))
    )
    return WorkToday(
        registers=registers_owed(user, today).count(),
        **sheets.aggregate(
            publish_today=Count("pk", filter=Q(on=today)),
            publish_tomorrow=Count("pk", filter=Q(on=tomorrow)),
        ),
        **reports.aggregate(reports=Count("pk"), hurt=Count("pk", filter=Q(harm=True))),
        **travel_waiting(user).aggregate(travel=Count("pk"), since=Min("session__on")),
    )


def links_of(found: WorkToday):
    """A line for each that waits, first where somebody was hurt; each leads to where it is done."""
    reports = _reports(found)
    lines = [
        *(reports if found.hurt else []),
        *_sheets(found.publish_today, When.TODAY, "today"),
        *_sheets(found.publish_tomorrow, When.TOMORROW, "tomorrow"),
        *_line(found.registers, "register", "to close", "registers-to-close"),
        *([] if found.hurt else reports),
    ]
    if found.travel:
        words = (
            f"{counted(found.travel, 'day')} of travel to decide, the oldest of {on(found.since)}"
        )
        lines.append(Link(words, reverse("travel-to-decide")))
    return lines


def _reports(found):
    hurt = f", {found.hurt:,} where somebody was hurt or could be" if found.hurt else ""
    return _line(found.reports, "report", f"from sites to answer{hurt}", "work-incidents")


def _sheets(number, when, day):
    query = {"when": when.value, "show": Show.UNREADY.value}
    return _line(number, "day sheet", f"to publish for {day}", "work-sessions", query)


def _line(number, noun, words, name, query=None):
    return [Link(f"{counted(number, noun)} {words}", reverse(name, query=query))] if number else []
