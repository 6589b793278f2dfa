"""Meetings of agencies about a case. Minutes are read at an address of their own, by those who may read them."""

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI, one_of
from cases.models import AgencyMeeting
from cases.queries.agency_meetings import find_minutes, meetings_of
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.queries.visit_staff import may_go
from cases.reference.agency_meetings import AgencyMeetingKind, TookPart
from cases.services import agency_meetings as services
from cases.services import agency_meetings_held as after
from staff.audit import record
from staff.permissions import Action

HELD_AS = [(one.value, one.title) for one in TookPart if one]


class MeetingActionOut(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    what = serializers.SerializerMethodField()
    by_whom = serializers.SerializerMethodField()
    by_on = serializers.DateField()
    done_on = serializers.DateField(allow_null=True)

    def get_what(self, one) -> str:
        return self.context["names"].text(one.what)

    def get_by_whom(self, one) -> str:
        return self.context["names"].text(one.by_whom)


class MeetingOut(serializers.ModelSerializer):
    """Words that name somebody protected are without the name for those who may not see it. Never the minutes."""

    about = serializers.SerializerMethodField()
    where = serializers.SerializerMethodField()
    chair = serializers.SerializerMethodField()
    report_words = serializers.SerializerMethodField()
    came_to = serializers.SerializerMethodField()
    called_off_because = serializers.SerializerMethodField()
    went = serializers.CharField(source="went.username", default=None, allow_null=True)
    actions = MeetingActionOut(many=True, source="ours")

    class Meta:
        model = AgencyMeeting
        fields = [
            "id", "kind", "about", "held_at", "where", "chair", "invited_on", "report_by_on", "report_sent_on",
            "report_words", "took_part", "went", "came_to", "answered_at", "next_on", "minutes_came_on", "called_off_on",
            "called_off_because", "actions", "version",
        ]  # fmt: skip

    def get_about(self, one) -> str:
        return self.context["names"].of(one.about) if one.about else ""

    def get_where(self, one) -> str:
        return self.context["names"].text(one.where)

    def get_chair(self, one) -> str:
        return self.context["names"].text(one.chair)

    def get_report_words(self, one) -> str:
        return self.context["names"].text(one.report_words)

    def get_came_to(self, one) -> str:
        return self.context["names"].text(one.came_to)

    def get_called_off_because(self, one) -> str:
        return self.context["names"].text(one.called_off_because)


class WhenIn(serializers.Serializer):
    held_at = serializers.DateTimeField()
    where = serializers.CharField(max_length=200)
    chair = serializers.CharField(max_length=200, default="", allow_blank=True)
    report_by_on = serializers.DateField(default=None, allow_null=True)


class MoveIn(WhenIn):
    """`version`: of the meeting as it was read."""

    version = serializers.IntegerField(min_value=0)


class InvitationIn(WhenIn):
    """`about`: the key of the person around them whom it is about, where it is somebody else."""

    kind = serializers.ChoiceField(AgencyMeetingKind.choices())
    invited_on = serializers.DateField()
    about = serializers.IntegerField(default=None, allow_null=True)


class MeetingCalledOffIn(serializers.Serializer):
    because = serializers.CharField(max_length=300)


class ReportIn(serializers.Serializer):
    on = serializers.DateField()
    words = serializers.CharField(max_length=500)


class ToDoIn(serializers.Serializer):
    what = serializers.CharField(max_length=500)
    by_whom = serializers.CharField(max_length=200)
    by_on = serializers.DateField()


class MeetingSaidIn(serializers.Serializer):
    """`went`: the username of whoever was there; `nothing_for_us`: said where there are no actions."""

    took_part = serializers.ChoiceField(HELD_AS)
    came_to = serializers.CharField(max_length=4000)
    went = serializers.CharField(default=None, allow_null=True)
    actions = ToDoIn(many=True, default=list)
    nothing_for_us = serializers.BooleanField(default=False)
    next_at = serializers.DateTimeField(default=None, allow_null=True)
    next_where = serializers.CharField(max_length=200, default="", allow_blank=True)


class MinutesIn(serializers.Serializer):
    on = serializers.DateField()
    text = serializers.CharField(max_length=60_000)


class MinutesOut(serializers.Serializer):
    """`has_file`: they came as a file as well, which the page of the minutes hands over."""

    came_on = serializers.DateField(source="minutes_came_on")
    text = serializers.SerializerMethodField()
    has_file = serializers.SerializerMethodField()

    def get_text(self, one) -> str:
        return self.context["names"].text(one.minutes)

    def get_has_file(self, one) -> bool:
        return one.document_id is not None


class AgencyMeetings(CaseAPI):
    action = Action.VIEW_MEETINGS
    actions = {"POST": Action.RECORD_MEETING}

    @extend_schema(operation_id="list_agency_meetings", responses=MeetingOut(many=True))
    def get(self, request, crn):
        """Every meeting in the order of their days, with what each gave us to do."""
        context = _context(self.case, request.user)
        return Response(MeetingOut(meetings_of(self.case), many=True, context=context).data)

    @extend_schema(
        operation_id="record_agency_meeting", request=InvitationIn, responses={201: MeetingOut}
    )
    def post(self, request, crn):
        """We are asked to a meeting: our report is owed by the day asked, and an answer after it."""
        given = _read(InvitationIn, request)
        around = self.case.related_people.order_by("pk")
        given["about"] = one_of(around, "pk", given["about"], "about")
        made = services.record_meeting(case=self.case, by=request.user, now=now(), **given)
        return Response(_shown(self.case, request.user, made), status=201)


class _Step(CaseAPI):
    action = Action.RECORD_MEETING

    def done(self, request, pk, service, given):
        found = get_object_or_404(self.case.agency_meetings.select_related("case"), pk=pk)
        service(meeting=found, by=request.user, now=now(), **given)
        return Response(_shown(self.case, request.user, found))


class MoveMeeting(_Step):
    @extend_schema(operation_id="move_agency_meeting", request=MoveIn, responses=MeetingOut)
    def post(self, request, crn, meeting):
        """It is held at another time or place, or the report is asked for by another day."""
        return self.done(request, meeting, services.move_meeting, _read(MoveIn, request))


class CallOffMeeting(_Step):
    @extend_schema(
        operation_id="call_off_agency_meeting", request=MeetingCalledOffIn, responses=MeetingOut
    )
    def post(self, request, crn, meeting):
        """It will not be held."""
        return self.done(
            request, meeting, services.call_off_meeting, _read(MeetingCalledOffIn, request)
        )


class SendMeetingReport(_Step):
    @extend_schema(operation_id="send_meeting_report", request=ReportIn, responses=MeetingOut)
    def post(self, request, crn, meeting):
        """Our report went to the meeting."""
        return self.done(request, meeting, services.send_report, _read(ReportIn, request))


class SayOfMeeting(_Step):
    @extend_schema(
        operation_id="say_of_agency_meeting", request=MeetingSaidIn, responses=MeetingOut
    )
    def post(self, request, crn, meeting):
        """How we took part, what was decided, what we are to do, and when it meets again."""
        given = _read(MeetingSaidIn, request)
        given["went"] = one_of(may_go(self.case), "username", given["went"], "went")
        given["actions"] = [
            (one["what"], one["by_whom"], one["by_on"]) for one in given["actions"]
        ]  # fmt: skip
        return self.done(request, meeting, after.say_of_meeting, given)


class AddMeetingAction(_Step):
    @extend_schema(operation_id="add_meeting_action", request=ToDoIn, responses=MeetingOut)
    def post(self, request, crn, meeting):
        """Something more that the meeting gave us to do."""
        return self.done(request, meeting, after.add_meeting_action, _read(ToDoIn, request))


class Minutes(CaseAPI):
    """Whoever may record that they came need not be allowed to read them."""

    action = Action.READ_MINUTES
    actions = {"POST": Action.RECORD_MEETING}

    @extend_schema(operation_id="read_minutes", responses=MinutesOut)
    def get(self, request, crn, meeting):
        """The minutes. That they were opened is recorded."""
        found = find_minutes(self.case, meeting)
        if found is None:
            return Response({"detail": "No minutes of this meeting have come."}, status=404)
        record(by=request.user, action="opened_minutes", crn=crn, meeting=found.pk, api=True)
        return Response(MinutesOut(found, context=_context(self.case, request.user)).data)

    @extend_schema(operation_id="take_in_minutes", request=MinutesIn, responses=MeetingOut)
    def post(self, request, crn, meeting):
        """They have come, in words. A file is attached on the page."""
        found = get_object_or_404(self.case.agency_meetings.select_related("case"), pk=meeting)
        given = _read(MinutesIn, request)
        after.take_in_minutes(meeting=found, by=request.user, now=now(), **given)
        return Response(_shown(self.case, request.user, found))


def _read(shape, request):
    given = shape(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _context(case, user):
    return {"names": names_for(case, actions_on(case, user))}


def _shown(case, user, meeting):
    found = meetings_of(case).get(pk=meeting.pk)
    return MeetingOut(found, context=_context(case, user)).data
