"""An officer's answer to what is proposed, a referral of their own, and taking somebody off the waiting list.

Sources: HMIP Thames Valley CRC 2018, Annex 3 and 2.3; features 72 to 75. What is proposed by itself is written in
`grid.services.proposals`; which state may follow which is `grid.rules.group_states`.
"""

from django.db import transaction
from django.utils.timezone import localdate

from cases.models import Case
from cases.rules.leaving import check_still_here
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline
from grid.models import Referral, SeriesPlace
from grid.queries.referrals import Beside, beside
from grid.reference.groups import Because, PlaceState, ReferralState
from grid.reference.interventions import INTERVENTIONS
from grid.rules import proposals as rules
from grid.rules.answering import check_words, why_not_refer
from grid.rules.group_states import check_referral
from grid.rules.unmet import WAITS_NO_MORE
from grid.services.intervention_policy import intervention_policy
from grid.services.policy import grid_policy
from grid.services.proposals import OWES
from grid.services.unmet import close_needs_of
from staff.audit import record
from staff.errors import RuleBroken

IN_A_SERIES = "They have a place in a series of it. Take them out of the series first."


@transaction.atomic
def accept(*, referral, by, now):
    """Accept what is proposed: they are on the waiting list, with their place in it from the day it was proposed."""
    referral = _lock(referral, ReferralState.ACCEPTED)
    referral.waiting_since = referral.proposed_on
    return _answer(referral, ReferralState.ACCEPTED, "accepted_referral", by=by, now=now)


@transaction.atomic
def decline(*, referral, because, words, by, now):
    """Decline what is proposed, for a reason and in words. It is not proposed again for 26 weeks. `because`: a Because."""
    referral = _lock(referral, ReferralState.DECLINED)
    _decline(referral, because, check_words(words), by=by, now=now)
    return referral


@transaction.atomic
def withdraw(*, referral, because, by, now):
    """Take somebody off the waiting list, and say why. What was still to be decided for want of a place goes with it.

    A place that is kept for them is let go within a minute (`grid.services.group_sweep`), which holds its series first.
    """
    referral = _lock(referral, ReferralState.WITHDRAWN)
    words, today = check_words(because), localdate(now)
    taken = SeriesPlace.objects.filter(referral=referral, state=PlaceState.TAKEN, instead=False)
    if taken.exists():
        raise RuleBroken(IN_A_SERIES)
    referral.state, referral.closed_on = ReferralState.WITHDRAWN, today
    referral.closed_because = words[: rules.LONGEST_CLOSED]
    referral.save(update_fields=["state", "closed_on", "closed_because"])
    close_needs_of(referral=referral, because=WAITS_NO_MORE, by=by, today=today)
    _record(referral, "withdrew_referral", by)
    return referral


@transaction.atomic
def refer_by_hand(*, case, code, because, by, now):
    """Refer somebody to one that suits, or that may suit, straight onto the waiting list. Returns the referral.

    `because` says why this one, and why it is right although not everything is known. Another that is proposed is
    declined by it: something else comes first.
    """
    case, today = lock_case(case), localdate(now)
    check_still_here(case.left_as)
    if code not in INTERVENTIONS:
        raise RuleBroken("There is no intervention by that name.")
    words, policy = check_words(because), intervention_policy(today)
    found = beside([case.pk], today, grid_policy(today), policy)[case.pk]
    if refusal := why_not_refer(code, found.judged[code], found.earlier, out=found.out):
        raise RuleBroken(refusal)
    proposed = Referral.objects.proposed().filter(case=case).first()
    if proposed:
        proposed.case = case
        said = f"Referred to {INTERVENTIONS[code].title} instead: {words}"
        _decline(proposed, Because.OTHER_FIRST, said[: rules.LONGEST_WORDS], by=by, now=now)
    referral = Referral.objects.create(
        case=case,
        **_as_found(found, code),
        state=ReferralState.ACCEPTED,
        proposed_on=today,
        proposed_by=by,
        because=words,
        policy_version=policy.version,
        answered_at=now,
        answered_by=by,
        waiting_since=today,
    )
    _record(referral, "referred_to_intervention", by)
    return referral


def _as_found(found: Beside, code):
    one = found.judged[code]
    return {
        "code": code,
        "hook": one.by and one.by.hook,  # one by which nobody can come is refused
        "ordered": rules.is_ordered(one),
        "evidence": rules.evidence_of(one),
    }


def _lock(referral, to):
    """As it stands now, its case locked first, where it may become this."""
    case = Case.objects.select_for_update(no_key=True).get(referrals_to_groups=referral.pk)
    found = Referral.objects.get(pk=referral.pk)
    check_still_here(case.left_as)
    check_referral(ReferralState(found.state), to)
    found.case = case
    return found


def _decline(referral, because, words, *, by, now):
    if because not in list(Because):
        raise RuleBroken("Choose why it is declined.")
    referral.declined_because, referral.words = because, words
    referral.closed_on = localdate(now)
    referral.closed_because = Because(because).title
    _answer(referral, ReferralState.DECLINED, "declined_referral", by=by, now=now)


def _answer(referral, state, action, *, by, now):
    """With its clock, which is met whatever the answer."""
    referral.state, referral.answered_at, referral.answered_by = state, now, by
    referral.save()
    meet_deadline(case=referral.case, kind=OWES, by=by, today=localdate(now))
    _record(referral, action, by)
    return referral


def _record(referral, action, by):
    case = referral.case
    record(by=by, action=action, crn=case.crn, referral=referral.pk, intervention=referral.code)
