"""Who on a published sheet may not start work after all: what came on their record, or who supervises, since it was out.

Publishing refuses the same. The supervisor is told that they do not start, and not why: that is the coordinator's to
know. Source: product rules, gates; unpaid work reference 6 (acknowledged again on change) and 10.
"""

from django.db.models import Exists, F, OuterRef, Q

from cases.models import Case
from cases.reference.appointments import AskedBy
from unpaidwork.models import Attendance, WorkAllocation
from unpaidwork.queries.gate import left_for_each
from unpaidwork.queries.single_places import by_itself, stands_against_singles
from unpaidwork.queries.supervising import unfit_of_each
from unpaidwork.reference.risk import AllocationState
from unpaidwork.reference.sessions import SessionState
from unpaidwork.reference.sites import ProjectKind
from unpaidwork.rules.sheet import CHANGED, SUPERVISOR


def on_sheet():
    """Places on sheets: what stands, and what was called off once the sheet was out because the work there was
    suspended, or by us where they had no place by the week that could be (then `by_itself`). Whoever read it before,
    or holds it on paper, is told that they do not start; they may turn up all the same.
    """
    there = WorkAllocation.objects.filter(
        work=OuterRef("work"), project=OuterRef("session__project"), state=AllocationState.SUSPENDED
    )
    since = Q(
        Exists(there) | Q(by_itself=True, appointment__asked_by=AskedBy.SERVICE),
        session__state=SessionState.PUBLISHED,
        appointment__called_off_at__gte=F("session__published_at"),
    )
    rows = Attendance.objects.annotate(by_itself=by_itself())
    return rows.filter(Q(appointment__called_off_at=None) | since)


def held_since(session, keys, places):
    """{key of the case: what the sheet says of why they do not start}; of a sheet that is out and no other.

    `places`: of those who are to come. In a fixed number of statements, however many gates are shut.
    """
    if session.state != SessionState.PUBLISHED or not keys:
        return {}
    found = dict.fromkeys(unfit_of_each(keys, session.staff.all(), session.on), SUPERVISOR)
    single = [one for one in places if one.allocation_id is None and one.case_id in set(keys)]
    for one in single:
        one.session = session
    against = stands_against_singles(single, session.on)
    found |= {one.case_id: CHANGED for one in single if one.pk in against}
    if session.project.kind != ProjectKind.INDUCTION:  # held while the gate is shut
        cases = Case.objects.filter(pk__in=keys)
        found |= dict.fromkeys(left_for_each(cases, session.on), CHANGED)
    return found


def placed_though_shut(keys, today):
    """Of these cases, the keys of those who have a place although a gate is shut that no override passes.

    Brought in, or shut since: no sheet goes out with them on it, and here it is seen before the day. In a fixed number
    of statements.
    """
    live = WorkAllocation.objects.live(today).filter(case__in=keys, state=AllocationState.ACTIVE)
    return list(left_for_each(Case.objects.filter(pk__in=live.values("case")), today))
