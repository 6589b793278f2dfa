"""Series of groups as the rules read them: those that somebody could join, and one as it stands planned.

Source: product rules, groups. The same few statements however many series there are.
"""

from collections import defaultdict
from datetime import time

from django.db.models import Q
from django.utils.timezone import localtime

from cases.models import Case
from cases.queries.among import among
from cases.reference.codes import Sex
from cases.rules.booking import FEMALE_IDENTITY
from grid.models import Series, SeriesPlace, SeriesSession
from grid.reference.groups import PlaceState
from grid.rules import series as planning
from grid.rules.groups_open import OpenSeries
from grid.rules.intervention_policy import Dose
from grid.rules.sessions import Session

ABOUT = ("place", "planned_by")


def find_series(pk):
    """The series of this key, called off or not, with its place; None where there is none."""
    return Series.objects.select_related(*ABOUT).filter(pk=pk).first()


def open_series(now, codes=None):
    """[OpenSeries] of every series with a session to come, in order of their first sessions. Four statements.

    `codes`: of the interventions that are asked for; None: any. Sessions that were called off are not among them.
    """
    found = Series.objects.to_come(now).select_related("place")
    if codes is not None:
        found = found.filter(code__in=list(codes))
    return as_open(found, now)


def as_open(found, now):
    """[OpenSeries] of these rows, in order of their first sessions; one without any session that stands is left out."""
    rows = {one.pk: one for one in found}
    sessions, (members, kept) = standing_sessions(rows), _there(rows, now)
    women = _women(set().union(*members.values(), *kept.values()))
    opened = [
        _open(one, sessions[pk], members[pk], kept[pk], women)
        for pk, one in rows.items()
        if sessions[pk]
    ]
    return sorted(opened, key=lambda one: (one.sessions[0].starts_at, one.pk))


def series_as_planned(series):
    """The series as `grid.rules.series` has it: what stands, in order of its numbers."""
    return planning.Series(
        dose_of(series),
        weekly_of(series),
        tuple(standing_sessions([series.pk])[series.pk]),
    )


def standing_sessions(keys):
    """{series: [Session]} of what stands, each in order of its numbers."""
    rows = SeriesSession.objects.standing().filter(series__in=among(keys)).order_by("number")
    found = defaultdict(list)
    for one in rows.only("series", "number", "starts_at", "ends_at"):
        found[one.series_id].append(as_session(one))
    return found


def as_session(row):
    """A row of the table as a session by the clock in London."""
    starts = localtime(row.starts_at)
    minutes = int((row.ends_at - row.starts_at).total_seconds()) // 60
    return Session(row.number, starts.date(), starts.time(), minutes)


def dose_of(series):
    return Dose(**series.dose)


def weekly_of(series):
    return tuple(
        planning.Weekly(weekday, time.fromisoformat(from_at)) for weekday, from_at in series.weekly
    )


def _there(keys, now):
    """({series: cases in it}, {series: cases for which a place is kept})"""
    members: dict[int, set[int]] = defaultdict(set)
    kept: dict[int, set[int]] = defaultdict(set)
    rows = SeriesPlace.objects.live(now).filter(series__in=among(keys))
    for series, case, state in rows.values_list("series", "case", "state"):
        (members if state == PlaceState.TAKEN else kept)[series].add(case)
    return members, kept


def _women(cases):
    """Those of these who are women, by sex or by their own account."""
    theirs = Q(sex=Sex.FEMALE) | Q(person__gender_identity__in=FEMALE_IDENTITY)
    return set(Case.objects.filter(theirs, pk__in=among(cases)).values_list("pk", flat=True))


def _open(one, sessions, members, kept, women):
    return OpenSeries(
        pk=one.pk,
        code=one.code,
        place=one.place_id,
        site=one.place.name,
        sessions=tuple(sessions),
        places=one.places,
        members=frozenset(members),
        kept=frozenset(kept),
        women=frozenset((members | kept) & women),
        women_only=one.women_only,
        rolling=one.rolling,
        entries=frozenset(one.entries),
    )
