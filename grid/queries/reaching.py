"""Which leaders reach which cases by the groups that they lead, and until when.

Source: product rules, roles; `grid.rules.reaching`. In a fixed number of statements however many cases there are.
"""

from collections import defaultdict
from datetime import date, timedelta

from django.utils.timezone import localtime

from cases.models import Assignment
from cases.queries.among import among
from cases.queries.days import midnight
from cases.reference.codes import Capacity
from grid.models import GroupAttendance, SeriesPlace, SessionLeader
from grid.reference.groups import PlaceState, SessionState
from grid.rules.reaching import REGISTER_OWED, Led, reaches_until
from staff.permissions import Action, Reach, Role, reach

KEEP = Action.KEEP_GROUP_REGISTER
BY_ASSIGNMENT = [role for role in Role if reach(role, KEEP) == Reach.ASSIGNED]


def reach_wanted(case_ids, today) -> dict[tuple[int, int], date]:
    """{(case, user): the last day} that whoever leads is to reach of these cases. Four statements."""
    found: defaultdict[tuple[int, int], list[Led]] = defaultdict(list)
    for case, user, led in (*_to_come(case_ids, today), *_owed(case_ids, today)):
        found[case, user].append(led)
    ends = {key: reaches_until(sessions, today) for key, sessions in found.items()}
    return {key: until for key, until in ends.items() if until}


def reach_held(case_ids, today):
    """The assignments that groups opened on these cases, and that run. One without an end was given by hand."""
    return (
        Assignment.objects.on(today)
        .filter(
            case__in=among(case_ids),
            capacity=Capacity.GROUP,
            user__isnull=False,
            to_on__isnull=False,
        )
        .order_by("pk")
    )


def concerned(today):
    """Keys of the cases of which somebody reaches, or is to reach, anybody by a group."""
    members = SeriesPlace.objects.filter(state=PlaceState.TAKEN).values_list("case", flat=True)
    owed = _unsent(today).values_list("case", flat=True)
    open_ones = Assignment.objects.on(today).filter(
        capacity=Capacity.GROUP, user__isnull=False, to_on__isnull=False
    )
    return sorted({*members, *owed, *open_ones.values_list("case", flat=True)})


def _to_come(case_ids, today):
    """Of every session to come of a series in which they are."""
    members = SeriesPlace.objects.filter(state=PlaceState.TAKEN, case__in=among(case_ids))
    cases = defaultdict(list)
    for series, case in members.values_list("series", "case"):
        cases[series].append(case)
    rows = _led().filter(session__series__in=cases, ends_at__gte=midnight(today))
    for series, user, at, sent in rows.values_list(
        "session__series", "user", "starts_at", "session__sent_at"
    ):
        for case in cases[series]:
            yield case, user, Led(localtime(at).date(), sent is not None)


def _owed(case_ids, today):
    """Of every session at which they were expected, and whose register is not sent."""
    cases = defaultdict(list)
    attended = _unsent(today).filter(case__in=among(case_ids))
    for session, case in attended.values_list("session", "case"):
        cases[session].append(case)
    rows = _led().filter(session__in=cases)
    for session, user, at in rows.values_list("session", "user", "starts_at"):
        for case in cases[session]:
            yield case, user, Led(localtime(at).date(), sent=False)


def _unsent(today):
    """Attendances up to today whose register may still be owed."""
    return GroupAttendance.objects.expected().filter(
        session__sent_at=None,
        starts_at__gte=midnight(today - REGISTER_OWED),
        starts_at__lt=midnight(today + timedelta(days=1)),
    )


def _led():
    return SessionLeader.objects.standing().filter(
        session__state=SessionState.STANDS, user__role__in=BY_ASSIGNMENT, user__is_active=True
    )
