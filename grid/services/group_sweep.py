"""Letting go, leaving and finishing places that stand no longer by themselves: somebody died, left, or is in custody again.

What closes a case knows of no groups: each minute this looks for what it has left, and decides anew of each once it is
held, for somebody may have changed it meanwhile. Source: product rules, groups; architecture, "the database is the queue".
"""

from functools import partial

from django.db import transaction
from django.utils.timezone import localtime

from cases.services.jobs import each_by_itself
from grid.queries.places_over import had_all, places_over, series_over
from grid.queries.unbooked import series_to_book
from grid.reference.groups import PlaceState
from grid.services.attendances import hold_members, settle_attendances
from grid.services.group_reach import settle_every_reach
from grid.services.places import finish_series, leave_series, let_go

FAILED = "Places in groups that failed, left for the next minute"
BACK = "It did not stand any more when somebody was back."


def sweep_places(*, now):
    """Do all of it, and settle who reaches whom. One that fails holds up no other. Returns how many places were closed."""
    found = [place for place, _ in places_over(now)]
    closed: list[int] = []
    each_by_itself(
        *(partial(_close, one, closed, now) for one in found),
        *(partial(_finish, one, now) for one in series_over(now)),
        *(partial(_done, one, now) for one in had_all(now)),
        *(partial(_book, one, now) for one in series_to_book(now)),
        partial(settle_every_reach, today=localtime(now).date()),
        failed=FAILED,
    )
    return len(closed)


@transaction.atomic
def _close(found, closed, now):
    """Close it where it is still to be, for the reason that holds now; `closed` is given its key."""
    hold_members(found.series, also=[found.case_id])
    for place, why in places_over(now, place=found.pk):
        close = let_go if place.state == PlaceState.KEPT else leave_series
        close(place=place, because=why, by=None, now=now)
        closed.append(place.pk)


@transaction.atomic
def _finish(found, now):
    """Finish it where it is still over."""
    hold_members(found)
    for series in series_over(now, series=found.pk):
        finish_series(series=series, by=None, now=now)


@transaction.atomic
def _done(found, now):
    """Whoever goes on in a rolling series is done with the last that they lacked, and not only at its end."""
    hold_members(found.series, also=[found.case_id])
    for place in had_all(now, place=found.pk):
        finish_series(series=place.series, place=place, by=None, now=now)


def _book(found, now):
    """Sessions that moved while somebody could not be seen are booked once they are back."""
    settle_attendances(found, because=BACK, by=None, now=now)
