"""Places in series that stand no longer by themselves: kept too long, of somebody who has gone, or of a series that is over.

Source: product rules, groups (a place that nobody can use goes to whoever is next).
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localtime

from cases.models import Case
from grid.models import GroupAttendance, Referral, SeriesPlace, SeriesSession
from grid.queries.lacking import parts_of
from grid.queries.places import custody_of
from grid.reference.groups import LIVE_PLACES, PlaceState, SessionState

GONE = "Their case is not open to us any more."
RUN_OUT = "Nobody took it up in time."
WAITS_NO_MORE = "They do not wait for it any more."
IN_CUSTODY = "They are in custody, and not expected out before the next session."


def places_over(now, *, place=None):
    """[(place, why)] of every place, kept or taken, that is to be let go or left. `place`: the key of one, of it alone."""
    live = SeriesPlace.objects.filter(state__in=LIVE_PLACES).select_related("series")
    if place is not None:
        live = live.filter(pk=place)
    gone = ~Q(case__in=Case.objects.ours())
    run_out = Q(state=PlaceState.KEPT, kept_until__lte=now)
    unwanted = Q(state=PlaceState.KEPT) & ~Q(referral__in=Referral.objects.waiting())
    found = {one.pk: (one, GONE) for one in live.filter(gone).order_by("pk")}
    for one in live.filter(run_out).order_by("pk"):
        found.setdefault(one.pk, (one, RUN_OUT))
    for one in live.filter(unwanted).order_by("pk"):
        found.setdefault(one.pk, (one, WAITS_NO_MORE))
    for one in _held(live, now):
        found.setdefault(one.pk, (one, IN_CUSTODY))
    return list(found.values())


def series_over(now, *, series=None):
    """Series in which somebody still has a place, and whose last session is over and its register sent.

    `series`: the key of one, of it alone.
    """
    standing = SeriesSession.objects.standing().filter(series=OuterRef("series"))
    not_over = standing.filter(Q(ends_at__gt=now) | Q(starts_at__gt=OuterRef("starts_at")))
    last = SeriesSession.objects.standing().filter(~Exists(not_over), sent_at__isnull=False, ends_at__lte=now)  # fmt: skip
    taken = SeriesPlace.objects.filter(state=PlaceState.TAKEN, series__in=last.values("series"))
    if series is not None:
        taken = taken.filter(series=series)
    places = taken.select_related("series").order_by("series").distinct("series")
    return [one.series for one in places]


def had_all(now, *, place=None):
    """Places of those who go on in a rolling series and lack nothing of it any more, every register of theirs sent.

    `place`: the key of one, of it alone.
    """
    there = GroupAttendance.objects.expected().filter(place=OuterRef("pk"), starts_at__lte=now)
    unsent = there.filter(session__sent_at=None, session__state=SessionState.STANDS)
    earlier = SeriesPlace.objects.filter(
        referral=OuterRef("referral"), instead=False, series__rolling=True
    ).exclude(pk=OuterRef("pk"))
    going_on = SeriesPlace.objects.filter(
        Exists(earlier), Exists(there), ~Exists(unsent.filter(appointment__called_off_at=None)),
        state=PlaceState.TAKEN, instead=False, series__rolling=True,
    )  # fmt: skip
    if place is not None:
        going_on = going_on.filter(pk=place)
    found = going_on.select_related("series").order_by("pk")
    return [one for one in found if not parts_of(one.series, [one])[one.pk].lacking]


def _held(live, now):
    """Those in custody who are not expected out before they are next expected here, or would be."""
    custody = custody_of(set(live.values_list("case", flat=True)))
    theirs = list(live.filter(case__in=custody).order_by("pk"))
    next_on = _next_on(theirs, now)
    for one in theirs:
        on, free_on = next_on.get(one.pk), custody[one.case_id]
        if on and (free_on is None or free_on >= on):
            yield one


def _next_on(places, now):
    """{place: the day of its next session}. Nothing is booked yet for a place that is kept."""
    coming = GroupAttendance.objects.expected().filter(
        place__in=places, starts_at__gt=now, appointment__called_off_at=None
    )
    days = list(coming.values_list("place", "starts_at"))
    kept = [one for one in places if one.state == PlaceState.KEPT]
    sessions = SeriesSession.objects.standing().filter(
        series__in={one.series_id for one in kept}, starts_at__gt=now
    )
    for series, number, at in sessions.values_list("series", "number", "starts_at"):
        days += [
            (one.pk, at)
            for one in kept
            if one.series_id == series and number >= one.begins_with
        ]  # fmt: skip
    found: dict[int, date] = {}
    for place, at in sorted(days, key=lambda day: day[1]):
        found.setdefault(place, localtime(at).date())
    return found
