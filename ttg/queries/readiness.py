"""What readiness for release rests on, of many stays in prison at once in a fixed number of statements.

Source: `ttg.rules.readiness`. The page of a release, the board, the API and the measures all read it here.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from cases.models import Contact
from cases.queries.holding import last_day_of
from cases.reference.appointments import FACE_TO_FACE_CODES, NOT_OFFERED
from cases.rules.contact_figures import is_face_to_face
from cases.services.policy import clocks
from ttg.models import (
    GateMeeting,
    HandOver,
    HomeOffer,
    InHand,
    Need,
    NoHomePlan,
    Referral,
    ResettlementPlan,
)
from ttg.models.referrals import TAKEN_ON
from ttg.queries.spoken import spoken_on
from ttg.reference.home import OfferState
from ttg.reference.questions import MENTAL_HEALTH
from ttg.reference.referrals import NeedSide, NeedState, Pathway, ReferralState, ServiceKind
from ttg.rules.home import is_spoken_against
from ttg.rules.readiness import readiness
from ttg.rules.readiness_facts import Help, ReleaseFacts

LOOKED_FOR = timedelta(days=28)  # after release, that a first appointment is looked for
ASKED = [ReferralState.SENT, ReferralState.RECEIVED, ReferralState.WAITING]


def release_facts(custodies, today):
    """{key of the custody: ReleaseFacts}, in a fixed number of statements."""
    custodies = list(custodies)
    keys = [one.pk for one in custodies]
    of = {"custody__in": keys}
    planned = set(ResettlementPlan.objects.in_force().filter(**of).values_list("custody", flat=True))  # fmt: skip
    homes, offered, hopeful = _homes(of)
    without = set(NoHomePlan.objects.standing().filter(**of).values_list("custody", flat=True))
    drugs, mind = _help(keys)
    items, officers, spoken = _items(of), _officer_on(keys), spoken_on(custodies)
    hand_overs = dict(HandOver.objects.filter(**of).values_list("custody", "state"))
    meetings = GateMeeting.objects.filter(**of).annotate(last_on=last_day_of("meets"))
    gates = {one.custody_id: one for one in meetings.order_by("pk")}
    return {
        one.pk: ReleaseFacts(
            received_on=one.received_on,
            release_on=one.release_on,
            released_on=one.released_on,
            planned=one.pk in planned,
            housed=one.pk in homes,
            home_from=homes.get(one.pk),
            offered=one.pk in offered,
            against=one.pk in offered - hopeful,
            without_home=one.pk in without,
            drugs=drugs.get(one.pk, Help()),
            mind=mind.get(one.pk, Help()),
            items=items.get(one.pk, {}),
            officer_on=officers.get(one.pk),
            spoken_on=spoken.get(one.pk),
            hand_over=hand_overs.get(one.pk, ""),
            gate=gates[one.pk].state if one.pk in gates else "",
            gate_on=localtime(gates[one.pk].at).date() if one.pk in gates else None,
            gate_last_on=gates[one.pk].last_on if one.pk in gates else None,
            gate_wanted=bool(one.mentor_id),
        )
        for one in custodies
    }


def readiness_of(custodies, today):
    """{key of the custody: what must be there, and whether it is}"""
    extra = clocks(today).extra_bank_holidays
    return {
        pk: readiness(facts, today, extra) for pk, facts in release_facts(custodies, today).items()
    }


def _homes(of):
    """{custody: from when the confirmed home is free}; those with one that is offered; those with one that nobody has spoken
    against."""
    standing = HomeOffer.objects.standing().filter(**of)
    homes, offered, hopeful = {}, set(), set()
    columns = standing.values_list("custody", "state", "from_on", "looked")
    for custody, state, from_on, looked in columns:
        if state == OfferState.CONFIRMED:
            homes[custody] = from_on
            continue
        offered.add(custody)
        if not is_spoken_against(looked):
            hopeful.add(custody)
    return homes, offered, hopeful


def _items(of):
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for custody, item, state in InHand.objects.filter(**of).values_list("custody", "item", "state"):
        found[custody][item] = state
    return found


def _help(keys):
    """Of drugs and alcohol, and of mental health: {custody: Help} each. Two statements."""
    needs = Need.objects.filter(custody__in=keys, side=NeedSide.COMMUNITY).values_list(
        "pk", "custody", "pathway", "code", "state"
    )
    sent = Referral.objects.filter(need__custody__in=keys, state__in=[*ASKED, *TAKEN_ON])
    referrals = defaultdict(list)
    for need, kind, state, first_at in sent.values_list("need", "service__kind", "state", "first_at"):  # fmt: skip
        referrals[need].append((kind, state, localtime(first_at).date() if first_at else None))
    drugs: dict[int, Help] = {}
    mind: dict[int, Help] = {}
    for pk, custody, pathway, code, state in needs:
        asked = referrals[pk]
        if pathway == Pathway.SUBSTANCES:
            of_kind = [one for one in asked if one[0] == ServiceKind.DRUGS_ALCOHOL]
            drugs[custody] = _with(drugs.get(custody, Help()), state, of_kind)
            continue
        of_kind = [one for one in asked if one[0] == ServiceKind.MENTAL_HEALTH]
        if of_kind or code == MENTAL_HEALTH:
            mind[custody] = _with(mind.get(custody, Help()), state, of_kind)
    return drugs, mind


def _with(known, state, asked):
    """What is known, with one more need and the services that were asked about it."""
    is_open = state == NeedState.OPEN
    taken = [first for _, reached, first in asked if reached in TAKEN_ON]
    days = [one for one in [known.first_on, *taken] if one]
    return replace(
        known,
        open=known.open + is_open,
        unasked=known.unasked + (is_open and not asked),
        met=known.met or state == NeedState.MET,
        declined=known.declined or state == NeedState.DECLINED,
        taken_on=known.taken_on or bool(taken),
        waiting=known.waiting or any(reached in ASKED for _, reached, _ in asked),
        first_on=min(days, default=None),
    )


def _officer_on(keys):
    """{custody: the first day after release on which they are to see the officer}. One statement."""
    leaves = Coalesce("case__custodies__released_on", "case__custodies__release_on")
    with_officer = Q(booking=None) | Q(booking__officer=F("case__officer"))
    rows = (
        Contact.objects.filter(
            with_officer,
            case__custodies__in=keys,
            appointment=True,
            type_code__in=FACE_TO_FACE_CODES,
            booking__called_off_at=None,
        )
        .exclude(outcome_code__in=NOT_OFFERED)
        .alias(leaves=leaves)
        .filter(started_at__date__gte=F("leaves"), started_at__date__lte=F("leaves") + LOOKED_FOR)
        .order_by("started_at")
        .values_list("case__custodies", "started_at", "type_code", "booking__where")
    )
    found: dict[int, object] = {}
    for custody, at, code, where in rows:
        if is_face_to_face(code, where):
            found.setdefault(custody, localtime(at).date())
    return found
