"""Telling staff about a site, by e-mail and by text, at any hour; each message once by its key.

What is said names staff, a site and a time, and nobody on probation. Source: report 2.3.
"""

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Message
from cases.reference.agencies import Means, MessageKind
from cases.rules.words import ended
from staff.rules.dates import say_time

BODY = """{text}

Look at {link}
"""


def said_time(at):
    return say_time(localtime(at))


@transaction.atomic
def tell_staff(*, users, subject, text, href, key, now):
    """Tell each of these users at once. Returns how many messages were written."""
    body = BODY.format(text=ended(text), link=f"{settings.SITE_URL}{href}")
    return len(
        Message.objects.bulk_create(
            [
                Message(
                    key=f"{key}-{one.pk}-{means}",
                    kind=MessageKind.ALERT,
                    user=one,
                    means=means,
                    address=address,
                    subject=subject,
                    body=body,
                    not_before=now,
                    at=now,
                )
                for one in users
                for means, address in ((Means.EMAIL, one.email), (Means.TEXT, one.mobile))
                if address
            ],
            ignore_conflicts=True,
        )
    )
