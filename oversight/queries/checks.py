"""The checks desk: every unfinished enquiry in reach, the one that matters most first.

Source: product rules, checks; report 2.1 (checks promised and never made).
"""

from dataclasses import dataclass, replace

from django.db.models import BooleanField, Count, F, Q, Value
from django.db.models.functions import Coalesce

from cases.models import Case, Enquiry
from cases.queries.paging import page_of
from cases.reference.checks import EnquiryState
from staff.permissions import Action

STEPS = {"send": EnquiryState.DUE, "chase": EnquiryState.SENT, "analyse": EnquiryState.REPLIED}


@dataclass(frozen=True)
class Wanted:
    """What the reader of the desk asked for, as codes."""

    step: str = ""  # send, chase or analyse
    kind: str = ""
    team: str = ""
    officer: str = ""  # a user name, or "nobody"
    overdue: bool = False


def matching(user, wanted, today):
    """Unfinished enquiries on cases open to this user that answer to what was asked for."""
    cases = Case.objects.open_to(user, Action.VIEW_CHECKS)
    found = Enquiry.objects.unfinished().filter(case__in=cases)
    if wanted.overdue:
        found = found.overdue(today)
    if wanted.step:
        found = found.filter(state=STEPS[wanted.step])
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.team:
        found = found.filter(case__team__code=wanted.team)
    if wanted.officer == "nobody":
        found = found.filter(case__officer=None)
    elif wanted.officer:
        found = found.filter(case__officer__username=wanted.officer)
    return found


def page_of_enquiries(user, wanted, *, after, size, today):
    """One page of the desk: concern first, then the longest due."""
    found = matching(user, wanted, today).select_related("case__officer", "case__standing")
    found = found.annotate(
        concern=Coalesce(F("case__standing__concern"), Value(False), output_field=BooleanField())
    )
    keys = ("-concern", "due_on", "id")
    return page_of(found, keys=keys, after=after, size=size, known_by="pk")


def totals(user, wanted, today):
    """How many of them are unfinished and overdue at each step, in one statement."""
    counted = (
        matching(user, replace(wanted, step="", overdue=False), today)
        .values_list("state")
        .annotate(n=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
        .order_by()
    )
    return {state: (n, late) for state, n, late in counted}
