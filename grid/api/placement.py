"""Placements in the GRID: read, and judged."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import CaseAPI
from grid.models import Judgement, Placement
from grid.services.judgement import judge
from staff.permissions import Action


class PlacementOut(serializers.ModelSerializer):
    class Meta:
        model = Placement
        fields = [
            "place", "level", "band", "needs", "because", "facts", "rules", "policy_version",
            "placed_on", "superseded_on",
        ]  # fmt: skip


class JudgementIn(serializers.Serializer):
    """The officer's judgement, with the three answers it must rest on."""

    complex = serializers.BooleanField()
    linked_to_harm = serializers.CharField()
    being_managed = serializers.CharField()
    effect_of_contact = serializers.CharField()


class JudgementOut(serializers.ModelSerializer):
    class Meta:
        model = Judgement
        fields = ["complex", "state", "made_on", "until_on", "decided_on"]


class Placements(CaseAPI):
    action = Action.VIEW_PLACEMENT

    @extend_schema(operation_id="list_placements", responses=PlacementOut(many=True))
    def get(self, request, crn):
        """Every placement of the case with what it rested on, the current one first."""
        found = self.case.placements.order_by("-placed_on", "-pk")
        return Response(PlacementOut(found, many=True).data)


class Judgements(CaseAPI):
    action = Action.JUDGE_PLACEMENT

    @extend_schema(
        operation_id="judge_placement", request=JudgementIn, responses={201: JudgementOut}
    )
    def post(self, request, crn):
        """Judge the case complex, or ask a senior probation officer to let it be lowered."""
        given = JudgementIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = judge(
            case=self.case, by=request.user, today=localdate(), now=now(), **given.validated_data
        )
        return Response(JudgementOut(made).data, status=201)
