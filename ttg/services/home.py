"""Finding somewhere to go: offers, whether each is safe, what is done for somebody with nowhere, and the nights after.

Source: Through the Gate reference 6, 7 (T4); `ttg.rules.home`. Nothing here refuses release.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from cases.queries.recipients import let_in, owner_and_cover, seniors_of
from cases.rules.leaving import check_still_here
from cases.services.checks import lock_case
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from ttg.models import Custody, HomeOffer, NightStay, NoHomePlan
from ttg.queries.home_safety import found_of, read_by
from ttg.reference.home import OfferState
from ttg.rules.home import is_answered_for, is_safe
from ttg.rules.home_said import (
    check_agreed,
    check_confirmed,
    check_looked,
    check_night,
    check_no_home,
    check_offer,
    check_settled,
)
from ttg.services.owed import owe_release

ENDED = "This stay in prison was ended here, so nothing more is recorded in it."
OVER = "This offer is over. Record it again where it has been made again."
SIGNED = "A plan is signed already. Withdraw it first, so that only one is followed."
WITHDRAWN = "This plan is withdrawn already."
ANSWERED_FOR = (
    "A home is confirmed at the postcode of somebody to be kept safe. Read how that is answered."
)
DOUBTED = "A home that was confirmed is not safe, or not known to be, as the record stands now. Look at it anew."
FALLEN = "A home that was confirmed is confirmed no longer. See why, and what else there is."
NOT_SAID = "Answer at least one question. Nothing is changed by a question left blank."


@transaction.atomic
def offer_home(
    *, custody, kind, lines, offered_by, offered_on, by, today, town="", postcode="", who="", from_on=None
):  # fmt: skip
    """Record a place they could go to. Its safety is then looked at. Returns the `HomeOffer`."""
    case, custody = _lock(custody)
    columns = check_offer(
        lines=lines, town=town, offered_by=offered_by, offered_on=offered_on, from_on=from_on, today=today
    )  # fmt: skip
    made = HomeOffer.objects.create(
        custody=custody,
        kind=kind,
        postcode=" ".join(postcode.upper().split()),
        who=who.strip(),
        recorded_by=by,
        **columns,
    )
    record(by=by, action="offered_home", crn=case.crn, offer=made.pk, kind=str(kind))
    owe_release(case_ids=[case.pk], by=by, today=today)
    return made


@transaction.atomic
def look_at_safety(*, offer, looked, by, now):
    """Say what came of asking. What is not answered stays as it is. Returns the offer.

    A home that is confirmed and turns out unsafe, or unknown, is not confirmed any more, and whoever holds the case and the
    worker hear. `looked`: {code of `Look`: {"said", "words"}}.
    """
    case, offer = _lock_offer(offer)
    if offer.state not in (OfferState.OFFERED, OfferState.CONFIRMED):
        raise RuleBroken(OVER)
    said = check_looked(looked)
    if not said:
        raise RuleBroken(NOT_SAID)
    offer.looked |= said
    today = localdate(now)
    doubted = _is_doubted(case, offer, today)
    if doubted:
        _open_again(offer)
    offer.save()
    record(by=by, action="looked_at_home", crn=case.crn, offer=offer.pk, said={code: one["said"] for code, one in said.items()}, doubted=doubted)  # fmt: skip
    if doubted:
        _tell(_who_relies_on_it(case, offer.custody, today), case, FALLEN, but=by, now=now)
    owe_release(case_ids=[case.pk], by=by, today=today)
    return offer


@transaction.atomic
def confirm_home(*, offer, because, by, now):
    """Call it safe and theirs: only where everything is known and nothing speaks against it. Returns the offer.

    Where somebody to be kept safe is at the same postcode, and the worker has answered for it, the seniors read it. What was planned for the case that they have nowhere to go is withdrawn.
    """
    case, offer = _lock_offer(offer)
    today = localdate(now)
    others = HomeOffer.objects.confirmed().filter(custody=offer.custody_id)
    found = found_of(case, [offer], today)[offer.pk]
    check_confirmed(
        offer.state,
        read_by(by, case, found),  # what refuses it is said as its page says it, to this reader
        another=others.exclude(pk=offer.pk).exists(),
    )
    _settle(offer, OfferState.CONFIRMED, check_agreed(because), by=by, now=now)
    for plan in NoHomePlan.objects.standing().filter(custody=offer.custody_id):
        _withdraw(plan, case, by=by, today=today)
    answered_for = is_answered_for(found)
    record(by=by, action="confirmed_home", crn=case.crn, offer=offer.pk, answered_for=answered_for)
    if answered_for:
        _tell(seniors_of(case, today), case, ANSWERED_FOR, now=now)
    owe_release(case_ids=[case.pk], by=by, today=today)
    return offer


@transaction.atomic
def doubt_home(*, offer, now):
    """Look anew at a home that was confirmed before an order, or the record, changed; whether it still stands so.

    One that is not safe now, or not known to be, is confirmed no longer: whoever holds the case and the worker hear, and a
    home is to be found again. Of somebody who lives there already its page warns.
    """
    case = lock_case(offer.custody.case)
    offer = HomeOffer.objects.select_related("custody__worker").get(pk=offer.pk)
    custody, today = offer.custody, localdate(now)
    if (
        case.left_as
        or custody.ended_on
        or custody.released_on
        or not _is_doubted(case, offer, today)
    ):
        return offer.state == OfferState.CONFIRMED
    _open_again(offer)
    offer.save()
    record(by=None, action="doubted_home", crn=case.crn, offer=offer.pk)
    _tell(_who_relies_on_it(case, custody, today), case, DOUBTED, now=now)
    owe_release(case_ids=[case.pk], by=None, today=today)
    return False


@transaction.atomic
def settle_offer(*, offer, state, because, by, now):
    """Say that it is not safe, was declined or was taken back. Of one that was confirmed whoever holds the case and the
    worker hear. Returns the offer."""
    case, offer = _lock_offer(offer)
    relied_on, today = offer.state == OfferState.CONFIRMED, localdate(now)
    _settle(offer, state, check_settled(offer.state, state, because), by=by, now=now)
    record(by=by, action="settled_home_offer", crn=case.crn, offer=offer.pk, state=str(state))
    if relied_on:
        _tell(_who_relies_on_it(case, offer.custody, today), case, FALLEN, but=by, now=now)
    owe_release(case_ids=[case.pk], by=by, today=today)
    return offer


@transaction.atomic
def sign_no_home_plan(*, custody, tonight, looked_for, rings, by, now):
    """A senior signs what is done for somebody with nowhere to go. Returns the `NoHomePlan`."""
    case, custody = _lock(custody)
    housed = HomeOffer.objects.confirmed().filter(custody=custody).exists()
    columns = check_no_home(tonight=tonight, looked_for=looked_for, rings=rings, housed=housed)
    if NoHomePlan.objects.standing().filter(custody=custody).exists():
        raise RuleBroken(SIGNED)
    made = NoHomePlan.objects.create(custody=custody, signed_at=now, signed_by=by, **columns)
    record(by=by, action="signed_no_home_plan", crn=case.crn, plan=made.pk)
    owe_release(case_ids=[case.pk], by=by, today=localdate(now))
    return made


@transaction.atomic
def withdraw_no_home_plan(*, plan, by, today):
    """It is followed no longer. Returns the plan."""
    case, _ = _lock(plan.custody)
    plan = NoHomePlan.objects.get(pk=plan.pk)
    if plan.withdrawn_on:
        raise RuleBroken(WITHDRAWN)
    _withdraw(plan, case, by=by, today=today)
    owe_release(case_ids=[case.pk], by=by, today=today)
    return plan


@transaction.atomic
def say_night(*, custody, night, stays, by, today, words=""):
    """Say where they were on a night after release, or put right what was said of it. Returns the `NightStay`."""
    case, custody = _lock(custody)
    words = check_night(released_on=custody.released_on, night=night, stays=stays, words=words, today=today)  # fmt: skip
    said = {"stays": stays, "words": words, "said_on": today, "said_by": by}
    made, is_new = NightStay.objects.update_or_create(custody=custody, night=night, defaults=said)
    action = "said_night" if is_new else "corrected_night"
    record(by=by, action=action, crn=case.crn, night=str(night), stays=str(stays))
    owe_release(case_ids=[case.pk], by=by, today=today)
    return made


def _lock(custody):
    case = lock_case(custody.case)
    check_still_here(case.left_as)
    custody = Custody.objects.get(pk=custody.pk)
    if custody.ended_on:
        raise RuleBroken(ENDED)
    return case, custody


def _lock_offer(offer):
    case, custody = _lock(offer.custody)
    offer = HomeOffer.objects.get(pk=offer.pk)
    offer.custody = custody
    return case, offer


def _is_doubted(case, offer, today):
    return offer.state == OfferState.CONFIRMED and not is_safe(found_of(case, [offer], today)[offer.pk])  # fmt: skip


def _open_again(offer):
    """As it was before it was confirmed."""
    offer.state, offer.because = OfferState.OFFERED, ""
    offer.settled_at = offer.settled_by = None


def _who_relies_on_it(case, custody, today):
    """Who goes by a home that is confirmed: whoever holds the case, and the worker."""
    return [*owner_and_cover(case, today), *let_in(case, {custody.worker_id} - {None})]


def _tell(users, case, text, *, now, but=None):
    """Each once, with the way to the page and no address. `but`: who did it, and knows."""
    told = {one.pk: one for one in users if one != but}
    href = reverse("release-home", args=[case.crn])
    users = [told[pk] for pk in sorted(told)]
    tell(case=case, users=users, text=f"{case.crn}: {text}", href=href, now=now)


def _settle(offer, state, because, *, by, now):
    offer.state, offer.because = state, because
    offer.settled_at, offer.settled_by = now, by
    offer.save()


def _withdraw(plan, case, *, by, today):
    plan.withdrawn_on = today
    plan.save()
    record(by=by, action="withdrew_no_home_plan", crn=case.crn, plan=plan.pk)
