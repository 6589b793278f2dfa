"""What somebody needs on release, over the API: the list, finding one, settling one."""

from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from staff.errors import RuleBroken
from staff.permissions import Action
from ttg.models import Need
from ttg.queries.needs import NO_STAY, needs_of, stay_of, warnings_of
from ttg.reference.referrals import NeedSide, NeedState, Pathway
from ttg.services import needs as services

SETTLED = [(one.value, one.title) for one in NeedState if one != NeedState.OPEN]


class NeedOut(serializers.ModelSerializer):
    pathway = serializers.CharField()
    side = serializers.CharField()
    state = serializers.CharField()

    class Meta:
        model = Need
        fields = [
            "id", "pathway", "code", "words", "side", "state", "found_on", "settled_on", "because",
        ]  # fmt: skip

    def to_representation(self, one):
        said, names = super().to_representation(one), self.context["names"]
        return said | {name: names.text(said[name]) for name in ("words", "because")}


class NeedsOut(serializers.Serializer):
    needs = NeedOut(many=True)
    warnings = serializers.ListField(child=serializers.CharField())


class NeedIn(serializers.Serializer):
    """`code`: of the catalogue; then `words` may be left out, and are as the catalogue has them."""

    pathway = serializers.ChoiceField(Pathway.choices())
    code = serializers.CharField(max_length=40, required=False)
    words = serializers.CharField(max_length=300, required=False, default="")
    side = serializers.ChoiceField(NeedSide.choices())


class SettleNeedIn(serializers.Serializer):
    """`because`: what met it; or why not, in the person's own words where they declined."""

    became = serializers.ChoiceField(SETTLED)
    because = serializers.CharField(max_length=500)


class Needs(CaseAPI):
    action = Action.VIEW_RELEASE
    actions = {"POST": Action.WRITE_RESETTLEMENT}

    @extend_schema(operation_id="list_release_needs", responses=NeedsOut)
    def get(self, request, crn):
        """The needs of the stay in prison that counts, and what is missing around them."""
        names, custody = _names(self, request), stay_of(self.case)
        found = needs_of(custody) if custody else []
        known = {"needs": found, "warnings": warnings_of(custody, found, names) if custody else []}
        return Response(NeedsOut(known, context={"names": names}).data)

    @extend_schema(operation_id="find_release_need", request=NeedIn, responses={201: NeedOut})
    def post(self, request, crn):
        """Record a need."""
        custody = stay_of(self.case)
        if custody is None:
            raise RuleBroken(NO_STAY)
        given = NeedIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = services.find_need(
            custody=custody, by=request.user, today=localdate(), **given.validated_data
        )
        return Response(NeedOut(made, context={"names": _names(self, request)}).data, status=201)


class SettleNeed(CaseAPI):
    action = Action.WRITE_RESETTLEMENT

    @extend_schema(operation_id="settle_release_need", request=SettleNeedIn, responses=NeedOut)
    def post(self, request, crn, need):
        """Say that it is met, declined or not needed. Signposting meets nothing."""
        needs = Need.objects.select_related("custody__case")
        found = get_object_or_404(needs, custody__case=self.case, pk=need)
        given = SettleNeedIn(data=request.data)
        given.is_valid(raise_exception=True)
        done = services.settle_need(
            need=found,
            state=given.validated_data["became"],
            because=given.validated_data["because"],
            by=request.user,
            today=localdate(),
        )
        return Response(NeedOut(done, context={"names": _names(self, request)}).data)


def _names(view, request):
    return names_for(view.case, actions_on(view.case, request.user))
