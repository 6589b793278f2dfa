"""The one way out for a message: whoever carries its means takes it, or says what is known of it."""

from django.conf import settings

from cases.agencies import mail, texts
from cases.reference.agencies import Means

CARRIERS = {Means.EMAIL: mail.hand_over, Means.TEXT: texts.hand_over}


def hand_over(message):
    """Give this message to the carrier of its means. Raises NotSent or MayHaveGone, from what went wrong."""
    CARRIERS[Means(message.means)](message)


def carried():
    """The means for which somebody carries messages here."""
    ready = {Means.EMAIL: settings.EMAIL_READY, Means.TEXT: settings.TEXT_READY}
    return [means for means, is_ready in ready.items() if is_ready]
