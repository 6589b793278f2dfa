"""What is owed of many cases at once, each in one row: late agencies, enquiries ready to be sent,
the queue of enforcement, replies in hand, and messages that did not go.

Source: product rules, checks: a late agency rolls up to one item ("Police: 214 open, median 13 days").
"""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case, Enquiry, Message, ReplyInHand
from cases.queries.agencies import owing_agencies
from cases.queries.due import how_late
from cases.queries.enforcement.hub_list import held_by, looked_at
from cases.queries.enquiries import late_agencies
from cases.queries.messages import addressee
from cases.reference.agencies import Delivery
from cases.reference.checks import CheckKind, EnquiryState
from cases.rules.addresses import address
from cases.rules.checks import IN_SHORT
from cases.rules.words import counted, sentence
from staff.kit import DueRow, Link, on
from staff.permissions import Action, Role
from staff.rules.dates import say_time

MOST = 20  # rows of one sort; their own page has the rest
TROUBLED = (Delivery.FAILED, Delivery.UNSURE)


def rolled_up(user, today):
    """The rows of this reader, what waits for them one by one first."""
    cases = Case.objects.open_to(user, Action.VIEW_WORK).ours()
    match user.role:
        case Role.HUB:
            return [
                *_replies_in_hand(today),
                *_messages(),
                *_queue(user, today),
                *_to_send(cases, today),
                *_late_agencies(cases, today),
            ]
        case Role.SPO | Role.HEAD:
            return list(_late_kinds(cases, user, today))
    return []


def waiting_one_by_one(user):
    """How many replies in hand and messages wait for the hub."""
    return ReplyInHand.objects.unsettled().count() + _troubled().count()


def _replies_in_hand(today):
    waiting = ReplyInHand.objects.unsettled().select_related("by").order_by("at", "key")[:MOST]
    for one in waiting:
        came = localtime(one.at)
        yield DueRow(
            person="Reply in hand",
            what="Say which enquiry it answers",
            due=f"{on(came.date())}, {say_time(came.time())}",
            late=how_late(came.date(), today),
            by=one.by.name,
            rule="A reply that stands on no enquiry is read by nobody.",
            source="local policy",
            next=Link(
                "Find its enquiry",
                reverse("take-in-reply"),
                hidden=f": the reply of {on(came.date())}",
            ),
        )


def _troubled():
    return Message.objects.filter(delivery__in=TROUBLED)


def _messages():
    for one in _troubled().select_related("agency", "user").order_by("at", "pk")[:MOST]:
        to = addressee(one)
        yield DueRow(
            person=f"To {to}",
            what=f"{one.get_kind_display()}: {one.get_delivery_display().lower()}",
            due=on(localtime(one.at).date()),
            by=Role.HUB.title,
            rule="Nobody has read what did not arrive. One that may have gone is not sent again by itself.",
            source="local policy",
            next=Link("Decide", reverse("outbox"), hidden=f"about the message to {to}"),
        )


def _queue(user, today):
    """What waits for the hub of enforcement, as one row: the queue itself is ordered and claimed on its own page."""
    found = looked_at(user).aggregate(n=Count("pk"), first=Min("due_on"))
    if found["n"]:
        mine = held_by(user)
        yield DueRow(
            person=counted(found["n"], "item"),
            what="Work through the queue of enforcement" + (f": {mine} with you" if mine else ""),
            due=on(found["first"]),
            late=how_late(found["first"], today),
            by=Role.HUB.title,
            rule="A letter, a breach pack or a recall that has not gone has no effect.",
            source="local policy",
            next=Link("Open the queue", reverse("hub-queue")),
        )


def _to_send(cases, today):
    """All that is to be sent, as one row."""
    due = Enquiry.objects.filter(case__in=cases, state=EnquiryState.DUE)
    found = due.aggregate(n=Count("pk"), first=Min("due_on"))
    if found["n"]:
        yield DueRow(
            person=counted(found["n"], "enquiry", "enquiries"),
            what="Send the enquiries",
            due=on(found["first"]),
            late=how_late(found["first"], today),
            by=f"{Role.HUB.title}, or the officer",
            rule="A check that was meant and never sent protects nobody.",
            source="local policy, checks",
            next=Link("Send them", reverse("send-batch")),
        )


def _late_agencies(cases, today):
    """Each agency from whom a reply is late."""
    for one in owing_agencies(cases, today):
        if one.overdue:
            name = one.agency.name if one.agency else _kind(one.kind)
            late = f"{one.overdue:,} overdue"
            chase = Link("Chase", reverse("owing-agencies"), hidden=f"at {name}")
            yield _late_row(name, one.open, one.median_days, late, chase)


def _late_kinds(cases, user, today):
    """The same, all agencies of one kind together, and of what is late alone."""
    for one in late_agencies(cases, today):
        name = _kind(one.kind)
        team = user.team.code if user.role == Role.SPO and user.team else "all"
        found = address(
            reverse("checks-desk"), team=team, step="chase", kind=one.kind, overdue=True
        )
        see = Link("Open the list", found, hidden=f"of {name}")
        yield _late_row(name, one.open, one.median_days, f"{one.open:,} overdue", see)


def _kind(kind):
    return sentence(IN_SHORT[CheckKind(kind)])


def _late_row(name, waiting, median, late, then):
    return DueRow(
        person=name,
        what=f"Chase: {waiting:,} open, median {counted(median, 'day')}",
        due="",
        late=late,
        by=Role.HUB.title,
        rule="One e-mail a week asks for all that is late there, by the agency's own turnaround.",
        source="local policy, checks",
        next=then,
    )
