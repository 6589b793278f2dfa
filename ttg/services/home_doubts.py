"""Looking anew at homes that were confirmed, once an order or the record says something else: each minute where it has
just changed, and each night everywhere.

An order is recorded by services that know nothing of release, so that this follows them within a minute and not in their
transaction. Source: Through the Gate reference 6; `ttg.services.home.doubt_home`.
"""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localtime

from cases.models import Restriction
from ttg.models import HomeOffer
from ttg.services.home import doubt_home

CHUNK = 100  # homes
LATELY = timedelta(minutes=15)  # more than a sweep may come late; the night looks at all


def doubt_changed_homes(*, now):
    """Those of cases whose record or orders have just changed. Returns how many stand no longer."""
    since = now - LATELY
    on_case = Restriction.objects.filter(case=OuterRef("custody__case"))
    orders = on_case.filter(Q(recorded_at__gte=since) | Q(ended_on__gte=localtime(since).date()))
    changed = _to_leave_for().filter(
        Q(Exists(orders)) | Q(custody__case__facts_changed_at__gte=since)
    )
    return _doubt(changed.order_by("pk"), now)


def doubt_homes_chunk(*, after, today, now, size=CHUNK):
    """The next so many. A step of `cases.services.jobs.run_job`."""
    found = list(_to_leave_for().filter(pk__gt=after).order_by("pk")[:size])
    counts = {"doubted": _doubt(found, now)}
    return (found[-1].pk if len(found) == size else None), counts


def _to_leave_for():
    """Homes confirmed for somebody who is still in prison."""
    of = HomeOffer.objects.confirmed().filter(
        custody__released_on=None, custody__ended_on=None, custody__case__left_as=""
    )
    return of.select_related("custody__case")


def _doubt(offers, now):
    return sum(not doubt_home(offer=one, now=now) for one in offers)
