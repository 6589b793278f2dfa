"""Meetings at the gate over the API: planned, said of, put right, called off, and whom a reader is to meet."""

from django.utils.timezone import localdate, localtime, now
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI, StaffAPI, one_of
from staff.permissions import Action
from ttg.api.release import OfStay
from ttg.api.release_shapes import (
    GateMeetingIn,
    GateMeetingOffIn,
    GateMeetingOut,
    MeetingPutRightIn,
    MetIn,
    OwnMeetingOut,
)
from ttg.models import GateMeeting
from ttg.queries.gate import meeting_for, meetings_of, who_may_meet
from ttg.services import gate as services


class PlanGateMeeting(OfStay):
    action = Action.WRITE_RESETTLEMENT

    @extend_schema(
        operation_id="plan_gate_meeting", request=GateMeetingIn, responses={201: GateMeetingOut}
    )
    def post(self, request, crn):
        """Plan who meets them at the gate, on the day they leave."""
        given = GateMeetingIn(data=request.data)
        given.is_valid(raise_exception=True)
        said = dict(given.validated_data)
        meets = one_of(
            who_may_meet(self.case, localtime(said["at"]).date()),
            "username",
            said.pop("meets"),
            "meets",
        )
        if meets is None:
            raise ValidationError({"meets": ["Say who meets them."]})
        made = services.plan_gate_meeting(
            custody=self.stay(), meets=meets, by=request.user, now=now(), **said
        )
        return Response(GateMeetingOut(made).data, status=201)


class SayIfMet(CaseAPI):
    action = Action.MEET_AT_GATE

    @extend_schema(operation_id="say_if_met", request=MetIn, responses=GateMeetingOut)
    def post(self, request, crn, gate_meeting):
        """Whether they were met. The officer hears the same minute."""
        found = _meeting(self.case, gate_meeting, request.user)
        given = MetIn(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        service = services.say_met if said["met"] else services.say_not_met
        done = service(meeting=found, words=said["words"], by=request.user, now=now())
        return Response(GateMeetingOut(done).data)


class PutMeetingRight(CaseAPI):
    action = Action.MEET_AT_GATE

    @extend_schema(
        operation_id="put_meeting_right", request=MeetingPutRightIn, responses=GateMeetingOut
    )
    def post(self, request, crn, gate_meeting):
        """What was said of it is wrong, or is so no longer. Whoever was told of it hears again."""
        return _done(self, request, gate_meeting, MeetingPutRightIn, services.put_meeting_right)


class CallOffGateMeeting(CaseAPI):
    action = Action.WRITE_RESETTLEMENT

    @extend_schema(
        operation_id="call_off_gate_meeting", request=GateMeetingOffIn, responses=GateMeetingOut
    )
    def post(self, request, crn, gate_meeting):
        """Nobody goes, because."""
        return _done(self, request, gate_meeting, GateMeetingOffIn, services.call_off_gate_meeting)


class OwnGateMeetings(StaffAPI):
    action = Action.MEET_AT_GATE

    @extend_schema(operation_id="list_own_gate_meetings", responses=OwnMeetingOut(many=True))
    def get(self, request):
        """Whom this reader is to meet, today first, then what nobody has said of yet, what is to come, and last what was said
        in the last two weeks."""
        found = meetings_of(request.user, localdate())
        rows = [*found.today, *found.to_say, *found.to_come, *found.said]
        return Response(OwnMeetingOut(rows, many=True).data)


def _meeting(case, key, user):
    found = meeting_for(case, key, user)
    return found or get_object_or_404(GateMeeting.objects.none())


def _done(view, request, key, shape, service):
    """What came of one act on a meeting, in the words that were given."""
    found = _meeting(view.case, key, request.user)
    given = shape(data=request.data)
    given.is_valid(raise_exception=True)
    done = service(meeting=found, by=request.user, now=now(), **given.validated_data)
    return Response(GateMeetingOut(done).data)
