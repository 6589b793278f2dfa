"""Needs that nothing planned meets: opened by themselves or by an officer, decided by a senior, closed once something fits.

Source: report 2.3 ("he requires an evening or weekend group which is currently unavailable"); features 78. What was decided is
never overwritten: a new decision is of a new row.
"""

from collections import Counter
from collections.abc import Callable

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case
from cases.queries.among import among
from cases.queries.recipients import owner_and_cover, seniors_of
from cases.rules.leaving import check_still_here
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.telling import tell
from grid.models import Referral, SeriesPlace, UnmetNeed
from grid.queries.offers import Offered, offers_to
from grid.queries.waiting import who_waits
from grid.reference.groups import Decision, PlaceState
from grid.reference.interventions import INTERVENTIONS
from grid.rules import unmet as rules
from grid.services.halves import by_halves
from grid.services.intervention_policy import intervention_policy
from grid.services.policy import grid_policy
from staff.audit import record
from staff.errors import RuleBroken

KIND = "decide_unmet_need"  # the deadline
OPENING = "open_unmet_needs"  # the job
CHUNK = 500  # cases
PUT = "Nothing that is planned fits {crn}. Decide what is done instead."
DECIDED = "It is decided what is done where no intervention fits {crn}. Read it."
HAS_A_PLACE = "They have a place now."
DECIDED_ANEW = "Decided anew."


@transaction.atomic
def put_to_senior(*, referral, by, now):
    """An officer puts it to the senior that nothing fits. Refuses where something does, or nobody knows. Returns the need."""
    case = lock_case(Case.objects.get(referrals_to_groups=referral.pk))
    check_still_here(case.left_as)
    offered = _offered(case, referral, now)
    if offered is None:
        raise RuleBroken(rules.WAITS_NO_MORE)
    if offered.on_list.held:
        raise RuleBroken(rules.IN_CUSTODY)
    if offered.on_list.seeker.week is None:
        raise RuleBroken(rules.ASK_FIRST)
    if offered.offers:
        raise RuleBroken(rules.FITS_AFTER_ALL)
    if offered.on_list.expected.waiting.using:
        raise RuleBroken(rules.USING)
    if UnmetNeed.objects.unmet().filter(case=case).exists():
        raise RuleBroken(rules.PUT_ALREADY)
    need = _open(case, offered, by=by, now=now)
    told = seniors_of(case, localtime(now).date(), but=by)
    _tell(case, told, PUT, "decide-unmet-need", now)
    return need


@transaction.atomic
def decide_need(*, need, decision, words, by, now, look_again_on=None):
    """A senior decides what is done instead. Decided before: it is decided anew. Returns the need that holds.

    `look_again_on`: the day on which it is owed again, without which nobody is left to wait.
    """
    case, need = _hold(need)
    today = localtime(now).date()
    offered = _offered(case, need.referral, now)
    end = offered.on_list.expected.waiting.suited.end if offered else None
    words = rules.check_decision(decision, words, look_again_on, end, today)
    if need.decided_at is not None:
        if _is_so(need, Decision(decision), words, look_again_on, today):
            raise RuleBroken(rules.DECIDED_SO)
        _close(need, DECIDED_ANEW, by=by, today=today)
        need = UnmetNeed(
            referral=need.referral, case=case, missing=need.missing, opened_on=need.opened_on, opened_by=need.opened_by,
        )  # fmt: skip
    need.missing = list(offered.missing) if offered and offered.missing else need.missing
    need.decision, need.words, need.look_again_on = Decision(decision), words, look_again_on
    need.decided_at, need.decided_by = now, by
    need.save()
    record(by=by, action="decided_unmet_need", crn=case.crn, need=need.pk, to=str(need.decision))
    meet_deadline(case=case, kind=KIND, by=by, today=today)
    told = [one for one in owner_and_cover(case, today) if one.pk != by.pk]
    _tell(case, told, DECIDED, "case-offers", now)
    return need


def _is_so(need, decision, words, look_again_on, today):
    """Whether it was decided in the same words today: the form was sent twice, and the officer is told once."""
    stands = (need.decision, need.words, need.look_again_on, localtime(need.decided_at).date())
    return stands == (decision, words, look_again_on, today)


@transaction.atomic
def close_needs_of(*, referral, because, by, today):
    """What waited for a decision on this referral waits no more: a place was taken, or it is not asked for. Whether any did."""
    need = UnmetNeed.objects.unmet().filter(referral=referral).select_related("case").first()
    if need is None:
        return False
    _close(need, because, by=by, today=today)
    return True


def settle_needs_chunk(*, after, now, size=CHUNK):
    """Open, close and look again at the needs of the next cases by key, as a step of `cases.services.jobs.run_job`."""
    waiting = who_waits().values("case")
    unmet = UnmetNeed.objects.unmet().values("case")
    cases = Case.objects.filter(Q(pk__in=waiting) | Q(pk__in=unmet), pk__gt=after)
    ids = list(cases.order_by("pk").values_list("pk", flat=True)[:size])
    if not ids:
        return None, {}
    done = by_halves(ids, lambda those: settle_needs(case_ids=those, now=now), "asked what fits")
    return (ids[-1] if len(ids) == size else None), done


@transaction.atomic
def settle_needs(*, case_ids, now):
    """Of each of these: open what nothing meets, close what something does, and owe again what was to be looked at again.

    What is to be written is decided under the locks of the cases for which it may be. Gives how many of each.
    """
    may_change = _to_change(case_ids, now)
    if not may_change:
        return Counter(opened=0, closed=0, again=0)
    held = Case.objects.filter(pk__in=among(may_change)).order_by("pk")
    locked = {one.pk: one for one in held.select_for_update(no_key=True)}
    counts = Counter(opened=0, closed=0, again=0)
    for pk, (step, offered, need) in _to_change(locked, now).items():
        step(locked[pk], offered, need, now, counts)
    return counts


def _to_change(case_ids, now):
    """{case: (what is to be done, what can be offered or None, its need or None)}, of those of which something is."""
    ids, today = list(case_ids), localtime(now).date()
    offered = offers_to(ids, _policies(today), now)
    unmet = UnmetNeed.objects.unmet().filter(case__in=among(ids))
    needs = {one.case_id: one for one in unmet.select_related("case", "referral")}
    found: dict[int, tuple[Callable[..., None], Offered | None, UnmetNeed | None]] = {}
    for pk in ids:
        need, those = needs.get(pk), offered[pk]
        of_it = next((one for one in those if need and one.referral.pk == need.referral_id), None)
        first = next((one for one in those if one.is_unmet), None)
        if need is None:
            if first:
                found[pk] = (_open_by_itself, first, None)
        elif of_it is None or of_it.offers or of_it.on_list.expected.waiting.using:
            found[pk] = (_close_by_itself, of_it, need)
        elif of_it.may_be_unmet and rules.is_to_look_again(need.look_again_on, today):
            found[pk] = (_look_again, of_it, need)
    return found


def _open_by_itself(case, offered, need, now, counts):
    _open(case, offered, by=None, now=now)
    counts["opened"] += 1


def _close_by_itself(case, offered, need, now, counts):
    _close(need, _why_closed(offered, need), by=None, today=localtime(now).date())
    counts["closed"] += 1


def _look_again(case, offered, need, now, counts):
    today = localtime(now).date()
    _close(need, rules.looked_again(today), by=None, today=today)
    _open(case, offered, by=None, now=now)
    counts["again"] += 1


def _why_closed(offered, need):
    if offered and offered.offers:
        best = offered.offers[0]
        return rules.fits_now(
            INTERVENTIONS[best.series.code].title, best.series.site, best.starts_on
        )
    placed = SeriesPlace.objects.filter(referral=need.referral, state=PlaceState.TAKEN)
    return HAS_A_PLACE if placed.exists() else rules.WAITS_NO_MORE


def _open(case, offered: Offered, *, by, now):
    today = localtime(now).date()
    need = UnmetNeed.objects.create(
        referral=offered.referral,
        case=case,
        missing=list(offered.missing),
        opened_on=today,
        opened_by=by,
    )
    record(by=by, action="opened_unmet_need", crn=case.crn, need=need.pk)
    title = INTERVENTIONS[offered.referral.code].title
    why = f"Nothing that is planned fits: they wait for {title}"
    open_deadline(case=case, kind=KIND, triggered_on=today, why=why, by=by, today=today)
    return need


def _close(need, because, *, by, today):
    need.closed_on, need.closed_because = today, because
    need.save(update_fields=["closed_on", "closed_because"])
    record(by=by, action="closed_unmet_need", crn=need.case.crn, need=need.pk)
    meet_deadline(case=need.case, kind=KIND, by=by, today=today, void=True)


def _hold(need):
    """As it stands now, its case locked first."""
    case = lock_case(need.case)
    check_still_here(case.left_as)
    need = UnmetNeed.objects.select_related("referral", "opened_by").get(pk=need.pk)
    need.case = case
    if need.closed_on is not None:
        raise RuleBroken(f"There is nothing to decide any more: {need.closed_because}")
    return case, need


def _offered(case, referral: Referral, now):
    """What can be offered for this referral as it stands; None where it waits no more."""
    today = localtime(now).date()
    found = offers_to([case.pk], _policies(today), now)[case.pk]
    return next((one for one in found if one.referral.pk == referral.pk), None)


def _policies(today):
    return grid_policy(today), intervention_policy(today)


def _tell(case, users, text, page, now):
    href = reverse(page, args=[case.crn])
    tell(case=case, users=users, text=text.format(crn=case.crn), href=href, now=now)
