"""Handing one e-mail to the provider's mail server, and saying what is known of it afterwards.

Source: architecture, the outbox: what may have gone is never sent again by itself.
"""

import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from cases.agencies.failures import MayHaveGone, NotSent
from cases.models import DocumentContent
from cases.reference.agencies import MessageKind


def hand_over(message):
    """Give this message to the mail server. Raises NotSent or MayHaveGone, from what went wrong."""
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as problem:
        raise NotSent from problem
    try:
        _as_email(message, connection).send()
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as problem:
        raise NotSent from problem
    except (OSError, smtplib.SMTPException) as problem:
        raise MayHaveGone from problem
    finally:
        connection.close()


def _as_email(message, connection):
    """The same key gives the same Message-ID, so that a second copy can be known for one.

    What goes to a person on probation is from an address, and has an id, that do not say who we are.
    """
    reminds = message.kind in {MessageKind.REMINDER, MessageKind.LETTER}
    sender = settings.REMIND_FROM if reminds else settings.DEFAULT_FROM_EMAIL
    domain = parseaddr(sender)[1].rpartition("@")[2]
    email = EmailMessage(
        subject=message.subject,
        body=message.body,
        from_email=sender,
        to=[message.address],
        headers={"Message-ID": f"<{message.key}@{domain}>"},
        connection=connection,
    )
    if message.document:
        content = DocumentContent.objects.get(document=message.document).content
        document = message.document
        email.attach(document.name, bytes(content), document.media_type)
    return email
