"""The checks desk: every unfinished enquiry in reach, the one that matters most first.

Source: product rules, checks; report 2.1 (checks promised and never made).
"""

from dataclasses import dataclass, replace
from itertools import islice

from django.db.models import BooleanField, Count, F, Prefetch, Q, Value
from django.db.models.functions import Coalesce

from cases.models import Case, Enquiry, Subject
from cases.queries.coverage import around_each, covered_by, left_out_of
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from cases.reference.checks import CheckKind, EnquiryState
from cases.rules.references import reference_of
from staff.kit import on
from staff.permissions import Action

CHUNK = 500  # lines of a file made at once
STEPS = {"send": EnquiryState.DUE, "chase": EnquiryState.SENT, "analyse": EnquiryState.REPLIED}


@dataclass(frozen=True)
class Wanted:
    """What the reader of the desk asked for, as codes."""

    step: str = ""  # send, chase or analyse
    kind: str = ""
    team: str = ""
    officer: str = ""  # a user name, or "nobody"
    overdue: bool = False


def theirs_to_do(user, enquiries):
    """Of these, the keys of those whose next step this reader may take: a reply is read by whoever may analyse it."""
    found = Enquiry.objects.filter(pk__in=[one.pk for one in enquiries])
    may_record = Q(case__in=Case.objects.open_to(user, Action.RECORD_CHECK))
    may_analyse = Q(case__in=Case.objects.open_to(user, Action.ANALYSE_CHECK))
    replied = Q(state=EnquiryState.REPLIED)
    mine = found.filter(replied & may_analyse | ~replied & may_record)
    return set(mine.values_list("pk", flat=True))


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


def export_rows(user, wanted, today):
    """The desk as lines of a file, the same order. Protected names are in it for nobody: it leaves us."""
    cases = Case.objects.open_to(user, Action.EXPORT_CASES)
    found = matching(user, wanted, today).filter(case__in=cases)
    subjects = Prefetch("subjects", Subject.objects.order_by("pk"))
    ordered = found.select_related("case__officer", "case__team").order_by("due_on", "pk")
    rows = ordered.prefetch_related(subjects).iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        held = list({one.case_id: one.case for one in chunk}.values())
        people = around_each(held)
        names = names_for_each(held, {case.pk: frozenset() for case in held})
        for one in chunk:
            yield _export_row(one, people[one.case_id], names[one.case_id])


def _export_row(one, people, names):
    case = one.case
    return [
        case.crn,
        case.list_name,
        officer_of(case),
        case.team.name if case.team else "",
        CheckKind(one.kind).title,
        reference_of(one.pk),
        EnquiryState(one.state).title,
        names.text(one.asked_of),
        on(one.sent_on) if one.sent_on else "",
        on(one.due_on),
        covered_by(one, names) if one.replied_on else "",
        left_out_of(one, people, names) if one.replied_on else "",
    ]
