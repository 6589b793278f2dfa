"""Those who look for a place, as the rules read them, for many at once.

Sources: features 76; report 2.3 (hours and reach) and 2.4 (attacked by somebody they were to be kept apart from); product
rules (women only; never against an order). The same fourteen statements however many cases there are, or fewer.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from django.db.models import Q
from django.utils.timezone import localtime

from cases.models import Case, Contact, NonAssociation, Place
from cases.queries.among import among
from cases.queries.days import midnight
from cases.queries.enquiries import homes_of
from cases.queries.where_seen import barred_of, points_of
from cases.rules.travel import Mode, minutes_on_their_own
from grid.models import PlaceSaid, Room, SeriesSession
from grid.queries.weeks import asked_of
from grid.reference.groups import CanGo, SeriesState
from grid.rules.coming import Seeker
from grid.rules.company import Company


def seekers_of(case_ids, today) -> dict[int, Seeker]:
    """{case: Seeker}, its minutes to every place where a group may be held. Fourteen statements at most.

    Minutes are each way, on their own, from the middle of the postcode where they live. Where that or the place lies is
    not known, there are none. By bus, where nobody has asked how they get about.
    """
    ids = list(case_ids)
    asked = asked_of(ids, today)
    places = list(places_of_groups(today))
    points, homes = points_of(places), homes_at(ids)
    prefers, cannot = _said_of_places(ids)
    kept_from = barred_of(ids, points, today)
    apart = _apart(ids, today)
    days = _days_there(set().union(*apart.values()), places, today)
    chose = {pk for pk, said in asked.items() if said.women_only}
    company = _company(ids, chose, apart)
    return {
        pk: Seeker(
            case=pk,
            week=asked[pk].week if pk in asked else None,
            minutes=_minutes(homes.get(pk), points, asked.get(pk)),
            company=company[pk],
            barred=frozenset(cannot[pk] | kept_from[pk]),
            prefers=frozenset(prefers[pk]),
            apart_days=_apart_days(apart[pk], days),
        )
        for pk in ids
    }


def places_of_groups(today):
    """Places with a room in use, or with a session to come of a series that is open, by name."""
    rooms = Room.objects.in_use(today).filter(place__in=Place.objects.in_use(today))
    sessions = SeriesSession.objects.standing().filter(
        series__state=SeriesState.OPEN, ends_at__gte=midnight(today)
    )
    held = Q(pk__in=rooms.values("place")) | Q(pk__in=sessions.values("series__place"))
    return Place.objects.filter(held).order_by("name", "pk")


def homes_at(case_ids):
    """{case: (easting, northing) of the postcode where they live}, as far as it is known. Two statements."""
    homes = {case: rows[-1] for case, rows in homes_of(case_ids).items() if rows}
    at = points_of(homes.values())
    return {case: at[one.pk] for case, one in homes.items() if one.pk in at}


def company_of(case_ids) -> dict[int, Company]:
    """{case: who they are}, without whom they are kept apart from and what they chose. One statement."""
    return _company(list(case_ids), frozenset(), defaultdict(set))


def _company(ids, chose, apart):
    """`chose`: cases that want groups for women alone. It is a choice of women: of anybody else it says nothing."""
    found = {}
    rows = Case.objects.filter(pk__in=among(ids))
    for pk, sex, identity in rows.values_list("pk", "sex", "person__gender_identity"):
        one = Company(sex=sex, gender_identity=identity or "", apart=frozenset(apart[pk]))
        found[pk] = replace(one, women_only=True) if pk in chose and one.woman else one
    return found


def _minutes(home, points, said):
    if home is None:
        return {}
    mode = said.by_way_of if said else Mode.BUS
    return {place: minutes_on_their_own(home, point, mode) for place, point in points.items()}


def _said_of_places(ids):
    """({case: places they prefer}, {case: places to which they cannot or must not go})"""
    prefers: defaultdict[int, set[int]] = defaultdict(set)
    cannot: defaultdict[int, set[int]] = defaultdict(set)
    rows = PlaceSaid.objects.filter(case__in=among(ids))
    for case, place, can_go in rows.values_list("case", "place", "can_go"):
        (prefers if can_go == CanGo.PREFERS else cannot)[case].add(place)
    return prefers, cannot


def _apart(ids, today):
    """{case: cases they are kept apart from}"""
    found: defaultdict[int, set[int]] = defaultdict(set)
    pairs = NonAssociation.objects.in_force(today).values_list("one", "other")
    theirs = pairs.filter(one__in=among(ids)).union(pairs.filter(other__in=among(ids)))
    for one, other in theirs:
        found[one].add(other)
        found[other].add(one)
    return found


def _days_there(cases, places, today):
    """{case: {place: days from today on on which they are expected there}}, by booking or, brought in, by its name."""
    named = {one.name.lower(): one.pk for one in places}
    found: defaultdict[int, defaultdict[int, set[date]]] = defaultdict(lambda: defaultdict(set))
    expected = Contact.objects.appointments().filter(
        case__in=among(cases), outcome_code="", started_at__gte=midnight(today)
    )
    rows = expected.values_list("case", "booking", "booking__place", "place", "started_at")
    for case, booking, place, name, at in rows:
        where = place if booking else named.get(name.lower())
        if where:
            found[case][where].add(localtime(at).date())
    return found


def _apart_days(others, days):
    """{place: days on which one of these comes to it}"""
    found: defaultdict[int, set[date]] = defaultdict(set)
    for other in others:
        for place, on in days[other].items():
            found[place] |= on
    return {place: frozenset(on) for place, on in found.items()}
