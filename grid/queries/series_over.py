"""Series that are over, every register of them sent, or that were called off, as a list: the newest first.

In order of the last day on which each was held, or was to be. Source: product rules, groups. The same few statements however
many there are.
"""

from collections import Counter, defaultdict
from datetime import date, timedelta

from django.db.models import Count, F, Max, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import localtime

from cases.queries.among import among
from cases.rules.words import counted, listed
from grid.models import Series, SeriesPlace, SessionLeader
from grid.queries.rooms import title_of
from grid.queries.series import weekly_of
from grid.queries.series_list import SIZE, WOMEN, Found, SeriesRow, narrowed, runs
from grid.reference.groups import PlaceState, SeriesState, SessionState
from grid.rules.groups_open import say_times
from grid.rules.sessions import Session
from staff.kit import Tag, on

CALLED_OFF = Tag("Called off", "grey")
OVER = Tag("Over", "grey")
ANY_MONDAY = date(2018, 1, 1)


def series_over(now):
    """Rows of every series that is over or was called off."""
    return Series.objects.exclude(runs(now))


def page_of_series_over(wanted, now, *, after=None, size=SIZE):
    """Those asked for by code, place and for whom, from after the series of that key on. Five statements at most."""
    stands = Q(sessions__state=SessionState.STANDS)
    last = (Max("sessions__ends_at", filter=stands), Max("sessions__ends_at"), F("planned_at"))
    rows = narrowed(series_over(now), wanted)
    count = rows.count()
    rows = rows.annotate(held=Count("sessions", filter=stands), ended=Coalesce(*last))
    seen = rows.filter(pk=after).values_list("ended", flat=True).first() if after else None
    if seen is not None:
        rows = rows.filter(Q(ended__lt=seen) | Q(ended=seen, pk__lt=after))
    found = list(rows.select_related("place").order_by("-ended", "-pk")[: size + 1])
    shown = found[:size]
    keys = [one.pk for one in shown]
    finished, leaders = _finished(keys), _leaders(keys)
    return Found(
        [_row(one, finished[one.pk], leaders[one.pk]) for one in shown],
        count,
        str(shown[-1].pk) if len(found) > size else "",
    )


def _finished(keys):
    """Counter {series: how many finished it}"""
    places = SeriesPlace.objects.filter(series__in=among(keys), state=PlaceState.FINISHED)
    return Counter(places.values_list("series", flat=True))


def _leaders(keys):
    """{series: the names of those who led a session of it, each once, by name}"""
    led = SessionLeader.objects.standing().filter(session__series__in=among(keys))
    found: dict[int, list[str]] = defaultdict(list)
    order = ("user__last_name", "user__first_name", "user")
    for one in led.select_related("user", "session").order_by(*order):
        if one.user.name not in found[one.session.series_id]:
            found[one.session.series_id].append(one.user.name)
    return found


def _row(one, finished, leaders):
    off = one.state == SeriesState.CALLED_OFF
    tags = (CALLED_OFF if off else OVER, *([WOMEN] if one.women_only else []))
    return SeriesRow(
        key=one.pk,
        title=title_of(one.code),
        href=reverse("series", args=[one.pk]),
        where=one.place.name,
        when=say_times(_usual(one)),
        next=_say_end(one, off),
        places=f"{finished} of {one.places} finished it",
        leaders=listed(leaders) or "Nobody",
        tags=tags,
    )


def _usual(one):
    """Its sessions of one week, as it was planned."""
    return [
        Session(
            number, ANY_MONDAY + timedelta(days=each.weekday), each.from_at, one.dose["minutes"]
        )
        for number, each in enumerate(weekly_of(one), start=1)
    ]


def _say_end(one, off):
    if off and not one.held:
        return "Called off before it began"
    day = on(localtime(one.ended).date())
    return (
        f"Called off after {counted(one.held, 'session')}, on {day}" if off else f"Over since {day}"
    )
