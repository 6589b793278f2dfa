"""The measures of release as numbers, and the list behind each: the same units. Every figure begins at the one door.

Source: `ttg.rules.measures`; product rules, limited access, every number opens its list.
"""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Min, Q
from django.utils.timezone import localtime

from cases.models import Case
from cases.queries.counting import only
from cases.rules.counting import summed
from cases.services.policy import clocks
from staff.models import Team
from staff.permissions import Action
from ttg.models import Custody, HandOver, InHand, Need, NightStay, Referral, ResettlementPlan
from ttg.models.referrals import TAKEN_ON, ReferralStep
from ttg.queries.readiness import release_facts
from ttg.reference.home import Item, ItemState, Night
from ttg.reference.referrals import NeedSide, ReferralState
from ttg.rules.measures import Left, Service, all_units, units

MARGIN = timedelta(days=14)  # a screening so long before the first day may fall due within the days
NOT_WANTED = [ItemState.DECLINED, ItemState.NOT_NEEDED]
NOT_ASKED = [ReferralState.DRAFTED, ReferralState.WITHDRAWN]


def counted_cases(user, team=None):
    """The cases of which this reader sees the figures."""
    cases = Case.objects.open_to(user, Action.VIEW_RELEASE)
    return cases.filter(team=team) if team else cases


def teams_of(user):
    held = counted_cases(user).values("team")
    return {one.code: one for one in Team.objects.filter(pk__in=held).order_by("name")}


def kept_from(user, team=None):
    """The masked rows of the reach. They answer to it and the team alone, so that no measure tells more."""
    reached = Case.objects.within_reach(user, Action.VIEW_RELEASE).filter(custodies__ended_on=None)
    reached = reached.filter(custodies__isnull=False).distinct()
    return (reached.filter(team=team) if team else reached).masked_to(user)


def figures_of(cases, window, today):
    """{code: Sum} of these cases over these days. A fixed number of statements."""
    found = all_units(_left(cases, window, today), window, clocks(today).extra_bank_holidays)
    return {code: summed(rows) for code, rows in found.items()}


def units_of(cases, code, which, window, today):
    """The units of one measure: all of them, or those of which it is so, or not so."""
    found = units(code, _left(cases, window, today), window, clocks(today).extra_bank_holidays)
    return only(found, which)


def _left(cases, window, today):
    """Every stay that any measure may count in these days, in a fixed number of statements."""
    in_days = Q(released_on__range=(window.first, window.last)) | Q(
        screened_on__range=(window.first - MARGIN, window.last)
    )
    custodies = list(Custody.objects.filter(in_days, case__in=cases, ended_on=None).order_by("pk"))
    of = {"custody__in": [one.pk for one in custodies]}
    facts = release_facts(custodies, today)
    planned = _days(ResettlementPlan.objects.finished().filter(**of), "signed_at")
    handed = _days(HandOver.objects.accepted().filter(**of), "accepted_at")
    nights = dict(NightStay.objects.filter(night=Night.FIRST, **of).values_list("custody", "stays"))
    community = set(
        Need.objects.filter(side=NeedSide.COMMUNITY, **of).values_list("custody", flat=True)
    )
    services, (needed, ready) = _services(custodies), _in_hand(custodies)
    return [
        Left(
            case=one.case_id,
            key=one.pk,
            received_on=one.received_on,
            screened_on=one.screened_on,
            released_on=one.released_on,
            planned_on=planned.get(one.pk),
            spoken_on=facts[one.pk].spoken_on,
            first_with_officer=facts[one.pk].officer_on,
            handed_over_on=handed.get(one.pk),
            night=nights.get(one.pk, ""),
            services=tuple(services[one.pk]),
            in_community=one.pk in community,
            needed=frozenset(needed[one.pk]),
            ready=frozenset(ready[one.pk]),
        )
        for one in custodies
    ]


def _in_hand(custodies):
    """{custody: items} that were needed at the gate, and of those what was there by then."""
    released = {one.pk: one.released_on for one in custodies}
    needed, ready = defaultdict(set), defaultdict(set)
    items = InHand.objects.filter(custody__in=released).exclude(state__in=NOT_WANTED)
    for custody, item, state, ready_on in items.values_list("custody", "item", "state", "ready_on"):
        needed[custody].add(Item(item))
        left_on = released[custody]
        if state == ItemState.READY and ready_on and not (left_on and ready_on > left_on):
            ready[custody].add(Item(item))
    return needed, ready


def _services(custodies):
    """{custody: its referrals}; one was taken on in time where a step says so by the day of release."""
    released = {one.pk: one.released_on for one in custodies}
    rows = Referral.objects.filter(need__custody__in=released).exclude(state__in=NOT_ASKED)
    steps = ReferralStep.objects.filter(referral__in=rows.values("pk"), state__in=TAKEN_ON)
    taken = dict(steps.order_by("referral").values_list("referral").annotate(first=Min("at")))
    found = defaultdict(list)
    for pk, custody, state, first_at in rows.values_list("pk", "need__custody", "state", "first_at"):  # fmt: skip
        since = localtime(taken[pk]).date() if pk in taken else None
        on_time = since is not None and not (released[custody] and since > released[custody])
        found[custody].append(
            Service(
                taken_on=on_time,
                first_on=localtime(first_at).date() if first_at else None,
                attended=state == ReferralState.ATTENDED,
            )
        )
    return found


def _days(rows, column):
    """{custody: the local day of the earliest}"""
    found = rows.order_by("custody").values_list("custody").annotate(first=Min(column))
    return {key: localtime(at).date() for key, at in found}
