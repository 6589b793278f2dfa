"""Whoever leads groups by the API: read, and training, hours and days away recorded, as on the pages."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import DayField, StaffAPI, one_of
from cases.models import Absence
from cases.rules.cover import MAY_COVER
from cases.services.cover import cancel_absence
from grid.models import LeaderTraining
from grid.queries.leader_pages import leader_rows, staff_to_train
from grid.queries.leaders import who_leads
from grid.services import leaders as services
from staff.permissions import Action


class LeaderSkillOut(serializers.Serializer):
    """`warn`: it has run out, or does within 60 days."""

    skill = serializers.CharField()
    words = serializers.CharField()
    warn = serializers.BooleanField()


class LeaderCoverOut(serializers.Serializer):
    """A session that they are named for and cannot lead, and why."""

    what = serializers.CharField()
    why = serializers.CharField()


class LeaderOut(serializers.Serializer):
    """`women`: whether they may lead groups for women; blank for those who do not name leaders."""

    id = serializers.IntegerField(source="key")
    name = serializers.CharField()
    about = serializers.CharField()
    trained = LeaderSkillOut(many=True)
    away = serializers.SerializerMethodField()
    hours = serializers.ListField(child=serializers.CharField())
    sessions = serializers.IntegerField()
    women = serializers.CharField()
    to_cover = LeaderCoverOut(many=True)

    def get_away(self, one) -> list[str]:
        return [each.words for each in one.away]


class LeaderTrainingOut(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    username = serializers.CharField(source="user.username")
    skill = serializers.CharField()
    from_on = serializers.DateField()
    until = serializers.DateField(allow_null=True)


class LeaderTrainingIn(serializers.Serializer):
    """`username`: of anybody with an open account; `skill`: of the policy; `until`: its last day, null where it does not run out."""

    username = serializers.CharField()
    skill = serializers.CharField(max_length=100)
    from_on = DayField()
    until = DayField(required=False, allow_null=True)


class TrainingEndIn(serializers.Serializer):
    until = DayField(allow_null=True)


class LeaderHoursRow(serializers.Serializer):
    """`weekday`: 0 is Monday."""

    weekday = serializers.IntegerField(min_value=0, max_value=6)
    from_at = serializers.TimeField()
    to_at = serializers.TimeField()


class LeaderHoursIn(serializers.Serializer):
    hours = LeaderHoursRow(many=True)


class LeaderLeaveIn(serializers.Serializer):
    from_on = DayField()
    to_on = DayField()


class LeaderLeaveOut(serializers.Serializer):
    """`to_cover`: how many sessions they are named for on those days."""

    id = serializers.IntegerField()
    to_cover = serializers.IntegerField()


class Leaders(StaffAPI):
    action = Action.VIEW_GROUPS

    @extend_schema(operation_id="list_leaders", responses=LeaderOut(many=True))
    def get(self, request):
        """Everybody who leads groups, whoever asks first, with what they are trained for and what needs cover."""
        return Response(LeaderOut(leader_rows(request.user, now()), many=True).data)


class LeaderStep(StaffAPI):
    action = Action.RECORD_LEADER

    def given(self, shape):
        said = shape(data=self.request.data)
        said.is_valid(raise_exception=True)
        return said.validated_data


class RecordLeaderTraining(LeaderStep):
    @extend_schema(
        operation_id="record_leader_training",
        request=LeaderTrainingIn,
        responses={201: LeaderTrainingOut},
    )
    def post(self, request):
        """Record what somebody has been trained to lead."""
        said = self.given(LeaderTrainingIn)
        user = one_of(staff_to_train(request.user), "username", said.pop("username"), "username")
        made = services.record_training(user=user, by=request.user, now=now(), **said)
        return Response(LeaderTrainingOut(made).data, status=201)


class EndLeaderTraining(LeaderStep):
    @extend_schema(
        operation_id="end_leader_training", request=TrainingEndIn, responses=LeaderTrainingOut
    )
    def post(self, request, leader_training):
        """Say which is the last day of a training, or that it does not run out."""
        said = self.given(TrainingEndIn)
        rows = LeaderTraining.objects.select_related("user").exclude(user=request.user)
        found = get_object_or_404(rows, pk=leader_training)
        done = services.end_training(training=found, by=request.user, now=now(), **said)
        return Response(LeaderTrainingOut(done).data)


class SetLeaderHours(LeaderStep):
    @extend_schema(operation_id="set_leader_hours", request=LeaderHoursIn, responses={204: None})
    def post(self, request, leader):
        """Set anew the hours of the week in which somebody could lead a group."""
        said = self.given(LeaderHoursIn)["hours"]
        hours = {(one["weekday"], one["from_at"], one["to_at"]) for one in said}
        found = get_object_or_404(who_leads(), pk=leader)
        services.set_hours(user=found, hours=hours, by=request.user)
        return Response(status=204)


class RecordLeaderLeave(LeaderStep):
    @extend_schema(
        operation_id="record_leader_leave", request=LeaderLeaveIn, responses={201: LeaderLeaveOut}
    )
    def post(self, request, leader):
        """Say that somebody who holds no cases is away. Those who do arrange it with cover for their cases."""
        said, found = self.given(LeaderLeaveIn), get_object_or_404(who_leads(), pk=leader)
        absence, left = services.record_leave(user=found, by=request.user, now=now(), **said)
        return Response(LeaderLeaveOut({"id": absence.pk, "to_cover": left}).data, status=201)


class CancelLeaderLeave(LeaderStep):
    @extend_schema(operation_id="cancel_leader_leave", request=None, responses={204: None})
    def post(self, request, absence):
        """Say that they are not away after all, or are back."""
        rows = Absence.objects.filter(user__in=who_leads()).exclude(user__role__in=MAY_COVER)
        found = get_object_or_404(rows.select_related("user"), pk=absence)
        cancel_absence(absence=found, by=request.user, today=localdate())
        return Response(status=204)
