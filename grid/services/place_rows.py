"""Closing places in series: the one way in which one is let go, left or finished, by the table of what may follow what.

Source: product rules, groups; `grid.rules.group_states`.
"""

from grid.models import SeriesPlace
from grid.reference.groups import PlaceState
from grid.rules.group_states import check_place
from staff.audit import record

LONGEST = 300  # letters that a place keeps of why
ENDS_AS = {PlaceState.KEPT: PlaceState.LET_GO, PlaceState.TAKEN: PlaceState.LEFT}
ACTIONS = {
    PlaceState.LET_GO: "let_go_place",
    PlaceState.LEFT: "left_series",
    PlaceState.FINISHED: "finished_series",
}


def close_place(place, state, because, *, by, now):
    """Close one place. The series and its case are held. Refused where this cannot follow what stands."""
    check_place(place.state, state)
    place.state, place.closed_at, place.closed_because = state, now, because[:LONGEST]
    place.save(update_fields=["state", "closed_at", "closed_because"])
    record(
        by=by,
        action=ACTIONS[state],
        crn=place.case.crn,
        place=place.pk,
        series=place.series_id,
        referral=place.referral_id,
    )
    return place


def close_places(places, because, *, by, now):
    """Close each as it ends where it is not finished: what was kept is let go, and what was taken is left."""
    for one in places:
        close_place(one, ENDS_AS[PlaceState(one.state)], because, by=by, now=now)


def free_run_out(series, *, now, by=None):
    """Let go what was kept in this series and has run out. The series is held."""
    run_out = SeriesPlace.objects.filter(series=series, state=PlaceState.KEPT, kept_until__lte=now)
    for one in run_out.select_related("case"):
        close_place(one, PlaceState.LET_GO, "Nobody took it up in time.", by=by, now=now)
