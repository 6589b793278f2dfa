"""What can be offered to somebody who waits, and taking it up: the place is kept while they are asked, or given."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.queries.header import case_header
from cases.rules.addresses import number
from grid.models import Referral
from grid.queries import offers_page as page
from grid.queries.offers import offers_to
from grid.queries.places import look
from grid.queries.referrals import no_longer_suits
from grid.queries.series import find_series
from grid.reference.interventions import INTERVENTIONS
from grid.rules.groups_open import say_times
from grid.services import offers as services
from grid.services.intervention_policy import intervention_policy
from grid.services.policy import grid_policy
from staff.errors import RuleBroken
from staff.kit import Line
from staff.permissions import Action
from staff.rules.dates import say_date

TAB = "case-interventions"
CHANGED = (
    "Something has changed beside this place since you read it. Read it again before you go on."
)
KEPT = "The place is kept. Ask them, and give it to them before it runs out."
GIVEN = "They have the place, and its sessions are booked. Tell them when it begins."


@case_view(Action.VIEW_WAITING)
def case_offers(request, case):
    at, today = now(), localdate()
    header = case_header(case, request.user, today, TAB)
    policies = grid_policy(today), intervention_policy(today)
    offered = offers_to([case.pk], policies, at)[case.pk]
    need, referrals = page.need_of(case), [one.referral for one in offered]
    no_longer = no_longer_suits(referrals, today, *policies)
    context = {
        "case_header": header,
        "waits": page.waits_of(case, offered, header.names, header.may, need, today, no_longer),
        "places": page.places_of(case, header.may, at),
        "need": page.need_shown(case, need, header.names, header.may) if need else None,
        "week": reverse("case-week", args=[case.crn]) if Action.SAY_WEEK in header.may else "",
        "version": policies[1].version,
    }
    return render(request, "grid/case_offers.html", context)


@case_view(Action.GIVE_PLACE)
def keep_place(request, case):
    """With ?referral= and ?series= of what is offered."""
    return _taking(request, case, give=False)


@case_view(Action.GIVE_PLACE)
def give_place(request, case):
    """With ?referral= and ?series= of what is offered."""
    return _taking(request, case, give=True)


def _taking(request, case, *, give):
    referral, series = _named(request, case)
    if referral is None or series is None:
        messages.info(request, services.NOT_OFFERED)
        return redirect("case-offers", crn=case.crn)
    at, seen = now(), request.POST.getlist("seen")
    header = case_header(case, request.user, localdate(), TAB)
    policy, instead = intervention_policy(localdate()), services.is_instead(referral, series)
    looked = look(referral, series, policy, at, instead=instead)
    unread = set(looked.words) - set(seen)
    if request.method == "POST" and not looked.refused:
        if not unread:
            return _taken(request, case, referral, series, seen, at, header.names, give=give)
        messages.info(request, CHANGED)
    context = {
        "case_header": header,
        "give": give,
        "title": INTERVENTIONS[series.code].title,
        "lines": list(_lines(series, looked)),
        "refused": [header.names.text(one) for one in looked.refused],
        "beside": looked.words,
        "queue": page.QUEUE if services.is_instead(referral, series) else page.NO_QUEUE,
        "back": reverse("case-offers", args=[case.crn]),
    }
    return render(request, "grid/take_place.html", context)


def _named(request, case):
    """(the referral of this case, the series) that the address names; None for what there is not."""
    keys = [number(request.GET.get(name, "")) for name in ("referral", "series")]
    if None in keys:
        return None, None
    referral = Referral.objects.waiting().filter(case=case, pk=keys[0]).first()
    return referral, find_series(keys[1])


def _taken(request, case, referral, series, seen, at, names, *, give):
    known = {"referral": referral, "series": series, "by": request.user, "now": at}
    try:
        if give:
            services.give_offer(**known, seen=seen)
        else:
            services.keep_offer(**known)
    except RuleBroken as refusal:
        messages.error(request, names.text(str(refusal)))
    else:
        messages.success(request, GIVEN if give else KEPT)
    return redirect("case-offers", crn=case.crn)


def _lines(series, looked):
    yield Line("Where", series.place.name)
    if looked.series and looked.begins:
        theirs = looked.series.sessions_from(looked.begins.on)
        yield Line("When", say_times(theirs))
        yield Line("From", say_date(looked.begins.on), detail=f"Their last session: {say_date(looked.series.last_on)}")  # fmt: skip
