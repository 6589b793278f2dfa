"""Sending referrals to services by e-mail, each once, in words put together as it goes.

The e-mail holds a link of which nothing but a digest is kept, so it cannot lie in the outbox: it is written in the
transaction that marks the message as going, and handed over at once. What is tried again, or sent again by a person, has
a new link, and the one before stops working. Source: `cases.services.messages`; Through the Gate reference 7 (T1).
"""

from copy import copy

from cases.models import Case
from cases.reference.agencies import MessageKind
from cases.services.messages import Writer, send_waiting
from staff.errors import RuleBroken
from ttg.queries.referral_mail import referral_of
from ttg.queries.referrals import link_address, said_of
from ttg.reference.referrals import Consent, ReferralState
from ttg.rules.letters import email, subject
from ttg.services.links import new_link
from ttg.services.referral_outbox import stop_mail


def send_referrals(*, now):
    """Send those that wait. Returns how many went. Any number may run at once."""
    return send_waiting(now=now, writer=Writer(MessageKind.REFERRAL, write_mail))


def write_mail(message, now):
    """The e-mail as it goes, or None: stopped where the referral stands elsewhere by now, left where its case is busy."""
    free = Case.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    case = free.filter(pk=message.case_id).first()
    if case is None:
        return None
    referral = referral_of(message)
    if referral.state != ReferralState.SENT or referral.consent != Consent.AGREED or case.left_as:
        stop_mail(referral, case, by=None, now=now)
        return None
    sent = referral.steps.filter(state=ReferralState.SENT).select_related("by").last()
    try:
        link, token = new_link(referral, case, by=sent.by if sent else referral.made_by, now=now)
    except RuleBroken:  # so long after release that none is made
        stop_mail(referral, case, by=None, now=now)
        return None
    said = said_of(referral, link=link_address(token), until=link.expires_at)
    goes = copy(message)
    goes.address = message.address = referral.service.email or message.address
    goes.subject, goes.body = subject(said), email(said)
    goes.key = f"{message.key}-{link.pk}"  # of the e-mail: another link is another e-mail
    return goes
