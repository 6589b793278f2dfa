"""What only a senior or a head can do, as much as a day's list takes: as on its page."""

from django.urls import path
from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import StaffAPI
from cases.services.policy import supervision_policy
from oversight.queries.senior_list import senior_list
from staff.permissions import Action


class SeniorItemOut(serializers.Serializer):
    """`what` says about how many minutes it takes."""

    crn = serializers.CharField(allow_blank=True)
    what = serializers.CharField()
    due = serializers.CharField()
    late = serializers.CharField(allow_blank=True)


class SeniorListOut(serializers.Serializer):
    """`beyond`: how many of these stand beyond the minutes of a day, because somebody could be hurt if they wait."""

    results = SeniorItemOut(many=True)
    minutes = serializers.IntegerField()
    beyond = serializers.IntegerField()
    left = serializers.IntegerField()
    left_due = serializers.IntegerField()
    done_today = serializers.IntegerField()
    ends = serializers.CharField()


class ListOfTheDay(StaffAPI):
    action = Action.VIEW_WORK

    @extend_schema(operation_id="read_list_of_the_day", responses=SeniorListOut)
    def get(self, request):
        """What only the reader can do, worst first, and where it ends for today. Whoever decides nothing alone has none."""
        today = localdate()
        found = senior_list(request.user, today, supervision_policy(today))
        told = {
            "results": found.rows,
            "minutes": found.found.minutes,
            "beyond": found.found.beyond,
            "left": found.found.left,
            "left_due": found.found.left_due,
            "done_today": found.did,
            "ends": found.ends,
        }
        return Response(SeniorListOut(told).data)


ADDRESSES = [path("work/list-of-the-day/", ListOfTheDay.as_view(), name="api-list-of-the-day")]
