"""Telling whoever watches a visit, on their first page, by e-mail and by text; never at a quiet hour's pleasure.

What is said names staff and a time, and nothing of the case: a buddy need not be able to open it. Source:
report 2.3; supervision reference 3.4.
"""

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Message, Notice
from cases.queries.visit_watch import page_of
from cases.reference.agencies import Means, MessageKind
from cases.rules.words import ended
from staff.models import User
from staff.rules.dates import say_time

SUBJECT = "Home visit: please look now"
BODY = """{text}

Look at {link}
"""


def said_time(at):
    return say_time(localtime(at))


@transaction.atomic
def tell_about_visit(*, visit, users, text, key, now):
    """Tell each of these users at once, each message once by its key. Returns the notices."""
    text = ended(text)
    case = visit.appointment.contact.case
    notices = Notice.objects.bulk_create(
        [Notice(user=one, case=case, text=text, href=page_of(visit), at=now) for one in users]
    )
    body = BODY.format(text=text, link=f"{settings.SITE_URL}{page_of(visit)}")
    Message.objects.bulk_create(
        [
            Message(
                key=f"visit-{visit.pk}-{key}-{one.pk}-{means}",
                kind=MessageKind.ALERT,
                user=one,
                means=means,
                address=address,
                subject=SUBJECT,
                body=body,
                # Before whatever else waits to go
                not_before=min(visit.set_out_at or now, now),
                at=now,
            )
            for one in users
            for means, address in ((Means.EMAIL, one.email), (Means.TEXT, one.mobile))
            if address
        ],
        ignore_conflicts=True,
    )
    return notices


def told_of(visit):
    """Whoever has been told something of this visit since it was set out for: its buddy, and whoever was alarmed."""
    told = Notice.objects.filter(
        case=visit.appointment.contact.case, href=page_of(visit), at__gte=visit.set_out_at
    )
    return list(User.objects.filter(pk__in=told.values("user"), is_active=True).order_by("pk"))
