"""The loop of enquiry as figures: the same counts as its page."""

from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import StaffAPI
from cases.models import Case
from oversight.queries.caseload import Wanted, narrowed, widest
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
