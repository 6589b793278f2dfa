"""Information in: record it about one or several cases, list what came in about a case, read it."""

from django.utils.timezone import localtime, now
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.actions import ActionIn
from cases.api.base import CaseAPI, StaffAPI
from cases.queries.information import find_reading, information_of, told
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.codes import Part, Sharing
from cases.reference.information import InformationKind, RaiseKind, ReadAs, Relation, SaidBy
from cases.rules.addresses import number
from cases.services.information import read_information, record_information
from staff.permissions import Action


class OtherIn(serializers.Serializer):
    """Somebody else under supervision whom it names, and what they are to the person it is about."""

    crn = serializers.CharField(max_length=10)
    relation = serializers.ChoiceField(choices=Relation.choices())


class InformationIn(serializers.Serializer):
    crn = serializers.CharField(max_length=10)
    kind = serializers.ChoiceField(choices=InformationKind.choices())
    said_by = serializers.ChoiceField(choices=SaidBy.choices())
    who = serializers.CharField(max_length=200)
    happened_on = serializers.DateField()
    text = serializers.CharField()
    harm = serializers.BooleanField()
    sharing = serializers.ChoiceField(choices=Sharing.choices(), default=Sharing.NO)
    others = OtherIn(many=True, default=list)


class RecordedOut(serializers.Serializer):
    """Says no more of a case than that what was recorded reached those who hold it."""

    crn = serializers.CharField()
    recorded_at = serializers.DateTimeField()


class NamedOut(serializers.Serializer):
    words = serializers.CharField()
    kept = serializers.CharField()


class ToldOut(serializers.Serializer):
    """One reading, as its reader may see it: the words are blank where they are withheld."""

    id = serializers.IntegerField(source="number")
    kind = serializers.CharField(source="title")
    recorded = serializers.CharField(source="came")
    happened = serializers.CharField()
    said_by = serializers.CharField()
    words = serializers.CharField()
    withheld = serializers.CharField()
    harm = serializers.BooleanField()
    sharing = serializers.CharField()
    unread = serializers.BooleanField()
    outcome = serializers.CharField()
    because = serializers.CharField()
    named = NamedOut(many=True)


class ToldPage(serializers.Serializer):
    results = ToldOut(many=True)
    next_after = serializers.CharField(allow_null=True)


class RiseIn(serializers.Serializer):
    kind = serializers.ChoiceField(choices=RaiseKind.choices())
    value = serializers.CharField(max_length=20)
    part = serializers.ChoiceField(choices=Part.choices(), default=Part.SOURCE)


class ReadIn(serializers.Serializer):
    """Say what it comes to: nothing because, a rise made now, or an action of the plan."""

    read_as = serializers.ChoiceField(choices=ReadAs.choices())
    because = serializers.CharField(max_length=500, default="", allow_blank=True)
    rise = RiseIn(required=False)
    action = ActionIn(required=False)


class InformationBox(StaffAPI):
    action = Action.RECORD_INFORMATION

    @extend_schema(
        operation_id="record_information", request=InformationIn, responses={201: RecordedOut}
    )
    def post(self, request):
        """Record what somebody told us. It is passed to those who hold each case it names."""
        asked = InformationIn(data=request.data)
        asked.is_valid(raise_exception=True)
        given, at = dict(asked.validated_data), now()
        others = [(one["crn"], Relation(one["relation"])) for one in given.pop("others")]
        information = record_information(
            by=request.user, today=localtime(at).date(), now=at, others=others, **given
        )
        recorded = {"crn": given["crn"].strip().upper(), "recorded_at": information.at}
        return Response(RecordedOut(recorded).data, status=201)


class CaseInformation(CaseAPI):
    action = Action.VIEW_INFORMATION

    @extend_schema(
        operation_id="list_information",
        parameters=[OpenApiParameter("after", str, description="the number to start after")],
        responses=ToldPage,
    )
    def get(self, request, crn):
        """What has come in about the case, the latest first."""
        names = names_for(self.case, actions_on(self.case, request.user))
        after = number(request.query_params.get("after", "")) or ""
        rows, next_after = information_of(self.case, names, request.user, after)
        answer = {"results": ToldOut(rows, many=True).data, "next_after": next_after or None}
        return Response(answer)


class ReadInformation(CaseAPI):
    action = Action.READ_INFORMATION

    @extend_schema(operation_id="read_information", request=ReadIn, responses=ToldOut)
    def post(self, request, crn, reading):
        """Say what this piece of information comes to for this case."""
        found = get_object_or_404(self.case.readings, pk=reading)
        asked = ReadIn(data=request.data)
        asked.is_valid(raise_exception=True)
        given, at = dict(asked.validated_data), now()
        action = given.pop("action", None)
        read_information(
            reading=found,
            by=request.user,
            today=localtime(at).date(),
            now=at,
            action=(action["what"], action["by_whom"], action["by_on"]) if action else None,
            **given,
        )
        names = names_for(self.case, actions_on(self.case, request.user))
        return Response(ToldOut(told(find_reading(self.case, reading), names, request.user)).data)
