"""Asking a community service to meet a need, step by step, until somebody there has seen the person.

Each step is kept as a `ReferralStep`. Source: Through the Gate reference 6, 7 (T1, T3); `ttg.rules.referrals`.
"""

from dataclasses import replace

from django.db import transaction
from django.utils.timezone import localdate

from cases.queries.kept import kept_of
from cases.rules.leaving import check_still_here
from cases.rules.restrictions import check_gives_nothing_away
from cases.services.checks import lock_case
from staff.audit import record
from staff.errors import RuleBroken
from ttg.models import Need, Referral, ReferralStep, ReplyLink, Service
from ttg.reference.referrals import NeedState, ReferralState, SentHow
from ttg.rules.referrals import (
    BY_LINK,
    check_answer,
    check_attended,
    check_consent,
    check_duty,
    check_first,
    check_may_send,
    check_over,
    check_step,
    check_tells,
    is_welsh,
)
from ttg.services.owed import owe_release
from ttg.services.referral_outbox import stop_mail

CHANGED = "This referral was sent already, so what it tells cannot be changed. Take it back and draft another."


@transaction.atomic
def draft_referral(
    *, need, service, consent, consent_on, tells, by, now, under_duty=False, chosen_because=""
):
    """Write down what a service would be told, to be read before it is sent. Returns the `Referral`."""
    case, today = lock_case(need.custody.case), localdate(now)
    check_still_here(case.left_as)
    need = Need.objects.select_related("custody__prison").get(pk=need.pk)
    if need.state != NeedState.OPEN:
        raise RuleBroken("This need is settled, so nobody is asked to meet it.")
    if not Service.objects.current(today).filter(pk=service.pk).exists():
        raise RuleBroken(f"{service.name} takes nobody any more. Choose another service.")
    if need.referrals.running().filter(service=service).exists():
        raise RuleBroken(f"{service.name} is asked to meet this need already.")
    said = _check_draft(
        case, need, service,
        consent=consent, consent_on=consent_on, tells=tells, under_duty=under_duty,
        chosen_because=chosen_because, today=today,
    )  # fmt: skip
    made = Referral.objects.create(need=need, service=service, made_at=now, made_by=by, **said)
    return _step(made, case, "drafted_referral", by=by, now=now)


@transaction.atomic
def change_draft(*, referral, consent, consent_on, tells, under_duty, chosen_because, by, now):
    """Change what would be told, or that they agree, before it is sent. Returns the referral."""
    referral, case = _lock(referral)
    check_still_here(case.left_as)
    if referral.state != ReferralState.DRAFTED:
        raise RuleBroken(CHANGED)
    said = _check_draft(
        case, referral.need, referral.service,
        consent=consent, consent_on=consent_on, tells=tells, under_duty=under_duty,
        chosen_because=chosen_because, today=localdate(now),
    )  # fmt: skip
    for name, value in said.items():
        setattr(referral, name, value)
    referral.save()
    record(by=by, action="changed_referral", crn=case.crn, referral=referral.pk)
    return referral


@transaction.atomic
def send_referral(*, referral, how, by, now):
    """Say that it goes to the service now, and how. Returns the referral."""
    referral, case = _lock(referral)
    check_still_here(case.left_as)
    check_step(referral.state, ReferralState.SENT)
    check_may_send(consent=referral.consent, how=how, email=referral.service.email)
    referral.sent_at, referral.sent_how = now, how
    return _move(referral, case, ReferralState.SENT, by=by, now=now, words=SentHow(how).title)


@transaction.atomic
def record_answer(
    *,
    referral,
    answer,
    received_by,
    by,
    now,
    first_at=None,
    first_where="",
    first_postcode="",
    because="",
):
    """What the service said to one of us, by whom there. Returns the referral."""
    referral, case = _lock(referral)
    check_still_here(case.left_as)
    return take_answer(
        referral, case,
        answer=answer, received_by=received_by, first_at=first_at, first_where=first_where,
        first_postcode=first_postcode, because=because, by=by, now=now,
    )  # fmt: skip


def take_answer(
    referral, case, *, answer, received_by, first_at, first_where, first_postcode, because, by, now
):
    """The same for whoever heard it: one of us, or the service by its link, when `by` is nobody. Its case is locked."""
    received_by, because = check_answer(
        was=referral.state, answer=answer, received_by=received_by, because=because
    )
    referral.received_by = received_by
    if answer == ReferralState.BOOKED:
        _book(referral, first_at, first_where, first_postcode)
    if answer == ReferralState.REJECTED:
        referral.because = because
    return _move(referral, case, answer, by=by, now=now, by_whom=received_by, words=because)


@transaction.atomic
def book_first(*, referral, at, where, by, now, postcode=""):
    """The first appointment at a service that has taken them on, or another day for it. Returns the referral."""
    referral, case = _lock(referral)
    check_still_here(case.left_as)
    check_step(referral.state, ReferralState.BOOKED)
    if not referral.received_by:
        raise RuleBroken("Record first who at the service has it, and what they said.")
    _book(referral, at, where, postcode)
    return _move(referral, case, ReferralState.BOOKED, by=by, now=now)


@transaction.atomic
def tell_person(*, referral, on, by, today):
    """The person has been told of their first appointment. Returns the referral."""
    referral, case = _lock(referral)
    check_still_here(case.left_as)
    if referral.state != ReferralState.BOOKED:
        raise RuleBroken("There is no first appointment to tell them of.")
    if on > today:
        raise RuleBroken("They cannot have been told on a day still to come.")
    if on < localdate(referral.sent_at):
        raise RuleBroken("They cannot have been told before the referral was sent.")
    referral.person_told_on = on
    referral.save()
    record(by=by, action="told_of_referral", crn=case.crn, referral=referral.pk)
    owe_release(case_ids=[case.pk], by=by, today=today)
    return referral


@transaction.atomic
def say_attended(*, referral, came, words, by, now):
    """Whether they went to the first appointment. Returns the referral."""
    referral, case = _lock(referral)
    check_still_here(case.left_as)
    becomes = ReferralState.ATTENDED if came else ReferralState.MISSED
    check_step(referral.state, becomes)
    words = check_attended(first_at=referral.first_at, now=now, came=came, words=words)
    referral.because = "" if came else words
    return _move(referral, case, becomes, by=by, now=now, words=words)


@transaction.atomic
def withdraw_referral(*, referral, because, by, now):
    """Take it back. Also of somebody who has left us: the service need not wait for them. Returns the referral."""
    return _end(referral, ReferralState.WITHDRAWN, because, by=by, now=now)


@transaction.atomic
def close_referral(*, referral, because, by, now):
    """Nothing more is waited for here. Returns the referral."""
    return _end(referral, ReferralState.CLOSED, because, by=by, now=now)


def revoke_links(referral, *, now):
    """No link made so far answers it any more."""
    standing = ReplyLink.objects.filter(referral=referral, used_at=None, revoked_at=None)
    return standing.update(revoked_at=now)


def _end(referral, becomes, because, *, by, now):
    referral, case = _lock(referral)
    check_step(referral.state, becomes)
    referral.because = check_over(because)
    return _move(referral, case, becomes, by=by, now=now, words=referral.because)


def _check_draft(case, need, service, *, consent, consent_on, tells, under_duty, chosen_because, today):  # fmt: skip
    """What is kept of a draft, once every rule has let it pass."""
    consent_on = check_consent(consent=consent, consent_on=consent_on, today=today)
    tells = check_tells(tells)
    check_gives_nothing_away(replace(kept_of(case), home=""), what_the_service_is_told=tells)
    prison = need.custody.prison
    chosen_because = check_duty(
        under_duty=under_duty,
        kind=service.kind,
        consent=consent,
        chosen_because=chosen_because,
        housed=need.custody.offers.confirmed().exists(),
        welsh=is_welsh(prison.postcode) if prison else False,
    )
    return {
        "consent": consent,
        "consent_on": consent_on,
        "tells": tells,
        "under_duty": under_duty,
        "chosen_because": chosen_because,
    }


def _book(referral, at, where, postcode):
    """The first appointment. Whoever was told of another has not been told of this one."""
    where = check_first(at=at, where=where, sent_at=referral.sent_at)
    if (at, where) != (referral.first_at, referral.first_where):
        referral.person_told_on = None
    referral.first_at, referral.first_where = at, where
    referral.first_postcode = postcode.strip()


def _lock(referral):
    """As it stands now, its case locked first."""
    case = lock_case(referral.need.custody.case)
    found = Referral.objects.select_related("need__custody__prison", "service")
    return found.get(pk=referral.pk), case


def _move(referral, case, becomes, *, by, now, by_whom="", words=""):
    referral.state = becomes
    referral.save()
    if becomes not in BY_LINK:
        revoke_links(referral, now=now)
    if becomes != ReferralState.SENT:
        stop_mail(referral, case, by=by, now=now)
    return _step(referral, case, "moved_referral", by=by, now=now, by_whom=by_whom, words=words)


def _step(referral, case, action, *, by, now, by_whom="", words=""):
    """Keep the step, write it to the audit trail, and settle what is owed now."""
    ReferralStep.objects.create(
        referral=referral, state=referral.state, at=now, by=by, by_whom=by_whom, words=words
    )
    record(by=by, action=action, crn=case.crn, referral=referral.pk, state=str(referral.state))
    owe_release(case_ids=[case.pk], by=by, today=localdate(now))
    referral.need.custody.case = case
    return referral
