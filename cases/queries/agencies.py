"""The agency book as it stands, for routing and for its pages; and what each agency owes us.

Source: product rules, checks (who, for which area, how, turnaround; "Police: 214 open, median 13 days").
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count

from cases.models import Agency, Enquiry
from cases.reference.checks import CheckKind, EnquiryState
from cases.rules.agencies import Listed


@dataclass(frozen=True, slots=True)
class Owing:
    """What one agency has been asked and has not answered."""

    kind: CheckKind
    agency: Agency | None  # None: asked another way, of somebody not in the book
    open: int
    to_chase: int  # of them, those whose chase date has come
    overdue: int  # of them, those whose chase date has passed
    median_days: int  # since they were sent


def agencies_now(today):
    """{key: agency} of those that may be asked. One statement."""
    return {one.pk: one for one in Agency.objects.current(today).order_by("pk")}


def as_listed(agencies):
    """The book as the rules know it."""
    return tuple(Listed(one.pk, CheckKind(one.kind), tuple(one.areas)) for one in agencies)


def to_chase(cases, today):
    """Enquiries on these cases that were sent, have no reply, and whose chase date has come."""
    return Enquiry.objects.filter(state=EnquiryState.SENT, due_on__lte=today, case__in=cases)


def owing_agencies(cases, today):
    """What each agency owes on these cases, the most first. Two statements."""
    sent = Enquiry.objects.filter(state=EnquiryState.SENT, case__in=cases)
    counted = sent.values_list("kind", "agency", "sent_on", "due_on").annotate(n=Count("pk"))
    found = defaultdict(list)
    for kind, agency, sent_on, due_on, number in counted.order_by():
        found[kind, agency] += [((today - sent_on).days, due_on)] * number
    agencies = Agency.objects.in_bulk([agency for _, agency in found if agency])
    rows = [
        Owing(
            kind=CheckKind(kind),
            agency=agencies.get(agency),
            open=len(asked),
            to_chase=sum(due_on <= today for _, due_on in asked),
            overdue=sum(due_on < today for _, due_on in asked),
            median_days=sorted(days for days, _ in asked)[len(asked) // 2],
        )
        for (kind, agency), asked in found.items()
    ]
    return sorted(rows, key=lambda one: (-one.open, one.kind, one.agency.pk if one.agency else 0))
