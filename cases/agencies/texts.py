"""Handing one text message to whoever the settings say carries it, and saying what is known of it afterwards.

Sources: architecture, the outbox; GOV.UK Notify, REST API and Python client (a text is a template with one
blank, filled with our words; the reference is our key, by which it is found there; 4xx refuses it). Notify
may send twice what it is given twice, so whatever is not plainly refused is left to a person.
"""

from pathlib import Path
from tempfile import NamedTemporaryFile

import requests
from django.conf import settings
from notifications_python_client.errors import APIError, HTTPError
from notifications_python_client.notifications import NotificationsAPIClient
from urllib3.exceptions import MaxRetryError, NewConnectionError

from cases.agencies.failures import MayHaveGone, NotSent

BLANK = "text"  # the name of the blank in the template


def hand_over(message):
    """Give this text to its carrier. Raises NotSent or MayHaveGone, from what went wrong."""
    carrier = settings.TEXTS.get("by")
    if carrier == "notify":
        _to_notify(message, **settings.TEXTS)
    elif carrier == "folder":
        _to_folder(message, Path(settings.TEXTS["folder"]))
    else:
        raise NotSent("no sender")


def _to_folder(message, folder):
    """A file for each time it is handed over, so that a second copy would be seen."""
    try:
        with NamedTemporaryFile(
            "w", dir=folder, prefix=f"{message.key}.", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write(f"To: {message.address}\n\n{message.body}\n")
    except OSError as problem:
        raise NotSent from problem


def _to_notify(message, *, by, key, address, template, sender):
    client = NotificationsAPIClient(key, base_url=address, timeout=settings.TEXT_TIMEOUT)
    try:
        client.send_sms_notification(
            phone_number=message.address,
            template_id=template,
            personalisation={BLANK: message.body},
            reference=message.key,
            sms_sender_id=sender,
        )
    except HTTPError as problem:
        said = f"HTTP {problem.status_code}" if problem.response is not None else ""
        raise (NotSent if _never_left(problem) else MayHaveGone)(said) from problem.__cause__
    except APIError as problem:  # an answer that is no answer of theirs
        raise MayHaveGone from problem
    finally:
        client.request_session.close()


def _never_left(problem):
    """Whether it was plainly refused, or nobody was there to take it."""
    if problem.response is not None:
        return 400 <= problem.status_code < 500
    cause = problem.__cause__
    if isinstance(cause, requests.ConnectTimeout):
        return True
    reason = cause.args[0] if cause.args else None
    return isinstance(reason, MaxRetryError) and isinstance(reason.reason, NewConnectionError)
