"""How far it is for a person to where officers see people, and which officers hold somebody they must not meet.

Sources: features, idea 9 (travel); `cases.queries.where_seen`. An order keeps somebody from a place, and names no officer.
"""

from collections import defaultdict
from dataclasses import replace

from cases.models import Case, NonAssociation
from cases.queries.where_seen import barred_of, points_of, seen_at
from cases.rules.travel import minutes_on_their_own
from unpaidwork.queries.allocating import homes_at


def with_places(facts, officers, team_of, today):
    """What of the record about places bears on these cases and these officers. Eight statements, however many.

    `facts`: {case: CaseFacts}; `officers`: Officers; `team_of`: {officer: key of their team}. Gives both again with what
    is known of offices, and {officer: SeenAt}.
    """
    seen = seen_at(team_of, today)
    places = {place.pk: place for at in seen.values() for place in at.places}
    points = points_of(places.values())
    barred, apart = barred_of(list(facts), points, today), _apart(facts, today)
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


def _apart(facts, today):
    """{case: officers who hold somebody from whom they must be kept apart}. Three statements."""
    pairs = NonAssociation.objects.in_force(today).values_list("one", "other")
    found: defaultdict[int, set[int]] = defaultdict(set)
    others: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in pairs.filter(one__in=list(facts)).union(pairs.filter(other__in=list(facts))):
        others[other].add(one)
        others[one].add(other)
    holding = Case.objects.filter(pk__in=list(others), officer__isnull=False)
    for case, officer in holding.values_list("pk", "officer"):
        for other in others[case]:
            found[other].add(officer)
    return found
