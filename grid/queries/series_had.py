"""Who had the last session of a series that is over, and who has still something of it to make up for in the next one.

Source: product rules, groups; `grid.rules.groups_open` (what somebody missed of a rolling series is made up for in the next).
"""

from grid.models import GroupAttendance, SeriesSession
from grid.queries.group_register import KNOWN
from grid.queries.lacking import parts_of, was_there
from grid.queries.unbooked import begun_of


def last_session(series, now):
    """The last that stands; None where one is still to come, or none stands."""
    last = SeriesSession.objects.standing().filter(series=series).order_by("-starts_at").first()
    return last if last and last.ends_at <= now else None


def had(session):
    """The cases of those who were at it."""
    there = GroupAttendance.objects.expected().filter(session=session).select_related(*KNOWN)
    return {one.case_id for one in there if was_there(one)}


def to_make_up(series, places):
    """{place: numbers of what they will still lack at its end}, of those who began a rolling series late, or go on in it.

    Where they are expected, and nobody has said yet what came of it, they are taken to come. Whoever began with the first
    session has done with the series as in any other; what somebody does meanwhile is not made up for.
    """
    return _some(
        {
            place.pk: parts.lacking - _still_theirs(place, parts, begun)
            for place, parts, begun in _late(series, places)
        }
    )


def lacking_at_the_end(series, places):
    """{place: numbers of what they lack}, of the same people, once the series is over: what nobody said they were at is among it."""
    return _some({place.pk: parts.lacking for place, parts, _ in _late(series, places)})


def come_on(series, places):
    """The keys of those of these who had something of it in an earlier series."""
    return {key for key, parts in parts_of(series, places).items() if parts.before}


def _late(series, places):
    """[(place, Parts, Begun or None)] of those who began late, or had something of it in an earlier series."""
    theirs = [one for one in places if not one.instead]
    if not (series.rolling and theirs):
        return []
    parts, begun = parts_of(series, theirs), begun_of(theirs)
    return [
        (one, parts[one.pk], begun.get(one.pk))
        for one in theirs
        if parts[one.pk].before or _first(one, begun.get(one.pk)) > 1
    ]


def _first(place, begun):
    """The number of the session with which they began, as it is by now."""
    return min(place.begins_with, begun.number) if begun else place.begins_with


def _still_theirs(place, parts, begun):
    """Where they are expected; of whom nothing is booked yet, all from where they would begin."""
    if begun:
        return parts.expected
    return frozenset(number for number in parts.every if number >= place.begins_with)


def _some(found):
    return {place: numbers for place, numbers in found.items() if numbers}
