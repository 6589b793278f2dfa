"""Projects by the API: the same services, permissions and refusals as the pages. Nobody who works there is named."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import SIZE, StaffAPI, page
from cases.queries.paging import page_of
from cases.rules.addresses import number
from cases.rules.gaps import Weight
from staff.permissions import Action
from unpaidwork.api.project_shapes import (
    DaysIn,
    LastDayIn,
    NeighbourIn,
    PickUpIn,
    PickUpOut,
    ProjectIn,
    ProjectOut,
    SiteCheckIn,
    WayIn,
)
from unpaidwork.models import Availability, Neighbour, PickUp, Project, Route
from unpaidwork.queries.project_pages import told_to
from unpaidwork.queries.projects import sites_of
from unpaidwork.rules.sites import site_gaps
from unpaidwork.services import project_places, projects

KNOWN = ("beneficiary", "team")


class Projects(StaffAPI):
    action = Action.VIEW_PROJECTS

    @extend_schema(operation_id="list_projects", responses=ProjectOut(many=True))
    def get(self, request):
        """Running projects by name, a hundred at a time: `?after=` the `next_after` of the page before."""
        found = page_of(
            Project.objects.running(localdate())
            .select_related(*KNOWN)
            .prefetch_related("availability"),
            keys=("name", "pk"),
            after=number(request.GET.get("after", "")),
            size=SIZE,
            known_by="pk",
        )
        return Response(page(found, _shown(found.rows, request.user, many=True)))


class AddProject(StaffAPI):
    action = Action.SET_PROJECTS

    @extend_schema(operation_id="add_project", request=ProjectIn, responses={201: ProjectOut})
    def post(self, request):
        """Add a project."""
        said = _given(ProjectIn, request)
        made, _ = projects.save_project(project=None, by=request.user, now=now(), **said)
        return Response(_shown(made, request.user), status=201)


class OneProject(StaffAPI):
    action = Action.VIEW_PROJECTS

    @extend_schema(operation_id="get_project", responses=ProjectOut)
    def get(self, request, project):
        """One project. Where a refuge stands is told to those who set projects alone."""
        return Response(_shown(_found(project), request.user))


class ProjectStep(StaffAPI):
    """One thing done to a project."""

    action = Action.SET_PROJECTS

    def take(self, request, project, service, status=201, **said):
        found = _found(project)
        service(project=found, by=request.user, now=now(), **said)
        return Response(_shown(_found(project), request.user), status=status)


class ChangeProject(ProjectStep):
    @extend_schema(operation_id="change_project", request=ProjectIn, responses=ProjectOut)
    def post(self, request, project):
        """Write what is said of a project anew; whoever works there is tested again at once."""
        said = _given(ProjectIn, request)
        return self.take(request, project, projects.save_project, status=200, **said)


class EndProject(ProjectStep):
    @extend_schema(operation_id="end_project", request=LastDayIn, responses=ProjectOut)
    def post(self, request, project):
        """Say which day is its last."""
        said = _given(LastDayIn, request)
        return self.take(request, project, projects.end_project, status=200, **said)


class AddDays(ProjectStep):
    @extend_schema(operation_id="add_project_days", request=DaysIn, responses={201: ProjectOut})
    def post(self, request, project):
        """Add a day of the week on which it runs."""
        said = _given(DaysIn, request)
        return self.take(request, project, projects.save_days, days=None, **said)


class CheckSite(ProjectStep):
    @extend_schema(operation_id="check_site", request=SiteCheckIn, responses={201: ProjectOut})
    def post(self, request, project):
        """Record that the site was looked at: every hazard with its control."""
        said = _given(SiteCheckIn, request)
        said["hazards"] = [(one["hazard"], one["control"]) for one in said["hazards"]]
        return self.take(request, project, projects.check_site, today=localdate(), **said)


class AddNeighbour(ProjectStep):
    @extend_schema(operation_id="add_neighbour", request=NeighbourIn, responses={201: ProjectOut})
    def post(self, request, project):
        """Say who is on the site or near it; whoever works there is tested again at once."""
        said = _given(NeighbourIn, request)
        return self.take(request, project, project_places.save_neighbour, neighbour=None, **said)


class AddWay(ProjectStep):
    @extend_schema(operation_id="add_way", request=WayIn, responses={201: ProjectOut})
    def post(self, request, project):
        """Add a way that a van takes there."""
        said = _given(WayIn, request)
        said["stops"] = [(one["pick_up"], one["at"]) for one in said["stops"]]
        return self.take(request, project, project_places.save_route, route=None, **said)


class EndDays(StaffAPI):
    action = Action.SET_PROJECTS

    @extend_schema(operation_id="end_project_days", request=LastDayIn, responses={204: None})
    def post(self, request, days):
        """Say which is the last of these days. One that never came is taken out."""
        said = _given(LastDayIn, request)
        row = get_object_or_404(Availability.objects.select_related("project"), pk=days)
        projects.end_days(days=row, by=request.user, now=now(), **said)
        return Response(status=204)


class EndNeighbour(StaffAPI):
    action = Action.SET_PROJECTS

    @extend_schema(operation_id="end_neighbour", request=None, responses={204: None})
    def post(self, request, neighbour):
        """Say that they are near it no more."""
        row = get_object_or_404(Neighbour.objects.select_related("project"), pk=neighbour)
        known = {"by": request.user, "today": localdate(), "now": now()}
        project_places.end_neighbour(neighbour=row, **known)
        return Response(status=204)


class EndWay(StaffAPI):
    action = Action.SET_PROJECTS

    @extend_schema(operation_id="end_way", request=None, responses={204: None})
    def post(self, request, way):
        """Say that no van goes this way any more."""
        row = get_object_or_404(Route.objects.select_related("project"), pk=way)
        known = {"by": request.user, "today": localdate(), "now": now()}
        project_places.end_route(route=row, **known)
        return Response(status=204)


class PickUps(StaffAPI):
    action = Action.VIEW_PROJECTS

    @extend_schema(operation_id="list_pick_ups", responses=PickUpOut(many=True))
    def get(self, request):
        """Every pick-up point in use."""
        found = PickUp.objects.in_use(localdate()).order_by("where", "pk")
        return Response(PickUpOut(found, many=True).data)


class AddPickUp(StaffAPI):
    action = Action.SET_PROJECTS

    @extend_schema(operation_id="add_pick_up", request=PickUpIn, responses={201: PickUpOut})
    def post(self, request):
        """Add a pick-up point."""
        said = _given(PickUpIn, request)
        made, _ = project_places.save_pick_up(pick_up=None, by=request.user, now=now(), **said)
        return Response(PickUpOut(made).data, status=201)


class ChangePickUp(StaffAPI):
    action = Action.SET_PROJECTS

    @extend_schema(operation_id="change_pick_up", request=PickUpIn, responses=PickUpOut)
    def post(self, request, pick_up):
        """Write a pick-up point anew, or close it; whoever is picked up there is tested again at once."""
        said, row = _given(PickUpIn, request), get_object_or_404(PickUp, pk=pick_up)
        done, _ = project_places.save_pick_up(pick_up=row, by=request.user, now=now(), **said)
        return Response(PickUpOut(done).data)


STEPS = {
    "change": ChangeProject,
    "end": EndProject,
    "days": AddDays,
    "check": CheckSite,
    "neighbours": AddNeighbour,
    "ways": AddWay,
}


def _found(pk):
    rows = Project.objects.select_related(*KNOWN).prefetch_related("availability")
    return get_object_or_404(rows, pk=pk)


def _given(kind, request):
    given = kind(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _shown(found, user, many=False):
    today = localdate()
    context = {
        "sites": sites_of(found if many else [found], today),
        "told": lambda site: told_to(user, site),
        "gaps": lambda site: [
            {"key": one.key, "refuses": one.weight == Weight.GATE, "sentence": one.sentence}
            for one in site_gaps(site, today)
        ],
    }
    return ProjectOut(found, many=many, context=context).data
