"""Handing one e-mail to the provider's mail server, and saying what is known of it afterwards.

Source: architecture, the outbox: what may have gone is never sent again by itself.
"""

import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from cases.models import DocumentContent


class NotSent(Exception):
    """The server was not reached, or refused it: it has certainly not gone."""


class MayHaveGone(Exception):
    """The line broke while it was being handed over."""


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
    """The same key gives the same Message-ID, so that a second copy can be known for one."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    email = EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[message.address],
        headers={"Message-ID": f"<{message.key}@{domain}>"},
        connection=connection,
    )
    if message.document:
        content = DocumentContent.objects.get(document=message.document).content
        document = message.document
        email.attach(document.name, bytes(content), document.media_type)
    return email
