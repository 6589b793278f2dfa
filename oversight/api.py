"""The loop of enquiry, and assessments and plans, as figures: the same counts as their pages."""

from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import StaffAPI
from cases.models import Case
from cases.rules.content import Stands
from oversight.queries.caseload import Wanted, narrowed, widest
from oversight.queries.content import content_of
from oversight.queries.loop import loop_of
from staff.permissions import Action


class FiguresOut(serializers.Serializer):
    team = serializers.CharField(source="team.code", default=None, allow_null=True)
    counts = serializers.DictField(child=serializers.IntegerField())


class LoopOut(serializers.Serializer):
    whole = FiguresOut()
    teams = FiguresOut(many=True)


class Loop(StaffAPI):
    action = Action.VIEW_MEASURES

    @extend_schema(operation_id="read_loop", responses=LoopOut)
    def get(self, request):
        """How many people have a concern, and how far the loop of enquiry has come on them."""
        user = request.user
        wanted = Wanted(whose=widest(user, self.action))
        cases = narrowed(Case.objects.open_to(user, self.action), user, wanted)
        whole, teams = loop_of(cases, localdate())
        return Response(LoopOut({"whole": whole, "teams": teams}).data)


class ContentFiguresOut(serializers.Serializer):
    """On time beside on time and nothing missing: never one without the other."""

    team = serializers.CharField(source="team.code", default=None, allow_null=True)
    people = serializers.IntegerField()
    counts = serializers.SerializerMethodField()

    def get_counts(self, figures) -> dict[str, int]:
        return {str(code): figures.counts[code] for code in Stands}


class ContentOut(serializers.Serializer):
    whole = ContentFiguresOut()
    teams = ContentFiguresOut(many=True)


class ContentFigures(StaffAPI):
    action = Action.VIEW_MEASURES

    @extend_schema(operation_id="read_content", responses=ContentOut)
    def get(self, request):
        """Where assessments and plans stand, and how many were on time beside how many have nothing missing."""
        user = request.user
        wanted = Wanted(whose=widest(user, self.action))
        cases = narrowed(Case.objects.open_to(user, self.action), user, wanted)
        whole, teams = content_of(cases, localdate())
        return Response(ContentOut({"whole": whole, "teams": teams}).data)
