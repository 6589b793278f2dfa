"""Where officers see people, how far that is for a person, and which of it an order keeps them from.

Sources: features, idea 9 (travel); product rules (never against an order). Which office an officer works from is recorded
nowhere as such: it is read from their diary, and before they have one from the places of their team. An order keeps
somebody from a place, and names no officer.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import Count

from cases.models import Appointment, Case, NonAssociation, Place, PostcodePoint
from cases.queries.days import midnight
from cases.queries.restrictions import restrictions_of
from cases.rules.restrictions import touched_each
from unpaidwork.queries.allocating import homes_at
from unpaidwork.rules.travel import minutes_on_their_own

DIARY_BACK = timedelta(weeks=12)
DIARY_AHEAD = timedelta(weeks=4)
LEAST = 10  # of so many appointments at a place one is enough to work from there


@dataclass(frozen=True, slots=True)
class SeenAt:
    """Where one officer sees people, by name, the most used first. `by_diary`: False where their team's places stand in."""

    places: tuple[Place, ...] = ()
    by_diary: bool = True


def with_places(facts, officers, team_of, today):
    """What of the record about places bears on these cases and these officers. Eight statements, however many.

    `facts`: {case: CaseFacts}; `officers`: Officers; `team_of`: {officer: key of their team}. Gives both again with what
    is known of offices, and {officer: SeenAt}.
    """
    seen = _seen_at(team_of, today)
    places = {place.pk: place for at in seen.values() for place in at.places}
    points = _points(places.values())
    barred, apart = _barred(facts, points, today), _apart(facts, today)
    found = {
        key: replace(one, barred=frozenset(barred[key]), apart=frozenset(apart[key]))
        for key, one in facts.items()
    }
    homes = homes_at(list(facts))
    return found, [_with_way(one, seen[one.key].places, homes, points) for one in officers], seen


def _with_way(officer, places, homes, points):
    """Minutes to the nearest of their places; none where a home or every place lies nobody knows where."""
    known = [points[place.pk] for place in places if place.pk in points]
    minutes = {
        case: min(minutes_on_their_own(home, point) for point in known)
        for case, home in homes.items()
        if known
    }
    return replace(officer, offices=frozenset(place.pk for place in places), minutes=minutes)


def _seen_at(team_of, today):
    """{officer: SeenAt}. Two statements."""
    open_now = {one.pk: one for one in Place.objects.in_use(today).order_by("name", "pk")}
    used = defaultdict(dict)
    for officer, place, number in _booked(list(team_of), today):
        if place in open_now:
            used[officer][place] = number
    found = {}
    for officer, team in team_of.items():
        if counts := used[officer]:
            often = [key for key in open_now if counts.get(key, 0) * LEAST >= sum(counts.values())]
            often.sort(key=lambda key: -counts[key])
            found[officer] = SeenAt(tuple(open_now[key] for key in often))
        else:
            theirs = [one for one in open_now.values() if team and one.team_id == team]
            found[officer] = SeenAt(tuple(theirs), by_diary=False)
    return found


def _booked(officers, today):
    rows = Appointment.objects.filter(
        officer__in=officers,
        called_off_at=None,
        place__isnull=False,
        contact__started_at__gte=midnight(today - DIARY_BACK),
        contact__started_at__lt=midnight(today + DIARY_AHEAD),
    )
    return rows.values_list("officer", "place").annotate(n=Count("pk")).order_by("officer", "place")


def _points(places):
    """{place: (easting, northing)} of those whose postcode is known."""
    codes = {one.pk: "".join(one.postcode.split()).upper() for one in places if one.postcode}
    rows = PostcodePoint.objects.filter(pk__in=set(codes.values()))
    at = {pk: (east, north) for pk, east, north in rows.values_list("pk", "easting", "northing")}
    return {pk: at[code] for pk, code in codes.items() if code in at}


def _barred(facts, points, today):
    """{case: places in an area that an order keeps them from}. Two statements."""
    orders = restrictions_of(list(facts), today)
    where = {place: (point,) for place, point in points.items()}
    asked = [(orders.get(case, ()), where, today, today) for case in facts]
    return {
        case: {place for _, place in found}
        for case, found in zip(facts, touched_each(asked), strict=True)
    }


def _apart(facts, today):
    """{case: officers who hold somebody from whom they must be kept apart}. Three statements."""
    pairs = NonAssociation.objects.in_force(today).values_list("one", "other")
    found, others = defaultdict(set), defaultdict(set)
    for one, other in pairs.filter(one__in=list(facts)).union(pairs.filter(other__in=list(facts))):
        others[other].add(one)
        others[one].add(other)
    holding = Case.objects.filter(pk__in=list(others), officer__isnull=False)
    for case, officer in holding.values_list("pk", "officer"):
        for other in others[case]:
            found[other].add(officer)
    return found
