"""The diary of a member of staff, and the places where people are seen."""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localdate
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import InOrder, StaffAPI, one_of
from cases.models import OpeningHours, Place
from cases.queries.diary import WEEK, who_to_choose, within_diary
from staff.permissions import Action

DAYS = 31  # of a diary at once


class DiaryEntryOut(serializers.Serializer):
    """`crn` is blank where the reader may not open the case: the time is taken, and no more is said."""

    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    crn = serializers.CharField()
    appointment = serializers.IntegerField(allow_null=True)
    type_code = serializers.CharField()
    outcome_code = serializers.CharField()


class DiaryAsked(serializers.Serializer):
    from_on = serializers.DateField(required=False)
    days = serializers.IntegerField(min_value=1, max_value=DAYS, default=WEEK)
    officer = serializers.CharField(required=False, max_length=150)


class Diary(StaffAPI):
    action = Action.VIEW_DIARY

    @extend_schema(
        operation_id="diary",
        parameters=[DiaryAsked],
        responses=DiaryEntryOut(many=True),
    )
    def get(self, request):
        """One's own diary of a week from today, or that of a colleague within one's reach."""
        asked = DiaryAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        who = one_of(
            [request.user, *who_to_choose(request.user)],
            "username",
            said.get("officer", request.user.username),
            "officer",
        )
        first = said.get("from_on", localdate())
        start = datetime.combine(first, time(), get_current_timezone())
        found = within_diary(request.user, who, start, start + timedelta(days=said["days"]))
        return Response(DiaryEntryOut(found, many=True).data)


class HoursOut(serializers.ModelSerializer):
    class Meta:
        model = OpeningHours
        list_serializer_class = InOrder
        fields = ["weekday", "from_at", "to_at", "women_only"]


class PlaceOut(serializers.ModelSerializer):
    team = serializers.CharField(source="team.code", default="")
    hours = HoursOut(many=True)

    class Meta:
        model = Place
        fields = [
            "id", "name", "address", "postcode", "telephone", "how_to_find", "step_free", "team", "closed_on", "hours",
        ]  # fmt: skip


class Places(StaffAPI):
    action = Action.VIEW_DIARY

    @extend_schema(operation_id="list_places", responses=PlaceOut(many=True))
    def get(self, request):
        """Every place where people are seen, with its hours."""
        found = Place.objects.select_related("team").prefetch_related("hours").order_by("name")
        return Response(PlaceOut(found, many=True).data)
