"""What is reported from a site, whether it was read, and what was done about it."""

from django.http import Http404
from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import StaffAPI
from cases.models import Case
from cases.reference.information import Relation
from staff.permissions import Action
from unpaidwork.api.sheets import OneSession
from unpaidwork.queries.incidents import (
    find_incident,
    one_incident,
    page_of_incidents,
    reported_on,
)
from unpaidwork.reference.sessions import IncidentKind
from unpaidwork.rules.incidents import BETWEEN, MOST_WORDS, Matter
from unpaidwork.services import incidents as services


class IncidentOtherIn(serializers.Serializer):
    """Somebody else of the session, and what the one it is about did to them."""

    attendance = serializers.IntegerField()
    relation = serializers.ChoiceField(choices=[(one.value, one.title) for one in BETWEEN])


class IncidentIn(serializers.Serializer):
    """`about`: whom it is about, by their place on the register; nothing where it is about the site alone.

    `key`: the tablet's own, of what it kept while it had no network: the same again writes nothing and answers with
    what stands. `said_at`: by its clock; a time that cannot be right is noted, and the report is taken.
    """

    kind = serializers.ChoiceField(choices=IncidentKind.choices())
    matter = serializers.ChoiceField(
        choices=Matter.choices(), required=False, allow_blank=True, default=""
    )
    about = serializers.IntegerField(required=False, allow_null=True, default=None)
    words = serializers.CharField(max_length=MOST_WORDS)
    harm = serializers.BooleanField()
    others = IncidentOtherIn(many=True, required=False, default=list)
    key = serializers.UUIDField(required=False, allow_null=True, default=None)
    said_at = serializers.DateTimeField(required=False, allow_null=True, default=None)


class ReportedOut(serializers.Serializer):
    id = serializers.IntegerField(source="key")
    kind = serializers.CharField()
    when = serializers.CharField()
    late = serializers.CharField()
    where = serializers.CharField()
    by = serializers.CharField()
    about = serializers.CharField()
    words = serializers.CharField()
    harm = serializers.BooleanField()
    read = serializers.CharField()
    answer = serializers.CharField()
    answered = serializers.CharField()


class ReportedPage(serializers.Serializer):
    results = ReportedOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class ReportedIn(serializers.Serializer):
    every = serializers.BooleanField(required=False, default=False)
    after = serializers.IntegerField(required=False, allow_null=True, default=None)


class IncidentAnswerIn(serializers.Serializer):
    answer = serializers.CharField(max_length=2000)


class SessionIncidents(OneSession):
    @extend_schema(operation_id="list_session_incidents", responses=ReportedOut(many=True))
    def get(self, request, session):
        """What was reported on one session, in order."""
        return Response(ReportedOut(reported_on(self.session, request.user), many=True).data)

    @extend_schema(operation_id="report_incident", request=IncidentIn, responses={201: ReportedOut})
    def post(self, request, session):
        """Report something. Its officer has it to read by a day, and the senior hears at once where it could hurt."""
        given = IncidentIn(data=request.data)
        given.is_valid(raise_exception=True)
        asked = dict(given.validated_data)
        about, others = asked.pop("about"), asked.pop("others")
        people = self._people(request, [about, *(one["attendance"] for one in others)])
        done = services.report_incident(
            session=self.session,
            about=people[about] if about else None,
            others=[(people[one["attendance"]], Relation(one["relation"])) for one in others],
            by=request.user,
            now=now(),
            **asked,
        )
        return Response(ReportedOut(one_incident(done, request.user)).data, status=201)

    def _people(self, request, keys):
        """{key: attendance}, of those too whose place was called off after the tablet had loaded the day."""
        open_now = Case.objects.open_to(request.user, Action.RUN_SESSION)
        keys = {one for one in keys if one}
        found = self.session.attendances.filter(pk__in=keys, case__in=open_now).in_bulk()
        if found.keys() != keys:
            raise Http404
        return found


class Incidents(StaffAPI):
    action = Action.RUN_SESSION

    @extend_schema(operation_id="list_incidents", parameters=[ReportedIn], responses=ReportedPage)
    def get(self, request):
        """What waits for an answer, the latest first; with `every` all of it."""
        given = ReportedIn(data=request.query_params)
        given.is_valid(raise_exception=True)
        asked = given.validated_data
        rows, following = page_of_incidents(
            request.user, after=asked["after"] or "", every=asked["every"]
        )
        return Response(
            {"results": ReportedOut(rows, many=True).data, "next_after": following or None}
        )


class AnswerIncident(StaffAPI):
    action = Action.CREDIT_HOURS

    @extend_schema(operation_id="answer_incident", request=IncidentAnswerIn, responses=ReportedOut)
    def post(self, request, incident):
        """Say what was done about it, for whoever reported it."""
        found = find_incident(request.user, incident)
        if found is None:
            raise Http404
        given = IncidentAnswerIn(data=request.data)
        given.is_valid(raise_exception=True)
        services.answer_incident(incident=found, by=request.user, now=now(), **given.validated_data)
        return Response(
            ReportedOut(one_incident(find_incident(request.user, incident), request.user)).data
        )
