"""Testing again what was allocated, at once, when an order, a record or a site has changed.

What may not stand is suspended with the reason, what is to come of it is called off, whoever must hear is told, and
other work is to be found. Set-based: thousands are tested in a few statements. Source: unpaid work reference 10 (U2).
"""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localtime

from cases.models import NonAssociation, Override
from cases.queries.among import among
from cases.reference.overrides import Act
from cases.rules.words import ended, shortened
from cases.services.deadline_sets import DeadlineRow, open_deadlines
from staff.audit import record_each
from staff.rules.dates import say_date
from unpaidwork.models import Attendance, Project, WorkAllocation
from unpaidwork.queries.retesting import stands_against
from unpaidwork.queries.single_places import single_places
from unpaidwork.reference.risk import AllocationState
from unpaidwork.reference.sessions import Came
from unpaidwork.services.allocation_check import hold_cases
from unpaidwork.services.allocation_rows import AGAIN
from unpaidwork.services.attendances import call_off_attendances
from unpaidwork.services.single_places import retest_singles
from unpaidwork.services.telling_of_work import tell_of_work
from unpaidwork.services.work_owed import settle_work

LONGEST = 500  # letters that an allocation keeps of why
CHUNK = 500  # cases
TESTED = ("case", "project", "stop", "from_on", "to_on", "made_by")  # what thousands are read for
LATELY = timedelta(minutes=15)  # more than a sweep may come late; the night tests everybody


@transaction.atomic
def retest(case_ids, by, now):
    """Test every place of these people again, and each single day. Returns the allocations that were suspended."""
    hold_cases(case_ids)
    touched = _retest(WorkAllocation.objects.filter(case__in=among(case_ids)), by=by, now=now)
    retest_singles(by=by, now=now, case__in=among(case_ids))
    return touched


@transaction.atomic
def retest_projects(project_ids, by, now):
    """Test again everybody who works at these projects. Returns the allocations that were suspended.

    The projects are held before the cases, as whoever allocates does, so that nobody slips in meanwhile.
    """
    projects = Project.objects.filter(pk__in=project_ids).order_by("pk")
    list(projects.select_for_update(no_key=True))
    at = WorkAllocation.objects.filter(project__in=project_ids)
    singles = single_places(localtime(now).date()).filter(session__project__in=project_ids)
    by_the_week = at.exclude(state=AllocationState.ENDED)
    hold_cases([*by_the_week.values_list("case", flat=True), *singles.values_list("case", flat=True)])  # fmt: skip
    touched = _retest(at, by=by, now=now)
    retest_singles(by=by, now=now, session__project__in=project_ids)
    return touched


def retest_chunk(*, after, today, now, size=CHUNK):
    """Test the next so many cases with work again. A step of `cases.services.jobs.run_job`.

    Orders that begin or end, records brought in, overrides that have run out: each night, whoever saw it or not.
    """
    live = WorkAllocation.objects.live(today).filter(state=AllocationState.ACTIVE, case__gt=after)
    singles = single_places(today).filter(case__gt=after)
    either = live.values_list("case", flat=True).union(singles.values_list("case", flat=True))
    keys = list(either.order_by("case")[:size])
    suspended = retest(keys, None, now) if keys else []
    return (keys[-1] if len(keys) == size else None), {
        "tested": len(keys),
        "suspended": len(suspended),
    }


@transaction.atomic
def retest_changed(*, now):
    """Test again whoever works and whose record, order, non-association or override has changed lately.

    An import or another page has no need to know of work. Returns the allocations that were suspended.
    """
    since, today = now - LATELY, localtime(now).date()
    live = WorkAllocation.objects.live(today).filter(state=AllocationState.ACTIVE)
    pairs = NonAssociation.objects.in_force(today).filter(from_on=today)
    apart = {case for pair in pairs.values_list("one", "other") for case in pair}
    changed = (
        Q(case__facts_changed_at__gte=since)
        | Q(case__restrictions__recorded_at__gte=since)
        | Q(case__in=apart)
    )
    by_override = Q(override__isnull=False, case__in=_overrides_over(today).values("case"))
    by_the_week = live.filter(changed | by_override).values_list("case", flat=True)
    single = single_places(today).filter(changed).values_list("case", flat=True)
    keys = sorted({*by_the_week, *single})
    return retest(keys, None, now) if keys else []


def _overrides_over(today):
    """Overrides of allocations that ended today, or whose last day was yesterday."""
    ended = Q(closed_on__gte=today) | Q(expires_on=today - timedelta(days=1))
    return Override.objects.filter(ended, act=Act.ALLOCATION)


def _retest(allocations, *, by, now):
    today = localtime(now).date()
    live = allocations.live(today).filter(state=AllocationState.ACTIVE)
    tested = list(live.only(*TESTED).order_by("pk"))
    found = stands_against(tested, today) if tested else {}
    rows = allocations.filter(pk__in=found).select_related("case", "project")
    touched = list(rows.order_by("pk")) if found else []
    if touched:
        _suspend(touched, found, by=by, now=now)
    return touched


def _suspend(touched, found, *, by, now):
    for one in touched:
        said = " ".join(gap.sentence for gap in found[one.pk])
        one.state, one.state_because = AllocationState.SUSPENDED, shortened(said, LONGEST)
    WorkAllocation.objects.bulk_update(touched, ["state", "state_because"], batch_size=1000)
    rows = [
        (
            one.case.crn,
            {
                "allocation": one.pk,
                "project": one.project_id,
                "because": [gap.key for gap in found[one.pk]],
            },
        )
        for one in touched
    ]
    record_each(by=by, action="suspended_work", rows=rows)
    there = _there(touched, now)
    _call_off(touched, by=by, now=now)
    _find_other_work(touched, by=by, now=now)
    for one in touched:
        _tell(one, there.get(one.pk), now=now)


def _call_off(touched, *, by, now):
    """What is to come, by the reason it is called off for: it names no victim, as no sentence of the gate does.

    Whoever came early is there already: they stay on the register until it says that they left.
    """
    coming = defaultdict(list)
    reasons = {one.pk: one.state_because for one in touched}
    for one in Attendance.objects.filter(allocation__in=reasons).exclude(came=Came.HERE):
        coming[reasons[one.allocation_id]].append(one)
    for because, ones in coming.items():
        call_off_attendances(attendances=ones, because=because, by=by, now=now)


def _find_other_work(touched, *, by, now):
    today = localtime(now).date()
    rows = {
        one.case_id: DeadlineRow(
            one.case_id,
            today,
            f"Their work at {one.project.code} was suspended on {say_date(today)}",
        )
        for one in touched
    }
    open_deadlines(kind=AGAIN, rows=[rows[pk] for pk in sorted(rows)], by=by, today=today)
    settle_work(case_ids=sorted(rows), by=by, today=today)


def _there(touched, now):
    """{key: the attendance} of those who are on site already, or else are expected there today."""
    today = Attendance.objects.filter(
        allocation__in=touched,
        session__on=localtime(now).date(),
        appointment__contact__outcome_code="",
    )
    here_last = sorted(
        today.order_by("session__from_at", "pk"), key=lambda one: one.came == Came.HERE
    )
    return {one.allocation_id: one for one in here_last}


def _tell(allocation, there, *, now):
    case, project = allocation.case, allocation.project
    because = ended(allocation.state_because)
    text = f"The work of {case.crn} at {project.code} is suspended. {because}"
    tell_of_work(case=case, project=project, text=text, there=there, now=now)
