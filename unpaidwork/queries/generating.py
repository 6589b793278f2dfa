"""What sessions are generated from, of many people in a fixed number of statements.

Source: `unpaidwork.rules.generating` says what follows.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from cases.services.appointment_sets import may_be_booked
from cases.services.policy import clocks
from unpaidwork.models import Attendance, WorkAllocation
from unpaidwork.queries.allocating import placing_of
from unpaidwork.queries.hours import hours_of
from unpaidwork.queries.projects import days_of_sites
from unpaidwork.reference.risk import AllocationState
from unpaidwork.reference.sessions import Came
from unpaidwork.reference.work import WorkState
from unpaidwork.rules.availability import holidays_between
from unpaidwork.rules.generating import Place, shortfall


@dataclass(frozen=True, slots=True)
class ToFill:
    """One requirement with its places and what it was given."""

    work: object  # the `Work`, with its case, requirement and sentence
    places: tuple[Place, ...]
    left: int | None  # minutes; None: the length is not recorded
    offered: int
    have: frozenset


def to_fill(case_ids, today):
    """[ToFill] of those of these cases whose places stand, and whom anything may be booked for."""
    open_ones = may_be_booked(case_ids)
    found = WorkAllocation.objects.filter(case__in=open_ones, work__state=WorkState.OPEN)
    found = found.filter(Q(to_on=None) | Q(to_on__gte=today), state=AllocationState.ACTIVE)
    rows = list(found.select_related("work__case", "work__requirement__sentence").order_by("pk"))
    works = {one.work_id: one.work for one in rows}
    places = _places(rows, today)
    hours = hours_of(works.values(), today)
    offered, have = _given(works)
    return [
        ToFill(
            work=work,
            places=tuple(places[key]),
            left=hours[key].left if hours[key].known else None,
            offered=offered[key],
            have=frozenset(have[key]),
        )
        for key, work in works.items()
        if not hours[key].first
    ]


def closed_days(first, last, today):
    """Days on which nobody works."""
    return holidays_between(first, last, clocks(today).extra_bank_holidays)


def shortfalls(works, hours, today, allocations=None):
    """{key: Shortfall} of these works (rows): what their active places come to by the last day. `hours`: theirs, by key.

    `allocations`: those of these works that have not ended, with their projects, where the caller has read them.
    """
    works = list(works)
    places = places_of(works, today) if allocations is None else places_among(allocations, today)
    furthest = max([hours[one.pk].finish_by for one in works], default=today)
    closed = closed_days(today, max(furthest, today), today)
    found = {}
    for one in works:
        stands = hours[one.pk]
        last = max(stands.finish_by, today)
        found[one.pk] = shortfall(
            places[one.pk],
            left=stands.left,
            weekly_due=one.weekly_minutes,
            first=today,
            last=last,
            closed=closed,
        )
    return found


def places_of(works, today):
    """{key of a work: [Place] that are active}, of these works; none of those without."""
    rows = WorkAllocation.objects.live(today).filter(work__in=works, state=AllocationState.ACTIVE)
    return _places(list(rows.order_by("pk")), today)


def places_among(allocations, today):
    """The same of these rows, which have their projects."""
    rows = [one for one in allocations if one.state == AllocationState.ACTIVE]
    rows = [one for one in rows if one.to_on is None or one.to_on >= today]
    projects = {one.project_id: one.project for one in rows}
    return _places(sorted(rows, key=lambda one: one.pk), today, projects.values())


def _places(rows, today, projects=None):
    sites = days_of_sites({one.project_id for one in rows}, projects)
    found = defaultdict(list)
    for one in rows:
        found[one.work_id].append(Place(one.pk, placing_of(one), sites[one.project_id]))
    return found


def _given(works):
    """({work: minutes to come or to be recorded}, {work: what they were given before}). One statement.

    What was called off because a place no longer stood may be given again: its attendance is of no place now.
    """
    offered: dict[int, int] = defaultdict(int)
    have: dict[int, set] = defaultdict(set)
    rows = Attendance.objects.filter(work__in=works).values_list(
        "work",
        "session__project",
        "session__on",
        "session__from_at",
        "came",
        "allocation",
        "appointment__called_off_at",
        "appointment__contact__started_at",
        "appointment__contact__ended_at",
        "appointment__contact__outcome_code",
    )
    for work, project, on, from_at, came, allocation, off, start, end, outcome in rows:
        if not off or allocation:
            have[work].add((project, on, from_at))
        if came in (Came.EXPECTED, Came.HERE) and not off and not outcome and end:
            offered[work] += int((end - start).total_seconds()) // 60
    return offered, have
