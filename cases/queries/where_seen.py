"""Where officers see people, and which of it an order keeps somebody from.

Sources: features, idea 9; product rules (never against an order). Which office an officer works from is recorded nowhere
as such: it is read from their diary, and before they have one from the places of their team.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count

from cases.models import Appointment, Place, PostcodePoint
from cases.queries.days import midnight
from cases.queries.restrictions import restrictions_of
from cases.rules.restrictions import touched_each

DIARY_BACK = timedelta(weeks=12)
DIARY_AHEAD = timedelta(weeks=4)
LEAST = 10  # of so many appointments at a place one is enough to work from there


@dataclass(frozen=True, slots=True)
class SeenAt:
    """Where one officer sees people, the most used first. `by_diary`: False where their team's places stand in."""

    places: tuple[Place, ...] = ()
    by_diary: bool = True


def seen_at(team_of, today):
    """{officer: SeenAt}. Two statements."""
    open_now = {one.pk: one for one in Place.objects.in_use(today).order_by("name", "pk")}
    used: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for officer, place, number in _booked(list(team_of), today):
        if place in open_now:
            used[officer][place] = number
    found = {}
    for officer, team in team_of.items():
        if counts := used[officer]:
            found[officer] = SeenAt(tuple(open_now[key] for key in _often(counts, open_now)))
        else:
            theirs = [one for one in open_now.values() if team and one.team_id == team]
            found[officer] = SeenAt(tuple(theirs), by_diary=False)
    return found


def _often(counts, open_now):
    """Of their places those they use often enough, and always the one they use most; that one first."""
    least = min(max(counts.values()), sum(counts.values()) / LEAST)
    often = [key for key in open_now if counts.get(key, 0) >= least]
    return sorted(often, key=lambda key: -counts[key])


def _booked(officers, today):
    rows = Appointment.objects.filter(
        officer__in=officers,
        called_off_at=None,
        place__isnull=False,
        contact__started_at__gte=midnight(today - DIARY_BACK),
        contact__started_at__lt=midnight(today + DIARY_AHEAD),
    )
    return rows.values_list("officer", "place").annotate(n=Count("pk")).order_by("officer", "place")


def points_of(places):
    """{place: (easting, northing)} of those whose postcode is known."""
    codes = {one.pk: "".join(one.postcode.split()).upper() for one in places if one.postcode}
    rows = PostcodePoint.objects.filter(pk__in=set(codes.values()))
    at = {pk: (east, north) for pk, east, north in rows.values_list("pk", "easting", "northing")}
    return {pk: at[code] for pk, code in codes.items() if code in at}


def barred_of(cases, points, today):
    """{case: places in an area that an order keeps them from}, of these cases by their keys. Two statements."""
    orders = restrictions_of(cases, today)
    where = {place: (point,) for place, point in points.items()}
    asked = [(orders.get(case, ()), where, today, today) for case in cases]
    return {
        case: {place for _, place in found}
        for case, found in zip(cases, touched_each(asked), strict=True)
    }


def barred_officers(case, users, today):
    """Keys of those of these officers each of whose offices lies where an order keeps this person from.

    Two statements; three more where an order draws an area.
    """
    orders = restrictions_of([case.pk], today).get(case.pk, ())
    if not any(one.zones for one in orders):
        return set()
    seen = seen_at({one.pk: one.team_id for one in users}, today)
    points = points_of({place.pk: place for at in seen.values() for place in at.places}.values())
    barred = barred_of([case.pk], points, today)[case.pk]
    return {
        key for key, at in seen.items() if at.places and {place.pk for place in at.places} <= barred
    }
