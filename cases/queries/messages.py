"""The outbox as its page shows it: what waits, what may not have gone, what could not be sent.

Who it is for is shown, never what it says: a message may be about a case its reader may not open.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Message
from cases.queries.paging import page_of
from cases.queries.reach import open_among
from cases.reference.agencies import Delivery, Means, MessageKind
from cases.rules.words import sentence
from staff.kit import Link, on
from staff.permissions import Action, reach
from staff.rules.dates import say_time

TO_DECIDE = (Delivery.UNSURE, Delivery.FAILED)
NEVER_LEFT = (MessageKind.REQUEST, MessageKind.REFERRAL)  # something would wait for its answer


@dataclass(frozen=True)
class OutboxRow:
    """One message that a person must decide about."""

    kind: str
    to: str
    when: str
    state: str
    problem: str
    about: Link | None  # the enquiry or the case
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
    # A reminder is written when the appointment is booked: one that waits for its day holds nothing up
    counted = (
        Message.objects.filter(delivery__in=(Delivery.WAITING, *TO_DECIDE))
        .exclude(kind=MessageKind.REMINDER, delivery=Delivery.WAITING)
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
    about = ("document__enquiry__case", "document__case", "appointment__contact__case", "case")
    found = found.select_related("agency", "user", *about)
    return page_of(found, keys=("at", "id"), after=after, size=size, known_by="pk")


def outbox_rows(messages, user):
    """Each as a row; the enquiry or the case only where it is open to this reader."""
    about = [case.pk for case in map(_case_of, messages) if case]
    asked = [
        one.document.enquiry.case_id for one in messages if one.document and one.document.enquiry
    ]
    seen = {
        action: open_among(of, user, action)
        for action, of in ((Action.VIEW_CASE, about), (Action.VIEW_CHECKS, asked))
    }
    return [_row(one, seen) for one in messages]


def _case_of(message):
    """The case that a reminder, a letter or a referral is about."""
    if message.kind == MessageKind.LETTER:
        return message.document.case
    return message.appointment.contact.case if message.appointment else message.case


def _about(message, seen):
    case = _case_of(message)
    if case and case.pk in seen[Action.VIEW_CASE]:
        return Link(case.crn, reverse("case", args=[case.crn]))
    enquiry = message.document.enquiry if message.document else None
    if enquiry and enquiry.case_id in seen[Action.VIEW_CHECKS]:
        return Link(enquiry.case.crn, reverse("check", args=[enquiry.case.crn, enquiry.pk]))
    return None


def addressee(message):
    """Whom it is for. Never the name of a person on probation: their case may be kept from the reader."""
    if message.appointment_id or message.kind == MessageKind.LETTER:
        return f"a person on probation, by {Means(message.means).title.lower()}"
    if message.case_id:  # what kind of service it is would say what they need
        return "a community service"
    return (message.agency or message.user).name


def _row(one, seen):
    at = localtime(one.at)
    return OutboxRow(
        kind=MessageKind(one.kind).title,
        to=sentence(addressee(one)),
        when=f"{on(at.date())}, {say_time(at.time())}",
        state=Delivery(one.delivery).title,
        problem=one.problem,
        about=_about(one, seen),
        again=reverse("send-message-again", args=[one.pk]),
        went=reverse("say-message-went", args=[one.pk]),
        cancel="" if one.kind in NEVER_LEFT else reverse("cancel-message", args=[one.pk]),
    )
