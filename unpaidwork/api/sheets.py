"""Sessions and the day sheet: that day's minimum and no more, as the tablet keeps it."""

from django.http import Http404
from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import StaffAPI, one_of
from staff.permissions import Action
from unpaidwork.queries import session_pages
from unpaidwork.queries.publishing import may_supervise
from unpaidwork.queries.sheet import find_session, sees_all, sheet_of
from unpaidwork.queries.supervising import elsewhere_at
from unpaidwork.services import sheets


class SessionOut(serializers.Serializer):
    id = serializers.IntegerField(source="key")
    day = serializers.CharField()
    hours = serializers.CharField()
    project = serializers.CharField()
    expected = serializers.CharField()
    staff = serializers.CharField()
    state = serializers.CharField()
    lacks = serializers.ListField(child=serializers.CharField())


class SessionsOut(serializers.Serializer):
    results = SessionOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class SessionsIn(serializers.Serializer):
    when = serializers.ChoiceField(
        choices=session_pages.When.choices(), required=False, default=session_pages.When.WEEK.value
    )
    show = serializers.ChoiceField(
        choices=session_pages.Show.choices(), required=False, default=session_pages.Show.ALL.value
    )
    after = serializers.IntegerField(required=False, allow_null=True, default=None)


class HazardOut(serializers.Serializer):
    hazard = serializers.CharField()
    control = serializers.CharField()


class NoteOut(serializers.Serializer):
    words = serializers.CharField()

    def get_fields(self):
        # `label` is a name that every field of a serializer has, so that it is not one of the class
        return {"label": serializers.CharField(), **super().get_fields()}


class SheetStepOut(serializers.Serializer):
    """What to do, and whom to ring then."""

    do = serializers.CharField(source="label")
    ring = serializers.CharField(source="words")


class OnSheetOut(serializers.Serializer):
    """One person. Of a case that is kept from the reader: a safety instruction and whom to ask, and nothing else."""

    place = serializers.IntegerField(source="key")
    masked = serializers.BooleanField()
    name = serializers.CharField()
    crn = serializers.CharField()
    comes = serializers.CharField()
    held = serializers.CharField(source="says_held")
    held_here = serializers.CharField(help_text="What `held` says once they are here")
    must_not = serializers.ListField(child=serializers.CharField())
    watch_for = serializers.ListField(child=serializers.CharField())
    do = SheetStepOut(many=True)
    apart = serializers.ListField(child=serializers.CharField())
    health = NoteOut(many=True)
    safety = serializers.CharField()
    ask = serializers.CharField()
    hours_left = serializers.CharField()
    digest = serializers.CharField()
    acknowledged = serializers.BooleanField()
    changed = serializers.BooleanField(
        help_text="The reader acknowledged what it said before, and it says something else now"
    )


class SheetOut(serializers.Serializer):
    session = serializers.IntegerField()
    version = serializers.IntegerField()
    project = serializers.CharField()
    where = serializers.CharField()
    on = serializers.DateField()
    hours = serializers.CharField()
    state = serializers.CharField()
    published = serializers.BooleanField()
    supervisors = serializers.ListField(child=serializers.CharField())
    hazards = HazardOut(many=True)
    first_aid = serializers.CharField()
    reached = serializers.CharField()
    people = OnSheetOut(many=True)
    acknowledged = serializers.BooleanField()


class SheetReadIn(serializers.Serializer):
    """`place`: whose part of the sheet was read; `digest`: as it was read."""

    place = serializers.IntegerField()
    digest = serializers.CharField(max_length=64)


class SupervisorOut(serializers.Serializer):
    """One who may supervise. `down`: they do; `elsewhere`: where else they are at that time, which refuses them."""

    username = serializers.CharField()
    name = serializers.CharField()
    down = serializers.BooleanField()
    elsewhere = serializers.ListField(child=serializers.CharField())


class SupervisorsIn(serializers.Serializer):
    """`staff`: the usernames of all who supervise from now on. Whoever is not named is down no more."""

    staff = serializers.ListField(child=serializers.CharField())


class WorkSessions(StaffAPI):
    action = Action.RUN_SESSION

    @extend_schema(
        operation_id="list_work_sessions", parameters=[SessionsIn], responses=SessionsOut
    )
    def get(self, request):
        """A supervisor's own sessions; every session for a coordinator."""
        given = SessionsIn(data=request.query_params)
        given.is_valid(raise_exception=True)
        if not sees_all(request.user):
            rows = session_pages.own_sessions(request.user, localdate())
            return Response({"results": SessionOut(rows, many=True).data, "next_after": None})
        rows, following, _ = session_pages.page_of_sessions(
            request.user,
            **given.validated_data,
            project=None,
            today=localdate(),
            size=session_pages.SIZE,
        )
        return Response(
            {"results": SessionOut(rows, many=True).data, "next_after": following or None}
        )


class OneSession(StaffAPI):
    """Something about one session that the reader may open."""

    action = Action.RUN_SESSION

    def initial(self, request, session, *args, **kwargs):
        super().initial(request, session, *args, **kwargs)
        self.session = find_session(request.user, session)
        if self.session is None:
            raise Http404

    def sheet(self, request):
        sheet = sheet_of(self.session, request.user, now())
        sheets.record_reading(session=self.session, sheet=sheet, by=request.user)
        return Response(SheetOut(sheet).data)


class DaySheet(OneSession):
    @extend_schema(operation_id="day_sheet", responses=SheetOut)
    def get(self, request, session):
        """What whoever supervises must know of that day. Each view of each person is in the trail."""
        return self.sheet(request)


class AcknowledgeSheet(OneSession):
    @extend_schema(operation_id="acknowledge_day_sheet", request=SheetReadIn, responses=SheetOut)
    def post(self, request, session):
        """Say that the reader has read one person's part. Refused where it says something else by now."""
        given = SheetReadIn(data=request.data)
        given.is_valid(raise_exception=True)
        place = sheets.place_on(self.session, given.validated_data["place"])
        if place is None:
            raise Http404
        sheets.acknowledge(
            session=self.session,
            place=place,
            digest=given.validated_data["digest"],
            by=request.user,
            now=now(),
        )
        return self.sheet(request)


class PublishSheet(OneSession):
    action = Action.ALLOCATE_WORK

    @extend_schema(operation_id="publish_day_sheet", request=None, responses={204: None})
    def post(self, request, session):
        """Let supervisors read it. Refused while a flag has no instruction or somebody may not work that day."""
        sheets.publish_sheet(session=self.session, by=request.user, now=now())
        return Response(status=204)


class StaffSession(OneSession):
    action = Action.ALLOCATE_WORK

    @extend_schema(operation_id="session_supervisors", responses=SupervisorOut(many=True))
    def get(self, request, session):
        """Who may supervise it, those of the team that runs the project first."""
        return Response(self.supervisors())

    @extend_schema(
        operation_id="staff_session", request=SupervisorsIn, responses=SupervisorOut(many=True)
    )
    def post(self, request, session):
        """Say who supervises. Refused where somebody is at another site then, or may not supervise somebody on it."""
        given = SupervisorsIn(data=request.data)
        given.is_valid(raise_exception=True)
        offered = list(may_supervise())
        staff = [
            one_of(offered, "username", name, "staff") for name in given.validated_data["staff"]
        ]
        sheets.staff_session(session=self.session, staff=staff, by=request.user, now=now())
        return Response(self.supervisors())

    def supervisors(self):
        down = set(self.session.staff.values_list("pk", flat=True))
        elsewhere = elsewhere_at(self.session)
        rows = [
            {
                "username": one.username,
                "name": one.name,
                "down": one.pk in down,
                "elsewhere": elsewhere.get(one.pk, []),
            }
            for one in may_supervise(self.session.project.team_id)
        ]
        return SupervisorOut(rows, many=True).data
