"""What somebody needs in their hand at the gate, over the API: the list, and saying how far one thing has come."""

from django.http import Http404
from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from staff.errors import RuleBroken
from staff.permissions import Action
from ttg.models import InHand
from ttg.queries.in_hand import find_item, items_of, suggested_of
from ttg.queries.needs import NO_STAY, stay_of
from ttg.reference.home import Item, ItemState
from ttg.rules.in_hand import LONGEST
from ttg.services.in_hand import set_item


class InHandOut(serializers.ModelSerializer):
    item = serializers.CharField()
    state = serializers.CharField()

    class Meta:
        model = InHand
        fields = [
            "item", "state", "words", "applied_on", "expected_on", "ready_on", "with_them", "said_on", "version",
        ]  # fmt: skip

    def to_representation(self, one):
        said = super().to_representation(one)
        return said | {"words": self.context["names"].text(said["words"])}


class InHandListOut(serializers.Serializer):
    """`to_ask`: what is worth asking about, and nobody has said anything of."""

    items = InHandOut(many=True)
    to_ask = serializers.ListField(child=serializers.CharField())


class InHandIn(serializers.Serializer):
    """`version`: of what was read, 0 where nothing was said of it."""

    how_far = serializers.ChoiceField([(one.value, one.title) for one in ItemState])
    words = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True, default="")
    applied_on = serializers.DateField(required=False, allow_null=True, default=None)
    expected_on = serializers.DateField(required=False, allow_null=True, default=None)
    ready_on = serializers.DateField(required=False, allow_null=True, default=None)
    with_them = serializers.BooleanField(default=False)
    version = serializers.IntegerField(min_value=0)


class ReleaseInHand(CaseAPI):
    action = Action.VIEW_RELEASE

    @extend_schema(operation_id="list_release_in_hand", responses=InHandListOut)
    def get(self, request, crn):
        """What is said of each thing they need at the gate, and what to ask about."""
        custody, names = stay_of(self.case), _names(self, request)
        said = items_of(custody) if custody else []
        ask = [item.value for item, _ in suggested_of(custody, said)] if custody else []
        found = {"items": said, "to_ask": ask}
        return Response(InHandListOut(found, context={"names": names}).data)


class SetInHand(CaseAPI):
    action = Action.WRITE_RESETTLEMENT

    @extend_schema(operation_id="set_release_in_hand", request=InHandIn, responses=InHandOut)
    def post(self, request, crn, item):
        """Say how far one thing has come. Never the number of an account, a card or a document."""
        if item not in [one.value for one in Item]:
            raise Http404
        custody, names = stay_of(self.case), _names(self, request)
        if custody is None:
            raise RuleBroken(NO_STAY)
        given = InHandIn(data=request.data)
        given.is_valid(raise_exception=True)
        said, stands = dict(given.validated_data), find_item(custody, item)
        said["words"] = names.put_back(said["words"], stands.words if stands else "")
        done = set_item(
            custody=custody,
            item=item,
            state=said.pop("how_far"),
            by=request.user,
            now=now(),
            **said,
        )
        return Response(InHandOut(done, context={"names": names}).data)


def _names(view, request):
    return names_for(view.case, actions_on(view.case, request.user))
