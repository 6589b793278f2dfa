"""Timetables of a quarter, over the API: the list, one of them, asking, changing, publishing and giving up.

Whoever changes one says which `version` of it they have seen.
"""

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import DayField, StaffAPI
from grid.models import Timetable, TimetableSeries
from grid.queries.quarter_page import figures_of, say_gap, series_of
from grid.services import timetables as services
from staff.audit import record
from staff.permissions import Action

STORED = ("pk", "first_on", "weeks", "state", "version", "asked_at", "in_the_way")


class TimetableIn(serializers.Serializer):
    """`first_on`: a Monday to come."""

    first_on = DayField()


class TimetableVersionIn(serializers.Serializer):
    version = serializers.IntegerField(min_value=1)


class TimetablePersonOut(serializers.Serializer):
    crn = serializers.CharField()
    name = serializers.CharField()
    refused = serializers.CharField()


class TimetableSeriesOut(serializers.Serializer):
    """`people`: those you may see; `kept_from`: how many you may not. `kept`: not once it was taken out."""

    id = serializers.IntegerField(source="pk")
    title = serializers.CharField()
    where = serializers.CharField()
    when = serializers.CharField()
    days = serializers.CharField()
    leaders = serializers.CharField()
    number = serializers.IntegerField()
    people = TimetablePersonOut(many=True)
    kept_from = serializers.IntegerField()
    why = serializers.ListField(child=serializers.CharField())
    kept = serializers.BooleanField()
    refused = serializers.ListField(child=serializers.CharField())


class TimetableFigureOut(serializers.Serializer):
    name = serializers.CharField()
    proposed = serializers.CharField()
    first_come = serializers.CharField()


class TimetableShortOut(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    first_on = serializers.DateField()
    weeks = serializers.IntegerField()
    state = serializers.CharField()
    version = serializers.IntegerField()
    asked_at = serializers.DateTimeField()


class TimetableOut(TimetableShortOut):
    gap = serializers.CharField()
    in_the_way = serializers.ListField(child=serializers.CharField())
    figures = TimetableFigureOut(many=True)
    series = TimetableSeriesOut(many=True)


class Timetables(StaffAPI):
    action = Action.VIEW_DEMAND

    @extend_schema(operation_id="list_timetables", responses=TimetableShortOut(many=True))
    def get(self, request):
        """Timetables, the latest first."""
        found = Timetable.objects.order_by("-asked_at", "-pk")
        return Response(TimetableShortOut(found, many=True).data)


class AskForTimetable(StaffAPI):
    action = Action.PLAN_QUARTER

    @extend_schema(
        operation_id="ask_for_timetable", request=TimetableIn, responses={201: TimetableOut}
    )
    def post(self, request):
        """Ask for a proposal of the thirteen weeks from a Monday. It is worked out within minutes."""
        said = TimetableIn(data=request.data)
        said.is_valid(raise_exception=True)
        made = services.ask_for_timetable(by=request.user, now=now(), **said.validated_data)
        return Response(_out(made, request.user), status=201)


class OneTimetable(StaffAPI):
    action = Action.VIEW_DEMAND

    @extend_schema(operation_id="read_timetable", responses=TimetableOut)
    def get(self, request, quarter):
        """One timetable, series by series."""
        one = get_object_or_404(Timetable, pk=quarter)
        record(by=request.user, action="opened_timetable", timetable=one.pk)
        return Response(_out(one, request.user))


class PublishTimetable(StaffAPI):
    action = Action.PLAN_QUARTER

    @extend_schema(
        operation_id="publish_timetable", request=TimetableVersionIn, responses=TimetableOut
    )
    def post(self, request, quarter):
        """Have it carried out, series by series."""
        one = get_object_or_404(Timetable, pk=quarter)
        return _decided(request, one, services.publish_timetable)


class DropTimetable(StaffAPI):
    action = Action.PLAN_QUARTER

    @extend_schema(
        operation_id="give_up_timetable", request=TimetableVersionIn, responses=TimetableOut
    )
    def post(self, request, quarter):
        """Give it up. Nothing of it is planned."""
        one = get_object_or_404(Timetable, pk=quarter)
        return _decided(request, one, services.drop_timetable)


class TakeOutOfTimetable(StaffAPI):
    action = Action.PLAN_QUARTER

    @extend_schema(
        operation_id="take_out_of_timetable", request=TimetableVersionIn, responses=TimetableOut
    )
    def post(self, request, proposed_series):
        """Take a series out. Its people keep their place in the queue."""
        return _changed(request, proposed_series, services.take_out_series)


class PutBackInTimetable(StaffAPI):
    action = Action.PLAN_QUARTER

    @extend_schema(
        operation_id="put_back_in_timetable", request=TimetableVersionIn, responses=TimetableOut
    )
    def post(self, request, proposed_series):
        """Put a series back that was taken out."""
        return _changed(request, proposed_series, services.put_back_series)


def _version(request):
    said = TimetableVersionIn(data=request.data)
    said.is_valid(raise_exception=True)
    return said.validated_data["version"]


def _decided(request, one, service):
    service(timetable=one, version=_version(request), by=request.user, now=now())
    one.refresh_from_db()
    return Response(_out(one, request.user))


def _changed(request, pk, service):
    found = TimetableSeries.objects.select_related("timetable")
    proposed = get_object_or_404(found, pk=pk)
    service(proposed=proposed, version=_version(request), by=request.user)
    return Response(_out(Timetable.objects.get(pk=proposed.timetable_id), request.user))


def _out(one, user):
    stored = {name: getattr(one, name) for name in STORED}
    told = {"gap": say_gap(one), "figures": figures_of(one), "series": series_of(one, user)}
    return TimetableOut(stored | told).data
