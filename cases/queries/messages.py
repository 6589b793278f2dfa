"""The outbox as its page shows it: what waits, what may not have gone, what could not be sent.

Who it is for is shown, never what it says: a message may be about a case its reader may not open.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case, Message
from cases.queries.paging import page_of
from cases.reference.agencies import Delivery, MessageKind
from staff.kit import Link, on
from staff.permissions import Action, reach
from staff.rules.dates import say_time

TO_DECIDE = (Delivery.UNSURE, Delivery.FAILED)


@dataclass(frozen=True)
class OutboxRow:
    """One message that a person must decide about."""

    kind: str
    to: str
    when: str
    state: str
    problem: str
    enquiry: Link | None
    again: str
    went: str
    cancel: str  # blank where it may not be left unsent


@dataclass(frozen=True)
class OutboxState:
    """How much waits in the outbox, for the desk."""

    ready: bool  # whether there is a mail server
    waiting: int
    unsure: int
    failed: int
    href: str


def outbox_state(user):
    """What the desk says of the outbox to those who run it; None for others. One statement."""
    if not reach(user.role, Action.SET_AGENCIES):
        return None
    counted = (
        Message.objects.filter(delivery__in=(Delivery.WAITING, *TO_DECIDE))
        .values_list("delivery")
        .annotate(n=Count("pk"))
    )
    numbers = dict(counted.order_by())
    return OutboxState(
        settings.EMAIL_READY,
        numbers.get(Delivery.WAITING, 0),
        numbers.get(Delivery.UNSURE, 0),
        numbers.get(Delivery.FAILED, 0),
        reverse("outbox"),
    )


def page_to_decide(after, size):
    """Those a person must decide about, the longest settled first."""
    found = Message.objects.filter(delivery__in=TO_DECIDE)
    found = found.select_related("agency", "user", "document__enquiry__case")
    return page_of(found, keys=("at", "id"), after=after, size=size, known_by="pk")


def outbox_rows(messages, user):
    """Each as a row; the enquiry only where its case is open to this reader."""
    about = {one.pk: one.document.enquiry for one in messages if one.document}
    cases = [enquiry.case_id for enquiry in about.values() if enquiry]
    may_see = Case.objects.open_to(user, Action.VIEW_CHECKS).filter(pk__in=cases)
    seen = set(may_see.values_list("pk", flat=True))
    return [_row(one, about.get(one.pk), seen) for one in messages]


def _row(one, enquiry, seen):
    at = localtime(one.at)
    link = None
    if enquiry and enquiry.case_id in seen:
        crn = enquiry.case.crn
        link = Link(crn, reverse("check", args=[crn, enquiry.pk]))
    return OutboxRow(
        kind=MessageKind(one.kind).title,
        to=one.agency.name if one.agency else one.user.name,
        when=f"{on(at.date())}, {say_time(at.time())}",
        state=Delivery(one.delivery).title,
        problem=one.problem,
        enquiry=link,
        again=reverse("send-message-again", args=[one.pk]),
        went=reverse("say-message-went", args=[one.pk]),
        cancel="" if one.kind == MessageKind.REQUEST else reverse("cancel-message", args=[one.pk]),
    )
