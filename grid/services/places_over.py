"""Letting go, leaving and finishing places that stand no longer by themselves: somebody died, left, or is in custody again.

What closes a case knows of no groups: each minute this looks for what it has left. Source: product rules, groups;
architecture, "the database is the queue".
"""

from functools import partial

from django.utils.timezone import localtime

from cases.services.jobs import each_by_itself
from grid.queries.places_over import places_over, series_over
from grid.reference.groups import PlaceState
from grid.services.group_reach import settle_every_reach
from grid.services.places import finish_series, leave_series, let_go

FAILED = "Places in groups that failed, left for the next minute"


def sweep_places(*, now):
    """Do all of it, and settle who reaches whom. One that fails holds up no other. Returns how many places were closed."""
    closed = [partial(_close, place, why, now) for place, why in places_over(now)]
    finished = [partial(finish_series, series=one, by=None, now=now) for one in series_over(now)]
    reach = partial(settle_every_reach, today=localtime(now).date())
    each_by_itself(*closed, *finished, reach, failed=FAILED)
    return len(closed)


def _close(place, why, now):
    close = let_go if place.state == PlaceState.KEPT else leave_series
    return close(place=place, because=why, by=None, now=now)
