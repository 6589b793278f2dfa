"""Hours of unpaid work: where they stand, changing them, courses, looking back; and everybody with work."""

from dataclasses import dataclass

from django.utils.timezone import localdate, now
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import SIZE, CaseAPI, StaffAPI, page
from cases.rules.addresses import number
from staff.permissions import Action
from unpaidwork.api import work_shapes as shapes
from unpaidwork.models import Attendance, Course, Work
from unpaidwork.queries import caseload
from unpaidwork.queries.hours import hours_of
from unpaidwork.queries.works import works_of
from unpaidwork.reference.work import WorkState
from unpaidwork.rules.hours import Hours, Pace
from unpaidwork.services import work as services
from unpaidwork.services import work_states as states
from unpaidwork.services.work_reviews import review_work


@dataclass(frozen=True)
class Stands:
    work: Work
    hours: Hours


def _stands(works):
    found = hours_of(works, localdate())
    return [Stands(one, found[one.pk]) for one in works]


class WorkList(StaffAPI):
    action = Action.VIEW_UNPAID_WORK

    @extend_schema(
        operation_id="list_unpaid_work",
        parameters=[
            OpenApiParameter("state", enum=[*(one.value for one in WorkState), caseload.ANY]),
            OpenApiParameter("pace", enum=[one.value for one in Pace]),
            OpenApiParameter("look", enum=list(caseload.EXCEPTIONS)),
            OpenApiParameter("after", int),
        ],
        responses=shapes.WorkListOut,
    )
    def get(self, request):
        """Everybody with unpaid work, by name. Cases of limited access are left out."""
        asked = request.query_params
        known = {
            "state": [*WorkState, caseload.ANY],
            "pace": list(Pace),
            "look": list(caseload.EXCEPTIONS),
        }
        wanted = caseload.Wanted(
            **{name: asked[name] for name, codes in known.items() if asked.get(name) in codes}
        )
        found = caseload.page_of_work(
            request.user,
            wanted,
            localdate(),
            after=number(asked.get("after", "")),
            size=SIZE,
        )
        return Response(page(found, shapes.WorkRowOut(found.rows, many=True).data))


class CaseWork(CaseAPI):
    action = Action.VIEW_UNPAID_WORK

    @extend_schema(operation_id="list_hours", responses=shapes.WorkHoursOut(many=True))
    def get(self, request, crn):
        """Where the hours of each requirement of the case stand, those that run first."""
        return Response(shapes.WorkHoursOut(_stands(works_of(self.case)), many=True).data)


class WorkStep(CaseAPI):
    """One step on the work of one requirement."""

    action = Action.CREDIT_HOURS

    def take(self, request, key, service, shape, *, timed=False):
        given = shape(data=request.data)
        given.is_valid(raise_exception=True)
        known = {"by": request.user, "today": localdate(), **({"now": now()} if timed else {})}
        return service(work=self.work(key), **given.validated_data, **known)

    def work(self, key):
        work = get_object_or_404(self.case.works, pk=key)
        work.case = self.case
        return work

    def stands(self, key, status=200):
        (found,) = _stands([self.case.works.get(pk=key)])
        return Response(shapes.WorkHoursOut(found).data, status=status)


class AdjustHours(WorkStep):
    @extend_schema(
        operation_id="adjust_hours",
        request=shapes.AdjustmentIn,
        responses={201: shapes.AdjustmentOut},
    )
    def post(self, request, crn, work_requirement):
        """Write one entry of the ledger. A mistake is put right by another."""
        made = self.take(
            request, work_requirement, services.adjust_hours, shapes.AdjustmentIn, timed=True
        )
        return Response(shapes.AdjustmentOut(made).data, status=201)


class CreditTravel(WorkStep):
    @extend_schema(
        operation_id="credit_travel",
        request=shapes.TravelIn,
        responses={201: shapes.AdjustmentOut},
    )
    def post(self, request, crn, work_requirement):
        """Credit the travel of one session, where travel time is allowed on its day."""
        given = shapes.TravelIn(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        sessions = Attendance.objects.filter(work=self.work(work_requirement))
        attendance = get_object_or_404(sessions.select_related("work"), pk=said.pop("attendance"))
        attendance.work.case = self.case
        made = services.credit_travel(
            attendance=attendance, by=request.user, today=localdate(), now=now(), **said
        )
        return Response(shapes.AdjustmentOut(made).data, status=201)


class WorkCourses(WorkStep):
    @extend_schema(
        operation_id="record_course", request=shapes.CourseIn, responses={201: shapes.CourseOut}
    )
    def post(self, request, crn, work_requirement):
        """Keep that they finished a course. Whether it counts is decided apart."""
        made = self.take(
            request, work_requirement, services.record_course, shapes.CourseIn, timed=True
        )
        return Response(shapes.CourseOut(made).data, status=201)


class DecideCourse(CaseAPI):
    action = Action.CREDIT_HOURS

    @extend_schema(
        operation_id="decide_course", request=shapes.DecideCourseIn, responses=shapes.CourseOut
    )
    def post(self, request, crn, work_course):
        """Credit a course with what it may count for, or say why it does not count."""
        given = shapes.DecideCourseIn(data=request.data)
        given.is_valid(raise_exception=True)
        courses = Course.objects.filter(work__case=self.case).select_related("work")
        course = get_object_or_404(courses, pk=work_course)
        course.work.case = self.case
        done = services.decide_course(
            course=course, by=request.user, today=localdate(), now=now(), **given.validated_data
        )
        return Response(shapes.CourseOut(done).data)


class DecideWeek(WorkStep):
    @extend_schema(
        operation_id="decide_work_week", request=shapes.WeekIn, responses=shapes.WorkHoursOut
    )
    def post(self, request, crn, work_requirement):
        """Decide whether they work intensively, or what is offered a week."""
        self.take(request, work_requirement, states.decide_intensive, shapes.WeekIn)
        return self.stands(work_requirement)


class AllowCourses(WorkStep):
    @extend_schema(
        operation_id="allow_courses", request=shapes.SuspensionIn, responses=shapes.WorkHoursOut
    )
    def post(self, request, crn, work_requirement):
        """Say why courses count for this person."""
        self.take(request, work_requirement, states.allow_courses, shapes.SuspensionIn)
        return self.stands(work_requirement)


class SuspendWork(WorkStep):
    @extend_schema(
        operation_id="suspend_work", request=shapes.SuspensionIn, responses=shapes.WorkHoursOut
    )
    def post(self, request, crn, work_requirement):
        """Nothing is to be worked for now. The time to work it in runs on."""
        self.take(request, work_requirement, states.suspend_work, shapes.SuspensionIn)
        return self.stands(work_requirement)


class ResumeWork(WorkStep):
    @extend_schema(operation_id="resume_work", request=None, responses=shapes.WorkHoursOut)
    def post(self, request, crn, work_requirement):
        """It is to be worked again."""
        states.resume_work(work=self.work(work_requirement), by=request.user, today=localdate())
        return self.stands(work_requirement)


class MoreTime(WorkStep):
    action = Action.RECORD_CONTACT

    @extend_schema(
        operation_id="answer_extension", request=shapes.MoreTimeIn, responses=shapes.WorkHoursOut
    )
    def post(self, request, crn, work_requirement):
        """Say what was done about more time: the court gave it, or what was proposed or why not."""
        self.take(request, work_requirement, states.answer_extension, shapes.MoreTimeIn, timed=True)
        return self.stands(work_requirement)


class WorkReviews(WorkStep):
    @extend_schema(
        operation_id="review_work",
        request=shapes.WorkReviewIn,
        responses={201: shapes.WorkReviewOut},
    )
    def post(self, request, crn, work_requirement):
        """Keep what was said when they looked back at a third, half or the end of the hours."""
        made = self.take(request, work_requirement, review_work, shapes.WorkReviewIn, timed=True)
        return Response(shapes.WorkReviewOut(made).data, status=201)


OF_WORK = {  # what of a requirement: its endpoint
    "adjustments": AdjustHours,
    "travel": CreditTravel,
    "courses": WorkCourses,
    "a-week": DecideWeek,
    "courses-count": AllowCourses,
    "suspend": SuspendWork,
    "resume": ResumeWork,
    "more-time": MoreTime,
    "look-back": WorkReviews,
}
