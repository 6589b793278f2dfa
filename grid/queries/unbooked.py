"""Which sessions are still to be booked for whoever is in a series: those that are theirs, and that they do not have yet.

Source: product rules, groups (joining books real appointments; a session that moves takes its people along).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from cases.models import Case, Pause
from grid.models import GroupAttendance, SeriesPlace, SeriesSession
from grid.queries.lacking import parts_of
from grid.reference.groups import PlaceState, SeriesState


@dataclass(frozen=True, slots=True)
class Begun:
    """What somebody has been expected at in the series so far."""

    first: datetime  # when the first of it was to begin
    number: int  # the lowest, as they are numbered by now
    keys: frozenset[int]  # of the sessions
    called_off: frozenset[int]  # of those whose appointment was called off, and not as it moved


def missing(series, places, standing, now):
    """[(place, session)] to be booked: of those who are in it and can be seen, each session to come from their first on
    that they still lack.

    `places`: every one in it; `standing`: its attendances that stand. What was called off in the case is not booked again,
    and nothing is booked for whoever's supervision stands still.
    """
    if series.state == SeriesState.CALLED_OFF:
        return []
    members = _who_can_come([one for one in places if one.state == PlaceState.TAKEN])
    sessions = SeriesSession.objects.standing().filter(series=series, starts_at__gt=now)
    sessions = list(sessions.order_by("starts_at", "pk"))
    begun, parts = begun_of(members), parts_of(series, members)
    have = {(one.case_id, one.session_id) for one in standing}
    return [
        (place, session)
        for place in members
        for session in sessions
        if (place.case_id, session.pk) not in have
        and session.number in parts[place.pk].lacking
        and _is_theirs(place, session, begun.get(place.pk))
    ]


def without_clashes(wanted, new):
    """Without what would take an hour at which somebody is in another series by now, where it was once refused for nobody.

    So it is of whoever is back from a pause, and of a session that was made since they began as another could not be held:
    it must not hold up whoever is in the series now. `new`: when the sessions begin that have just been made. They are
    refused for a clash, as for anybody.
    """
    places = {place for place, _ in wanted}
    back, begun = _back(places), begun_of(places)
    cases = [place.case_id for place in places]
    taken = defaultdict(list)
    for one in GroupAttendance.objects.expected().filter(
        case__in=cases, appointment__called_off_at=None
    ):
        taken[one.case_id].append(one)
    return [
        (place, session)
        for place, session in wanted
        if session.starts_at in new
        or not (place.pk in back or _made_since(session, begun.get(place.pk)))
        or not any(_overlap(session, one) for one in taken[place.case_id])
    ]


def series_to_book(now):
    """Series with a session to come that is not booked for somebody in it who is back from a pause."""
    missed = SeriesSession.objects.standing().filter(
        ~Exists(GroupAttendance.objects.filter(session=OuterRef("pk"), place=OuterRef(OuterRef("pk")))),
        series=OuterRef("series"),
        starts_at__gt=now,
    )  # fmt: skip
    ended = Pause.objects.filter(case=OuterRef("case"), ended_at__gte=OuterRef("given_at"))
    still = Pause.objects.running().filter(case=OuterRef("case"))
    places = SeriesPlace.objects.filter(
        Exists(ended), ~Exists(still), Exists(missed), state=PlaceState.TAKEN, case__in=Case.objects.ours()
    )  # fmt: skip
    found = places.select_related("series").order_by("series").distinct("series")
    return [one.series for one in found]


def stands_still(case_ids):
    """The cases of these whose supervision stands still, so that nothing is booked for them."""
    paused = Pause.objects.running().filter(case__in=case_ids)
    return set(paused.values_list("case", flat=True))


def begun_of(places):
    """{place: Begun}, of those for whom anything was ever booked."""
    ones: defaultdict[int, list[GroupAttendance]] = defaultdict(list)
    rows = GroupAttendance.objects.filter(place__in=places)
    for one in rows.select_related("session", "appointment"):
        ones[one.place_id].append(one)
    return {place: _begun(theirs) for place, theirs in ones.items()}


def _begun(theirs):
    return Begun(
        min(one.starts_at for one in theirs),
        min(one.session.number for one in theirs),
        frozenset(one.session_id for one in theirs),
        frozenset(one.session_id for one in theirs if _called_off(one)),
    )


def _called_off(one):
    """Whether the appointment was called off, and not because the session moved."""
    session = one.session
    as_held = (one.starts_at, one.ends_at) == (session.starts_at, session.ends_at)
    return as_held and one.appointment.called_off_at is not None


def _who_can_come(members):
    """Those of these who are supervised here, and whose supervision does not stand still."""
    cases = [one.case_id for one in members]
    ours = set(Case.objects.ours().filter(pk__in=cases).values_list("pk", flat=True))
    come = ours - stands_still(cases)
    return [one for one in members if one.case_id in come]


def _back(places):
    """The keys of those of these who are back from a pause that ended since they had the place."""
    ended = Pause.objects.filter(case__in=[one.case_id for one in places], ended_at__isnull=False)
    when = list(ended.values_list("case", "ended_at"))
    return {
        one.pk for one in places if any(case == one.case_id and at >= one.given_at for case, at in when)
    }  # fmt: skip


def _made_since(session, begun):
    """Whether it is a row that was made after they began, and that they were never booked for."""
    return begun is not None and session.pk not in begun.keys and session.pk > min(begun.keys)


def _overlap(session, one):
    return session.starts_at < one.ends_at and one.starts_at < session.ends_at


def _is_theirs(place, session, begun):
    """From the one they began with on, whatever its number is by now, and also where it is moved to an earlier day.

    A session that is moved is another row, made after all that they had.
    """
    if begun is None:
        return session.number >= place.begins_with
    if session.pk in begun.called_off:
        return False
    moved = session.pk > max(begun.keys)
    first = min(place.begins_with, begun.number)
    return (
        session.pk in begun.keys
        or session.starts_at >= begun.first
        or (moved and session.number >= first)
    )
