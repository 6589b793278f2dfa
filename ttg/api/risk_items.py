"""What a resettlement plan says of risk over the API, and what the officer makes of each thing."""

from django.http import Http404
from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import CaseAPI
from staff.permissions import Action
from ttg.models import RiskItem
from ttg.queries.plans import find_risk_item, in_force_of, reads, risk_items_of
from ttg.reference.custody import RiskAnswer
from ttg.reference.questions import RESTRICTED
from ttg.services.risk_items import answer_risk_item


class RiskItemOut(serializers.ModelSerializer):
    """`words` and `amended` are blank where they are kept to those who work on the case."""

    answer = serializers.ChoiceField(choices=RiskAnswer.choices())
    words = serializers.SerializerMethodField()
    amended = serializers.SerializerMethodField()
    answered_by = serializers.CharField(
        source="answered_by.username", default=None, allow_null=True
    )

    class Meta:
        model = RiskItem
        fields = ["id", "question", "words", "source", "on", "answer", "amended", "answered_at", "answered_by"]  # fmt: skip

    def get_words(self, item) -> str:
        return self._read(item, item.words)

    def get_amended(self, item) -> str:
        return self._read(item, item.amended)

    def _read(self, item, words):
        names, all_of_it = self.context["reads"]
        return names.text(words) if all_of_it or item.question not in RESTRICTED else ""


class RiskAnswerIn(serializers.Serializer):
    answer = serializers.ChoiceField(
        choices=[one for one in RiskAnswer.choices() if one[0] != RiskAnswer.WAITING]
    )
    amended = serializers.CharField(allow_blank=True, default="", max_length=2000)


class RiskItems(CaseAPI):
    action = Action.VIEW_RELEASE

    @extend_schema(operation_id="list_risk_items", responses=RiskItemOut(many=True))
    def get(self, request, crn):
        """What the plan in force says of risk, those that wait for the officer first."""
        plan = in_force_of(self.case)
        items = risk_items_of(plan) if plan else []
        return Response(_items(self, request, items, many=True))


class AnswerRiskItem(CaseAPI):
    action = Action.TAKE_OVER_RELEASE

    @extend_schema(operation_id="answer_risk_item", request=RiskAnswerIn, responses=RiskItemOut)
    def post(self, request, crn, risk_item):
        """Accept one thing about risk, or say what is changed about it."""
        item = find_risk_item(self.case, risk_item)
        if item is None:
            raise Http404
        given = RiskAnswerIn(data=request.data)
        given.is_valid(raise_exception=True)
        answered = answer_risk_item(item=item, by=request.user, now=now(), **given.validated_data)
        return Response(_items(self, request, answered))


def _items(view, request, items, many=False):
    return RiskItemOut(items, many=many, context={"reads": reads(view.case, request.user)}).data
