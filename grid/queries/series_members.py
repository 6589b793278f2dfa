"""Who has a place in a series, as far as its changing bears on them: when their order ends, what else they are expected at.

Source: product rules, groups (a cancellation re-plans everyone); report 2.3 (groups that could not be finished in time).
"""

from collections import defaultdict

from django.utils.timezone import localtime

from cases.models import Contact
from cases.queries.among import among
from cases.queries.booking import busy_of
from grid.models import SeriesPlace
from grid.queries.bound import bound_of
from grid.queries.lacking import parts_of
from grid.queries.places import hook_for
from grid.queries.policy import interventions_on
from grid.queries.series_had import to_make_up
from grid.queries.unbooked import stands_still
from grid.rules.order_end import OrderEnd
from grid.rules.replanning import Member
from grid.rules.sessions import Stretch


def places_in(series, now):
    """The rows of places taken, and of those kept and not yet run out, with their cases and referrals."""
    live = SeriesPlace.objects.live(now).filter(series=series)
    return list(live.select_related("case__officer", "referral", "series").order_by("pk"))


def members_of(series, now):
    """[Member] of everybody with a place in it. The same statements however many there are."""
    places = places_in(series, now)
    ends = ends_of(places, localtime(now).date())
    cases = [one.case_id for one in places]
    busy, still = _busy(cases, series, now), stands_still(cases)
    later, parts = to_make_up(series, places), parts_of(series, places)
    return [
        Member(
            one.case_id,
            ends[one.pk],
            tuple(busy[one.case_id]),
            still=one.case_id in still,
            later=one.pk in later,
            had=parts[one.pk].had,
        )
        for one in places
    ]


def ends_of(places, today):
    """{place: OrderEnd} of what each comes by, as their sentences stand now; to something else meanwhile as they may come to that."""
    terms = interventions_on(today).terms
    hooks = {one.case_id: _hook(one, terms) for one in places}
    asked = {one.case_id: (hooks[one.case_id], one.series.code) for one in places}
    until = {case: found.until if found else None for case, found in bound_of(asked, today).items()}
    return {one.pk: OrderEnd(until[one.case_id], hooks[one.case_id]) for one in places}


def _hook(place, terms):
    return hook_for(place.referral, terms[place.series.code], place.instead)


def _busy(cases, series, now):
    """{case: [Stretch]}: appointments to come, but for those of the series itself."""
    found = defaultdict(list)
    rows = Contact.objects.appointments().filter(
        case__in=among(cases), outcome_code="", started_at__gt=now
    )
    others = rows.exclude(booking__group_attendance__session__series=series)
    for one in others.select_related("booking").order_by("started_at", "pk"):
        busy = busy_of(one)
        if busy.timed:
            found[one.case_id].append(Stretch(busy.starts_at, busy.ends_at))
    return found
