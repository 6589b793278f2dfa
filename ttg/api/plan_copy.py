"""What the person's copy of a resettlement plan says, over the API."""

from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.api.person_copy import CopySectionOut
from staff.permissions import Action
from ttg.queries.plans import draft_of, in_force_of
from ttg.services.plan_copy import sheet_and_left


class ResettlementCopyOut(serializers.Serializer):
    called = serializers.CharField()
    draft = serializers.BooleanField()
    agreement = serializers.CharField()
    ways = serializers.ListField(child=serializers.CharField())
    sections = CopySectionOut(many=True)


class ResettlementCopy(CaseAPI):
    action = Action.VIEW_RELEASE

    @extend_schema(operation_id="read_resettlement_copy", responses=ResettlementCopyOut(many=True))
    def get(self, request, crn):
        """What the person's copy says, of the plan being written or else of the one in force; empty where there is neither."""
        plan = draft_of(self.case) or in_force_of(self.case)
        sheets = [sheet_and_left(plan, self.case, localdate())[0]] if plan else []
        return Response(ResettlementCopyOut(sheets, many=True).data)
