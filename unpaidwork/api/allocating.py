"""Places at work: what suits somebody, giving a place, every change of it, several at once, and inductions.

Each by the one check of the pages: what refuses there refuses here, in the same words.
"""

from typing import Any

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI, StaffAPI
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.rules.gaps import gates
from staff.errors import RuleBroken
from staff.permissions import Action
from unpaidwork.api.allocating_shapes import (
    AllocatedManyOut,
    AllocateIn,
    AllocateManyIn,
    InductionIn,
    InductionOut,
    MoveWorkIn,
    PlacingIn,
    ReopenWorkIn,
    StopWorkIn,
    WarningsReadIn,
    WorkAllocationOut,
    WorkMatchesOut,
)
from unpaidwork.models import Project, Work, WorkAllocation
from unpaidwork.queries.gate import passed_by
from unpaidwork.queries.matching import matches_for
from unpaidwork.queries.waiting import works_to_allocate
from unpaidwork.queries.works import open_works
from unpaidwork.reference.risk import AllocationState
from unpaidwork.reference.work import WorkState
from unpaidwork.rules.day_keys import say_day
from unpaidwork.rules.placing import Placing
from unpaidwork.services import allocations as services
from unpaidwork.services.sessions import book_induction, generate_sessions

NO_WORK = "There is no unpaid work to be done on this case."


class WorkMatches(CaseAPI):
    action = Action.ALLOCATE_WORK

    @extend_schema(operation_id="match_work", responses=WorkMatchesOut)
    def get(self, request, crn):
        """The projects for this person, the best first, with why and why not. None where nothing is to be worked."""
        work, today = next(iter(open_works(self.case)), None), localdate()
        if work is None:
            return Response({"stands_in_the_way": [], "matches": []})
        found, names = matches_for(work, today), _names(self.case, request.user)
        left = passed_by(self.case, found.of_case, request.user, today)
        matches = [
            {
                "project": one.site.code,
                "stands": one.stands.value,
                "days": [say_day(day.runs) for day in one.days],
                "minutes_each_way": one.minutes,
                "why": [names.text(words) for words in one.why],
                "against": [_found(gap, names) for gap in one.against],
            }
            for one in found.matches
        ]
        return Response(
            {
                "stands_in_the_way": [_found(one, names) for one in gates(left)],
                "matches": matches,
            }
        )


class WorkAllocations(CaseAPI):
    action = Action.VIEW_UNPAID_WORK
    actions = {"POST": Action.ALLOCATE_WORK}

    @extend_schema(operation_id="list_work_allocations", responses=WorkAllocationOut(many=True))
    def get(self, request, crn):
        """Every place of the case, the latest first."""
        rows = WorkAllocation.objects.filter(case=self.case).select_related("project")
        context = {"names": _names(self.case, request.user)}
        return Response(WorkAllocationOut(rows.order_by("-pk"), many=True, context=context).data)

    @extend_schema(
        operation_id="allocate_work", request=AllocateIn, responses={201: WorkAllocationOut}
    )
    def post(self, request, crn):
        """Give a place. Refused with what stands in the way; a warning is refused until its key is in `seen`."""
        said = _given(AllocateIn, request)
        work, seen = _work(self.case, said.pop("work")), said.pop("seen")
        made = services.allocate(
            work=work, placing=_placing(said), by=request.user, now=now(), seen=seen
        )
        generate_sessions(case_ids=[self.case.pk], by=request.user, now=now())
        return Response(_out(made, self.case, request.user), status=201)


class AllocationStep(CaseAPI):
    """One change of a place of the case."""

    action = Action.ALLOCATE_WORK

    def take(self, request, key, service, **said):
        rows = WorkAllocation.objects.select_related("case", "work", "project")
        found = get_object_or_404(rows, pk=key, case=self.case)
        done = service(allocation=found, by=request.user, now=now(), **said)
        if done.state == AllocationState.ACTIVE:
            generate_sessions(case_ids=[self.case.pk], by=request.user, now=now())
        return Response(_out(done, self.case, request.user))


class SuspendAllocation(AllocationStep):
    @extend_schema(
        operation_id="suspend_work_allocation", request=StopWorkIn, responses=WorkAllocationOut
    )
    def post(self, request, crn, allocation):
        """Stop it for a time: what is to come is called off."""
        return self.take(request, allocation, services.suspend, **_given(StopWorkIn, request))


class EndAllocation(AllocationStep):
    @extend_schema(
        operation_id="end_work_allocation", request=StopWorkIn, responses=WorkAllocationOut
    )
    def post(self, request, crn, allocation):
        """End it: what is to come is called off."""
        return self.take(
            request, allocation, services.end_allocation, **_given(StopWorkIn, request)
        )


class ResumeAllocation(AllocationStep):
    @extend_schema(
        operation_id="resume_work_allocation", request=WarningsReadIn, responses=WorkAllocationOut
    )
    def post(self, request, crn, allocation):
        """Have it stand again, by the same check as when it was given."""
        return self.take(request, allocation, services.resume, **_given(WarningsReadIn, request))


class ReopenAllocation(AllocationStep):
    @extend_schema(
        operation_id="reopen_work_allocation", request=ReopenWorkIn, responses=WorkAllocationOut
    )
    def post(self, request, crn, allocation):
        """Have one that ended stand again, by the same check."""
        return self.take(request, allocation, services.reopen, **_given(ReopenWorkIn, request))


class ChangeAllocation(AllocationStep):
    @extend_schema(
        operation_id="change_work_allocation", request=PlacingIn, responses=WorkAllocationOut
    )
    def post(self, request, crn, allocation):
        """Its day, hours, dates, way. `project` is the one it is at: to move, reassign."""
        said = _given(PlacingIn, request)
        project, seen = said.pop("project"), said.pop("seen")
        rows = WorkAllocation.objects.filter(pk=allocation, case=self.case, project=project)
        if not rows.exists():
            raise RuleBroken("It is at another project. To move them, reassign.")
        return self.take(request, allocation, services.change_allocation, seen=seen, **said)


class ReassignAllocation(AllocationStep):
    @extend_schema(operation_id="reassign_work", request=MoveWorkIn, responses=WorkAllocationOut)
    def post(self, request, crn, allocation):
        """Move them to another place: this one ends and the other begins, both or neither."""
        said = _given(MoveWorkIn, request)
        because, seen = said.pop("because"), said.pop("seen")
        return self.take(
            request,
            allocation,
            services.reassign,
            placing=_placing(said),
            because=because,
            seen=seen,
        )


class BookInduction(CaseAPI):
    action = Action.ALLOCATE_WORK

    @extend_schema(
        operation_id="book_induction", request=InductionIn, responses={201: InductionOut}
    )
    def post(self, request, crn):
        """Book an induction, also while the gate is shut."""
        said = _given(InductionIn, request)
        work = _work(self.case, said.pop("work"))
        made = book_induction(work=work, by=request.user, now=now(), **said)
        return Response(InductionOut(made).data, status=201)


class AllocateMany(StaffAPI):
    action = Action.ALLOCATE_WORK

    @extend_schema(
        operation_id="allocate_work_to_many", request=AllocateManyIn, responses=AllocatedManyOut
    )
    def post(self, request, project):
        """The same place for several: exceptions are called out, the rest are written."""
        row = get_object_or_404(Project, pk=project)
        said = _given(AllocateManyIn, request)
        seen, works = said.pop("seen"), works_to_allocate(request.user, said.pop("works"))
        done = services.allocate_many(
            works=works,
            placing=_placing(said | {"project": row}),
            by=request.user,
            now=now(),
            seen=seen,
        )
        made = [one.case_id for one in done.made]
        generate_sessions(case_ids=made, by=request.user, now=now())
        exceptions = [
            {
                "crn": one.work.case.crn,
                "why": [_names(one.work.case, request.user).text(words) for words in one.sentences],
            }
            for one in done.exceptions
        ]
        return Response({"made": [one.pk for one in done.made], "exceptions": exceptions})


ALLOCATION_STEPS: dict[str, Any] = {
    "suspend": SuspendAllocation,
    "end": EndAllocation,
    "resume": ResumeAllocation,
    "reopen": ReopenAllocation,
    "change": ChangeAllocation,
    "reassign": ReassignAllocation,
}


def _given(kind, request):
    given = kind(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _work(case, key):
    works = Work.objects.filter(case=case, state=WorkState.OPEN).select_related(
        "case", "requirement__sentence"
    )
    found = works.filter(pk=key) if key else works.order_by("sentenced_on", "pk")
    if (work := found.first()) is None:
        raise RuleBroken(NO_WORK)
    return work


def _placing(said):
    return Placing(**(said | {"project": said["project"].pk}))


def _names(case, user):
    return names_for(case, actions_on(case, user))


def _found(one, names):
    return {
        "key": one.key,
        "weight": str(one.weight),
        "sentence": names.text(one.sentence),
        "may_override": one.may_override,
    }


def _out(one, case, user):
    row = WorkAllocation.objects.select_related("project").get(pk=one.pk)
    return WorkAllocationOut(row, context={"names": _names(case, user)}).data
