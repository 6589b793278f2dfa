"""The link by which a service answers one referral, once, without signing in. Only a digest of it is kept.

Source: Through the Gate reference 7 (T1); `ttg.rules.links`. A token is never logged, audited or kept.
"""

from secrets import token_urlsafe

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from cases.queries.recipients import let_in, owner_and_cover
from cases.rules.leaving import check_still_here
from cases.services.checks import lock_case
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from ttg.models import Referral, ReplyLink
from ttg.queries.links import find_link, link_facts
from ttg.queries.policy import release_policy
from ttg.queries.referral_mail import may_mail
from ttg.reference.referrals import ReferralState, SentHow
from ttg.rules.links import BITS, check_may_link, digest_of, expires_at, why_not
from ttg.services.referral_outbox import arrange_mail, stop_mail
from ttg.services.referrals import revoke_links, send_referral, take_answer

BOOKED_NOT_PAST = "The first appointment must be still to come."


@transaction.atomic
def make_reply_link(*, referral, by, now):
    """Make a link to be sent by hand, in place of any before; an e-mail of ours that has not gone is stopped.

    Returns (the `ReplyLink`, its token, which nobody can find out again).
    """
    case = lock_case(referral.need.custody.case)
    check_still_here(case.left_as)
    referral = Referral.objects.select_related("need__custody").get(pk=referral.pk)
    made = new_link(referral, case, by=by, now=now)
    stop_mail(referral, case, by=by, now=now, also_going=False)
    return made


def new_link(referral, case, *, by, now):
    """The same for whoever sends it, a person or the system. Its case is locked."""
    check_may_link(referral.state)
    until = expires_at(
        localtime(now),
        link_days=release_policy(localdate(now)).link_days,
        release_on=referral.need.custody.released_on or referral.need.custody.release_on,
    )
    revoke_links(referral, now=now)
    token = token_urlsafe(BITS // 8)
    link = ReplyLink.objects.create(
        referral=referral, digest=digest_of(token), made_at=now, made_by=by, expires_at=until
    )
    record(by=by, action="made_reply_link", crn=case.crn, referral=referral.pk, link=link.pk)
    return link, token


@transaction.atomic
def send_with_link(*, referral, how, by, now):
    """Send it; by e-mail with a link to answer by, which the system sends itself where somebody carries e-mail here.

    Returns (the referral, the token for whoever sends the words by hand; blank where nobody need do so).
    """
    sent = send_referral(referral=referral, how=how, by=by, now=now)
    if how != SentHow.EMAIL:
        return sent, ""
    if may_mail(sent):
        arrange_mail(sent, sent.need.custody.case, by=by, now=now)
        return sent, ""
    _, token = make_reply_link(referral=sent, by=by, now=now)
    return sent, token


@transaction.atomic
def open_reply_link(*, token, origin, now):
    """The link, where it works; None where it does not, whyever. Kept in the audit trail either way.

    `origin`: a hash of where it was opened from, by which too many that do not work are held back.
    """
    link = find_link(token)
    if why := why_not(link_facts(link), now):
        return refuse_link(link, why, origin)
    ReplyLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=now)
    record(by=None, action="opened_reply_link", crn=_case(link).crn, link=link.pk)
    return link


@transaction.atomic
def answer_reply_link(*, token, origin, received_by, answer, now, first_at=None, first_where="", because=""):  # fmt: skip
    """The service's answer, once. Whoever holds the case hears of it. None where the link does not work (any more)."""
    link = find_link(token)
    if why := why_not(link_facts(link), now):
        return refuse_link(link, why, origin)
    case = lock_case(_case(link))
    link = find_link(token)  # again, now that nobody else can answer it
    if why := why_not(link_facts(link), now):
        return refuse_link(link, why, origin)
    if answer == ReferralState.BOOKED and first_at and first_at < now:
        raise RuleBroken(BOOKED_NOT_PAST)
    referral = link.referral
    link.used_at = now
    link.save()
    take_answer(
        referral, case,
        answer=answer, received_by=received_by, first_at=first_at, first_where=first_where,
        first_postcode="", because=because, by=None, now=now,
    )  # fmt: skip
    record(by=None, action="answered_by_link", crn=case.crn, referral=referral.pk, link=link.pk)
    _tell(case, referral, now=now)
    return referral


def refuse_link(link, why, origin):
    """Keep that a link did not work, and nothing that would tell which one somebody tried. Returns None."""
    crn = _case(link).crn if link else ""
    record(
        by=None, action="refused_reply_link", crn=crn, refused=True, why=why, origin=origin,
        link=link.pk if link else None,
    )  # fmt: skip


def _case(link):
    return link.referral.need.custody.case


def _tell(case, referral, *, now):
    """Whoever holds the case, whoever sent it, and the worker: each at once."""
    custody, today = referral.need.custody, localdate(now)
    others = {referral.made_by_id, custody.worker_id} - {None}
    told = {one.pk: one for one in [*owner_and_cover(case, today), *let_in(case, others)]}
    said = ReferralState(referral.state).title
    tell(
        case=case,
        users=[told[key] for key in sorted(told)],
        text=f"{referral.service.name} has answered a referral of {case.crn}: {said}.",
        href=reverse("referral", args=[case.crn, referral.pk]),
        now=now,
    )
