"""The rota of a team: who has the duty on which day, putting somebody on, taking them off, sharing it out."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import StaffAPI
from cases.models import DutyTurn
from cases.queries.duty import rota_of, teams_to_see, teams_to_set
from cases.rules.rota import days_of_rota
from cases.services import duty as services
from cases.services.policy import clocks
from staff.models import User
from staff.permissions import Action


class TurnOut(serializers.Serializer):
    """`against`: why they will not be there that day; blank where they will."""

    id = serializers.IntegerField(source="key")
    username = serializers.CharField()
    against = serializers.CharField()


class DayOut(serializers.Serializer):
    """`warning`: that nobody has the duty that day, or nobody of those who have it is there."""

    day = serializers.DateField()
    turns = TurnOut(many=True)
    warning = serializers.CharField()


class MadeOut(serializers.ModelSerializer):
    team = serializers.CharField(source="team.code")
    username = serializers.CharField(source="user.username")

    class Meta:
        model = DutyTurn
        fields = ["id", "team", "on", "username", "called_off_on"]


class PutOnIn(serializers.Serializer):
    team = serializers.CharField()
    on = serializers.DateField()
    username = serializers.CharField()


class TeamIn(serializers.Serializer):
    team = serializers.CharField()


class Rota(StaffAPI):
    action = Action.VIEW_DUTY

    @extend_schema(
        operation_id="read_rota",
        parameters=[
            OpenApiParameter("team", str, description="the code of a team; your own unless said")
        ],
        responses=DayOut(many=True),
    )
    def get(self, request):
        """The working days from today to the end of the fourth week, and who has the duty on each."""
        today, own = localdate(), request.user.team
        asked = request.query_params.get("team", own.code if own else "")
        if not asked:
            return Response([])
        team = own if own and asked == own.code else _team(teams_to_see(request.user), asked)
        days = rota_of(team, days_of_rota(today, clocks(today).extra_bank_holidays))
        return Response(DayOut(days, many=True).data)


class PutOnDuty(StaffAPI):
    action = Action.SET_ROTA

    @extend_schema(operation_id="put_on_duty", request=PutOnIn, responses={201: MadeOut})
    def post(self, request):
        """This officer has the duty of the team on that day."""
        given = PutOnIn(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        team = _team(teams_to_set(request.user), said["team"])
        user = get_object_or_404(User, username=said["username"])
        made = services.put_on_duty(team=team, on=said["on"], user=user, by=request.user, now=now())
        return Response(MadeOut(made).data, status=201)


class TakeOffDuty(StaffAPI):
    action = Action.SET_ROTA

    @extend_schema(operation_id="take_off_duty", request=None, responses=MadeOut)
    def post(self, request, turn):
        """They do not have the duty that day after all."""
        found = get_object_or_404(DutyTurn.objects.select_related("team"), pk=turn)
        _team(teams_to_set(request.user), found.team.code)
        done = services.take_off_duty(turn=found, by=request.user, now=now())
        return Response(MadeOut(done).data)


class ShareOutDuty(StaffAPI):
    action = Action.SET_ROTA

    @extend_schema(operation_id="share_out_duty", request=TeamIn, responses=MadeOut(many=True))
    def post(self, request):
        """Put somebody on each day of the rota on which nobody is. Gives the turns that were made."""
        given = TeamIn(data=request.data)
        given.is_valid(raise_exception=True)
        team = _team(teams_to_set(request.user), given.validated_data["team"])
        made = services.share_out_duty(team=team, by=request.user, now=now())
        return Response(MadeOut(made, many=True).data)


def _team(teams, code):
    found = teams.filter(code=code).first()
    if found is None:
        raise NotFound
    return found
