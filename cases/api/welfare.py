"""Whether somebody was asked if they think of harming themselves, what they said and what was done."""

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import WelfareCheck
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.worst_days import WelfareAnswer, WelfareWhen
from cases.services.welfare import record_welfare
from staff.permissions import Action


class WelfareOut(serializers.ModelSerializer):
    """An answer is what they said on that day, and no more."""

    words = serializers.SerializerMethodField()
    done = serializers.SerializerMethodField()
    by = serializers.CharField(source="recorded_by.username")

    class Meta:
        model = WelfareCheck
        fields = ["id", "moment", "asked_at", "answer", "words", "done", "recorded_at", "by"]

    def get_words(self, one) -> str:
        return self.context["names"].text(one.words)

    def get_done(self, one) -> str:
        return self.context["names"].text(one.done)


class WelfareIn(serializers.Serializer):
    """`done`: what was done and who was told; blank only where they say they have no such thoughts."""

    moment = serializers.ChoiceField(WelfareWhen.choices())
    asked_at = serializers.DateTimeField()
    answer = serializers.ChoiceField(WelfareAnswer.choices())
    words = serializers.CharField(max_length=4000, default="", allow_blank=True)
    done = serializers.CharField(max_length=4000, default="", allow_blank=True)


class Welfare(CaseAPI):
    action = Action.ASK_WELFARE

    @extend_schema(operation_id="list_welfare_checks", responses=WelfareOut(many=True))
    def get(self, request, crn):
        """Every time they were asked, the latest first."""
        found = self.case.welfare_checks.select_related("recorded_by").order_by("-asked_at", "-pk")
        return Response(_shown(self.case, request.user, found, many=True))

    @extend_schema(operation_id="record_welfare_check", request=WelfareIn, responses={201: WelfareOut})  # fmt: skip
    def post(self, request, crn):
        """They were asked, or could not be. Where they spoke of it the seniors hear at once."""
        given = WelfareIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = record_welfare(case=self.case, by=request.user, now=now(), **given.validated_data)
        return Response(_shown(self.case, request.user, made), status=201)


def _shown(case, user, found, *, many=False):
    names = names_for(case, actions_on(case, user))
    return WelfareOut(found, many=many, context={"names": names}).data
