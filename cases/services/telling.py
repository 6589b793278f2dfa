"""Telling staff at once: a notice on their first page, and an e-mail that names nobody.

Source: product rules (SPO and owner told at once; quiet hours; nothing twice). A notice and the e-mail
that points to it are written in the transaction of the act they tell of; a sweep sends the e-mail.
"""

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Message, Notice
from cases.reference.agencies import MessageKind
from cases.rules.quiet import not_before
from cases.services.policy import clocks

ALERT = """Something has come in about {crn} that you should see.

{link}

Nothing more is said in an e-mail. Sign in to read it.
"""


@transaction.atomic
def tell(*, case, users, text, href, now, urgent=False, for_information=False):
    """Tell each of these users, once. `text` holds no name of a person; `href` is the exact page.

    `urgent`: somebody could be hurt, so quiet hours do not hold it back. `for_information`: it asks for nothing and is
    about nobody's safety, so that it may be said to be read together with others. Returns the notices.
    """
    notices = Notice.objects.bulk_create(
        [
            Notice(
                user=one, case=case, text=text, href=href, for_information=for_information, at=now
            )
            for one in users
        ]
    )
    local = localtime(now)
    goes_at = not_before(local, urgent=urgent, extra=clocks(local.date()).extra_bank_holidays)
    Message.objects.bulk_create(
        [
            Message(
                key=f"alert-{notice.pk}",
                kind=MessageKind.ALERT,
                user=notice.user,
                address=notice.user.email,
                subject=f"To read: {case.crn}",
                body=ALERT.format(crn=case.crn, link=f"{settings.SITE_URL}{href}"),
                not_before=goes_at,
                at=now,
            )
            for notice in notices
            if notice.user.email
        ]
    )
    return notices
