"""What answers what is owed of unpaid work, of many requirements at once."""

from django.db.models import Q
from django.utils.timezone import localtime

from cases.models import Contact, Deadline
from unpaidwork.models import Attendance, Work, WorkAllocation, WorkReview
from unpaidwork.queries.single_places import by_itself
from unpaidwork.reference.risk import AllocationState
from unpaidwork.reference.work import INDUCTION_TYPE, UNPAID_WORK_TYPE


def arranged_on(works):
    """{key of a work: since when it is arranged}: an allocation, a session, or an induction that was booked.

    An appointment that the extract brought in for the requirement counts as well. Three statements.
    """
    found = {}
    allocated = WorkAllocation.objects.filter(work__in=works).exclude(state=AllocationState.ENDED)
    for key, at in allocated.order_by("-made_at").values_list("work", "made_at"):
        found[key] = localtime(at).date()
    # An induction that was called off arranges nothing; of a place by the week, its own end says so
    off = Q(by_itself(), appointment__called_off_at__isnull=False)
    days = Attendance.objects.filter(work__in=works).exclude(off)
    for key, on in days.values_list("work", "session__on"):
        found.setdefault(key, on)
    by_case: dict[int, list[Work]] = {}
    for one in works:
        by_case.setdefault(one.case_id, []).append(one)
    named = Q(requirement__in=[one.pk for one in works]) | Q(requirement=None)
    booked = Contact.objects.appointments().filter(
        named, case__in=by_case, type_code__in=[INDUCTION_TYPE, UNPAID_WORK_TYPE]
    )
    of_it = Contact.objects.appointments().filter(requirement__in=[one.pk for one in works])
    rows = (booked | of_it).values_list("case", "requirement", "started_at")
    for case, requirement, at in rows.order_by("started_at"):
        on = localtime(at).date()
        for one in by_case[case]:
            if requirement in (None, one.pk) and on >= one.sentenced_on:
                found.setdefault(one.pk, on)
    return found


def looked_back_since(works):
    """The cases of which a look back has been recorded."""
    return set(WorkReview.objects.filter(work__in=works).values_list("work__case", flat=True))


def answered_lately(works, kind, since):
    """The cases on which what was owed of this kind was done, and not merely dropped, since that day."""
    cases = [one.case_id for one in works]
    met = Deadline.objects.filter(kind=kind, case__in=cases, void=False, met_on__gte=since)
    return set(met.values_list("case", flat=True))
