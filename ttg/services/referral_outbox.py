"""Putting the e-mail to a service into the outbox, and stopping it before it goes. Its case is locked by whoever asks."""

from cases.models import Message
from cases.reference.agencies import Delivery, MessageKind
from staff.audit import record
from staff.errors import RuleBroken
from ttg.queries.referral_mail import key_of

NOT_GONE = (Delivery.WAITING, Delivery.UNSURE, Delivery.FAILED)


def arrange_mail(referral, case, *, by, now):
    """Have the next sweep of the outbox take it to the service. It has no words yet: nobody can read the link here."""
    mail = Message.objects.create(
        key=key_of(referral),
        kind=MessageKind.REFERRAL,
        case=case,
        address=referral.service.email,
        not_before=now,
        at=now,
    )
    record(
        by=by, action="arranged_referral_mail", crn=case.crn, referral=referral.pk, message=mail.pk
    )
    return mail


def stop_mail(referral, case, *, by, now, also_going=True):
    """Stop it where it has not gone, since the referral has gone on or somebody tells them another way.

    What is being handed over goes; refused where that may not be (`also_going` false).
    """
    found = Message.objects.select_for_update(of=("self",)).filter(key=key_of(referral))
    mail = found.first()
    if mail is None:
        return
    if mail.delivery == Delivery.GOING and not also_going:
        raise RuleBroken(
            "The e-mail is going at this moment. Look at the referral again in a minute."
        )
    if mail.delivery in NOT_GONE:
        mail.delivery, mail.settled_at = Delivery.CANCELLED, now
        mail.save()
        record(
            by=by,
            action="stopped_referral_mail",
            crn=case.crn,
            referral=referral.pk,
            message=mail.pk,
        )
