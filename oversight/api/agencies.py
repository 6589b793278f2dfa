"""Meetings of agencies and what courts ask, across cases; and the reply to a court, composed from the record."""

from django.utils.timezone import now
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import SIZE, CaseAPI, StaffAPI, page
from cases.api.cases import MaskedOut
from cases.api.courts import CourtRequestOut, shown
from cases.models import Case
from cases.reference.agency_meetings import AgencyMeetingKind
from cases.reference.courts import SentBy
from cases.reference.holding import LeftAs
from cases.rules.addresses import number
from cases.services.courts import reply_to_court
from oversight.queries import agency_meetings as meetings
from oversight.queries import courts
from oversight.queries.court_work import composed_for
from staff.permissions import Action

KINDS = [one.value for one in AgencyMeetingKind]
SHOWS = [one.value for one in meetings.Show]


class MeetingListed(serializers.Serializer):
    """Never what was decided, nor the minutes: those are of the case."""

    id = serializers.IntegerField(source="pk")
    crn = serializers.CharField(source="case.crn")
    kind = serializers.ChoiceField(AgencyMeetingKind.choices())
    held_at = serializers.DateTimeField()
    team = serializers.CharField(source="case.team.code", default=None, allow_null=True)
    officer = serializers.CharField(source="case.officer.username", default=None, allow_null=True)
    report_by_on = serializers.DateField(allow_null=True)
    report_sent_on = serializers.DateField(allow_null=True)
    took_part = serializers.CharField()
    minutes_came_on = serializers.DateField(allow_null=True)


class MeetingPage(serializers.Serializer):
    results = MeetingListed(many=True)
    limited_access = MaskedOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class MeetingList(StaffAPI):
    action = Action.VIEW_MEETINGS

    @extend_schema(
        operation_id="list_meetings_of_agencies",
        parameters=[
            OpenApiParameter("show", str, enum=SHOWS, description="coming unless said"),
            OpenApiParameter("kind", str, enum=KINDS),
            OpenApiParameter("after", int, description="the meeting to start after"),
        ],
        responses=MeetingPage,
    )
    def get(self, request):
        """Meetings to come, reports due, what nobody answered, or minutes that are missing."""
        user, asked = request.user, request.query_params
        after = number(asked.get("after", "")) or ""
        show, kind = asked.get("show", ""), asked.get("kind", "")
        wanted = meetings.Wanted(
            show=show if show in SHOWS else meetings.Show.COMING, kind=kind if kind in KINDS else ""
        )
        found = meetings.page_of_meetings(user, wanted, now(), after=after, size=SIZE)
        reached = Case.objects.within_reach(user, self.action).filter(left_as=LeftAs.STILL_HERE)
        masked = [] if after else reached.masked_to(user)[:SIZE]
        rows = MeetingListed(found.rows, many=True).data
        return Response(page(found, rows) | {"limited_access": MaskedOut(masked, many=True).data})


class RequestListed(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    crn = serializers.CharField(source="case.crn")
    wants = serializers.CharField()
    needed_by = serializers.DateTimeField()
    team = serializers.CharField(source="case.team.code", default=None, allow_null=True)
    officer = serializers.CharField(source="case.officer.username", default=None, allow_null=True)


class RequestPage(serializers.Serializer):
    results = RequestListed(many=True)
    limited_access = MaskedOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class RequestList(StaffAPI):
    action = Action.ANSWER_COURT

    @extend_schema(
        operation_id="list_what_courts_ask",
        parameters=[OpenApiParameter("after", int, description="the request to start after")],
        responses=RequestPage,
    )
    def get(self, request):
        """What courts ask and nobody has answered, what is needed first at the top."""
        user = request.user
        after = number(request.query_params.get("after", "")) or ""
        found = courts.page_of_requests(user, None, after=after, size=SIZE)
        reached = Case.objects.within_reach(user, self.action)
        masked = [] if after else reached.masked_to(user)[:SIZE]
        rows = RequestListed(found.rows, many=True).data
        return Response(page(found, rows) | {"limited_access": MaskedOut(masked, many=True).data})


class LineOut(serializers.Serializer):
    """As the record stands now; what it cannot say is left in square brackets, and is written before it is sent."""

    line = serializers.CharField()


class CourtReplyIn(serializers.Serializer):
    reply = serializers.CharField(max_length=4000)
    sent_by = serializers.ChoiceField(SentBy.choices())


class AnswerCourt(CaseAPI):
    action = Action.ANSWER_COURT

    @extend_schema(operation_id="compose_court_reply", responses=LineOut)
    def get(self, request, crn, court_request):
        """The line with which this may be answered."""
        found = get_object_or_404(self.case.court_requests, pk=court_request)
        return Response(LineOut({"line": composed_for(self.case, found.wants, now())}).data)

    @extend_schema(operation_id="answer_court", request=CourtReplyIn, responses=CourtRequestOut)
    def post(self, request, crn, court_request):
        """The court has been told. It stands in the log of contacts, and whoever holds the case hears of it."""
        found = get_object_or_404(self.case.court_requests.select_related("case"), pk=court_request)
        given, at = CourtReplyIn(data=request.data), now()
        given.is_valid(raise_exception=True)
        done = reply_to_court(
            request=found,
            composed=composed_for(self.case, found.wants, at),
            by=request.user,
            now=at,
            **given.validated_data,
        )
        return Response(shown(self.case, request.user, done))
