"""The facts that the clocks of release rest on, of many cases at once in a fixed number of statements.

Source: `ttg.rules.owed`.
"""

from collections import defaultdict

from django.db.models import Min
from django.utils.timezone import localtime

from cases.models import Case
from ttg.models import (
    Custody,
    GateMeeting,
    HandOver,
    HomeOffer,
    Need,
    NightStay,
    NoHomePlan,
    Referral,
    ResettlementPlan,
    RiskItem,
)
from ttg.queries.spoken import spoken_on
from ttg.reference.custody import PlanKind
from ttg.reference.hand_over import HandOverState
from ttg.reference.referrals import NeedSide, NeedState, Pathway, ReferralState, ServiceKind
from ttg.rules.owed import LOOKED_AFTER, StayFacts

BEFORE_RELEASE = [PlanKind.RELEASE, PlanKind.MERGED]
NOT_SENT = [ReferralState.DRAFTED, ReferralState.WITHDRAWN]
NO_ANSWER = [ReferralState.SENT, ReferralState.RECEIVED, ReferralState.WAITING]


def concerned(today):
    """Cases in prison now, or released so lately that it is still asked how they are."""
    lately = Custody.objects.held() | Custody.objects.released_since(today - LOOKED_AFTER)
    return Case.objects.supervised().filter(pk__in=lately.values("case"))


def is_owed(case):
    """Whether clocks run on it: of an imported case of ours only once somebody has taken it up."""
    return bool(case.retained_by or not case.imported or case.taken_up_on)


def latest_stays(case_ids):
    """{case: the stay in prison that counts}: the one now, or else the last that was not recorded by mistake."""
    stays = Custody.objects.filter(case__in=case_ids, ended_on=None)
    ordered = stays.order_by("case", "-received_on", "-pk").distinct("case")
    return {one.case_id: one for one in ordered}


def stay_facts(custodies):
    """{key of the custody: StayFacts}"""
    of = {"custody__in": custodies}
    signed = _grouped(ResettlementPlan.objects.finished().filter(**of), "kind", "state")
    in_force = dict(ResettlementPlan.objects.in_force().filter(**of).values_list("custody", "kind"))
    unread = _first(RiskItem.objects.waiting().filter(plan__custody__in=custodies), "plan__custody", "plan__signed_at")  # fmt: skip
    housed = set(HomeOffer.objects.confirmed().filter(**of).values_list("custody", flat=True))
    planned_out = set(NoHomePlan.objects.standing().filter(**of).values_list("custody", flat=True))
    substances = _substances(custodies)
    waiting = Referral.objects.filter(need__custody__in=custodies, state__in=NO_ANSWER)
    unanswered = _first(waiting, "need__custody", "sent_at")
    booked = Referral.objects.filter(need__custody__in=custodies, state=ReferralState.BOOKED)
    services = _first(booked, "need__custody", "first_at")
    hand_overs = {one.custody_id: one for one in HandOver.objects.filter(**of)}
    gates = _first(GateMeeting.objects.planned().filter(**of), "custody", "at")
    nights = _grouped(NightStay.objects.filter(**of), "night")
    home_asked, spoken = _asked_for_home(custodies), spoken_on(custodies)
    return {
        one.pk: StayFacts(
            received_on=one.received_on,
            screened_on=one.screened_on,
            release_on=one.release_on,
            released_on=one.released_on,
            planned=one.pk in signed,
            planned_release=in_force.get(one.pk) in BEFORE_RELEASE,
            risk_unread_since=unread.get(one.pk),
            spoken_on=spoken.get(one.pk),
            housed=one.pk in housed,
            without_home=one.pk in planned_out,
            referred_home=one.pk in home_asked,
            substances_since=substances.get(one.pk),
            unanswered_since=unanswered.get(one.pk),
            nights=frozenset(night for (night,) in nights.get(one.pk, [])),
            gate_on=gates.get(one.pk),
            service_on=services.get(one.pk),
            **_handed_over(hand_overs.get(one.pk)),
        )
        for one in custodies
    }


def _handed_over(found):
    """What of the facts a hand-over says; nothing where there is none."""
    if found is None:
        return {}
    waits = {HandOverState.OFFERED: "offered_since", HandOverState.QUERIED: "asked_since"}
    since = found.asked_at if found.state == HandOverState.QUERIED else found.offered_at
    name = waits.get(HandOverState(found.state))
    return {"handed_over": True} | ({name: localtime(since).date()} if name else {})


def _substances(custodies):
    """Since when a drug or alcohol need in the community has no community service asked."""
    sent = Referral.objects.exclude(state__in=NOT_SENT).filter(
        service__kind=ServiceKind.DRUGS_ALCOHOL
    )
    needs = Need.objects.open().filter(
        custody__in=custodies, pathway=Pathway.SUBSTANCES, side=NeedSide.COMMUNITY
    )
    found = needs.exclude(pk__in=sent.values("need")).order_by("custody")
    return dict(found.values_list("custody").annotate(first=Min("found_on")))


def _asked_for_home(custodies):
    """Those referred to a housing authority, and those who declined it in their own words."""
    referred = Referral.objects.exclude(state__in=NOT_SENT).filter(
        need__custody__in=custodies, service__kind=ServiceKind.HOUSING_AUTHORITY
    )
    declined = Need.objects.filter(
        custody__in=custodies, pathway=Pathway.HOME, state=NeedState.DECLINED
    )
    return set(referred.values_list("need__custody", flat=True)) | set(
        declined.values_list("custody", flat=True)
    )


def _first(rows, owner, column):
    """{custody: the local day of the earliest}"""
    found = rows.order_by(owner).values_list(owner).annotate(first=Min(column))
    return {key: localtime(at).date() for key, at in found}


def _grouped(rows, *columns):
    grouped = defaultdict(list)
    for key, *values in rows.values_list("custody", *columns):
        grouped[key].append(tuple(values))
    return grouped
