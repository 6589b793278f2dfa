"""The e-mail by which a referral goes to its service: which message it is, and how far it has come.

It is a message of the outbox with no words in it: they are put together as it goes, with a link of which only a digest
is kept. Source: `ttg.services.referral_mail`.
"""

from cases.agencies.handing_over import carried
from cases.models import Message
from cases.reference.agencies import Delivery, Means, MessageKind
from staff.kit import Line
from ttg.models import Referral
from ttg.queries.links import say_moment

BY_HAND = "make a link to answer and send it yourself."
WORDS = {
    Delivery.WAITING: "The system sends it within minutes.",
    Delivery.GOING: "It is going at this moment.",
    Delivery.UNSURE: f"The line broke while it went. Ring them, or {BY_HAND}",
    Delivery.FAILED: f"Look at the address in the book of services, and {BY_HAND}",
}


def may_mail(referral):
    """Whether the system carries it: the service has an address, and somebody here carries e-mail."""
    return bool(referral.service.email) and Means.EMAIL in carried()


def key_of(referral):
    """The same referral goes once: the key of its message is unique, whatever runs twice."""
    return f"referral-{referral.pk}"


def mail_of(referral):
    """The message by which a referral goes, or None."""
    return _mail().filter(key=key_of(referral)).first()


def referral_of(message):
    """The referral that a message takes to its service, as it stands now."""
    found = Referral.objects.select_related(
        "service", "made_by", "need__custody__prison", "need__custody__case"
    ).filter(need__custody__case=message.case_id)
    return next((one for one in found if key_of(one) == message.key), None)


def mail_line(referral):
    """Where its e-mail is, for its page; None where there is none."""
    mail = mail_of(referral)
    if mail is None:
        return None
    said = Delivery(mail.delivery)
    when = f" {say_moment(mail.settled_at)}" if said == Delivery.SENT else ""
    return Line("E-mail", f"{said.title}{when}", detail=WORDS.get(said, ""))


def not_gone(referrals):
    """{referral: in words}, of those whose e-mail a person must see to. One statement."""
    keys = {key_of(one): one.pk for one in referrals}
    held = _mail().filter(key__in=keys, delivery__in=[Delivery.FAILED, Delivery.UNSURE])
    return {
        keys[key]: f"E-mail: {Delivery(state).title.lower()}"
        for key, state in held.values_list("key", "delivery")
    }


def _mail():
    return Message.objects.filter(kind=MessageKind.REFERRAL)
