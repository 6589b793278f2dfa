"""The agency book as it stands, for routing and for its pages; and what each agency owes us.

Source: product rules, checks (who, for which area, how, turnaround; "Police: 214 open, median 13 days").
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Agency, Case, Enquiry
from cases.reference.agencies import Channel
from cases.reference.checks import CheckKind, EnquiryState
from cases.rules.agencies import Listed
from cases.rules.words import counted
from staff.kit import Happening, Line, on
from staff.permissions import Action
from staff.rules.dates import say_time

EVERYWHERE = "Everywhere"
ORDER = {kind: place for place, kind in enumerate(CheckKind)}


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
    numbers = sent.values_list("kind", "agency", "sent_on", "due_on").annotate(n=Count("pk"))
    found: dict[tuple[str, int | None], list] = defaultdict(list)
    for kind, agency, sent_on, due_on, number in numbers.order_by():
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


# Pages of the book


@dataclass(frozen=True)
class AgencyPage:
    """One agency whole."""

    name: str
    kind: str
    lines: list[Line]
    history: list[Happening]


def book_rows(today):
    """The book by what each is asked about and name. One statement."""
    current = Agency.objects.current(today)
    ordered = sorted(current, key=lambda one: (ORDER[one.kind], one.name, one.pk))
    return [
        {
            "name": one.name,
            "href": reverse("agency", args=[one.pk]),
            "kind": CheckKind(one.kind).title,
            "areas": ", ".join(one.areas) or EVERYWHERE,
            "how": how_asked(one),
            "turnaround": turnaround(one),
        }
        for one in ordered
    ]


def waiting_at(agency, user):
    """How many enquiries are to be sent to it, and how many await its answer, on cases open to this reader."""
    cases = Case.objects.open_to(user, Action.VIEW_CHECKS)
    waiting = Enquiry.objects.filter(agency=agency, case__in=cases)
    return tuple(
        waiting.filter(state=state).count() for state in (EnquiryState.DUE, EnquiryState.SENT)
    )


def with_nobody_to_go_to(kind, user):
    """How many enquiries of this kind, not yet sent, nobody in the book answers for."""
    cases = Case.objects.open_to(user, Action.VIEW_CHECKS)
    unsent = Enquiry.objects.filter(kind=kind, state=EnquiryState.DUE, agency=None)
    return unsent.filter(case__in=cases).count()


def agency_page(one, user):
    """What the book says of it, what it owes on cases open to this reader, and what stood before."""
    due, sent = waiting_at(one, user)
    ended = [Line("Out of the book since", on(one.ended_on))] if one.ended_on else []
    return AgencyPage(
        name=one.name,
        kind=CheckKind(one.kind).title,
        lines=[
            *ended,
            Line("Asked about", CheckKind(one.kind).title),
            Line("Areas", ", ".join(one.areas) or EVERYWHERE),
            Line("How they are asked", how_asked(one)),
            Line("Turnaround", turnaround(one)),
            Line("What helps whoever asks", one.note or "Nothing noted"),
            Line("To be sent to them", f"{due:,}"),
            Line("Awaiting their answer", f"{sent:,}"),
        ],
        history=[_before(event) for event in one.events.order_by("-pgh_created_at", "-pgh_id")],
    )


def how_asked(one):
    channel = Channel(one.channel)
    where = {
        Channel.EMAIL: one.email,
        Channel.LETTER: one.address,
        Channel.TELEPHONE: one.telephone,
        Channel.PORTAL: one.portal,
    }
    return f"{channel.title}: {where[channel]}"


def turnaround(one):
    if one.turnaround_days is None:
        return "As the policy on checks says"
    return counted(one.turnaround_days, "working day")


def _before(event):
    """What stood until a change."""
    at = localtime(event.pgh_created_at)
    areas = ", ".join(event.areas) or EVERYWHERE
    return Happening(
        title="Changed. Until then it read",
        when=f"{on(at.date())}, {say_time(at.time())}",
        text=f"{event.name}. {areas}. {how_asked(event)}. {turnaround(event)}.",
        on=at.date().isoformat(),
    )
