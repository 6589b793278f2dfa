"""The person's copy of a plan: what they get, how much is left out and why, and saying that they have it."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import PlanCopy
from cases.reference.plans import GivenHow
from cases.rules.sharing import Why
from cases.services.person_copy import copy_and_sheet, give_copy
from staff.permissions import Action


class CopyLineOut(serializers.Serializer):
    text = serializers.CharField()
    note = serializers.CharField()


class CopySectionOut(serializers.Serializer):
    heading = serializers.CharField()
    lines = CopyLineOut(many=True)
    quote = serializers.CharField()


class LeftOutOut(serializers.Serializer):
    """How much of a kind is left out, and never what it says."""

    what = serializers.CharField()
    why = serializers.ChoiceField(Why.choices())


class ToMendOut(serializers.Serializer):
    part = serializers.CharField()
    why = serializers.CharField()


class PersonCopyOut(serializers.Serializer):
    """`to_mend`: while there is any, the copy cannot be made."""

    called = serializers.CharField()
    draft = serializers.BooleanField()
    agreement = serializers.CharField()
    ways = serializers.ListField(child=serializers.CharField())
    sections = CopySectionOut(many=True)
    left_out = LeftOutOut(many=True)
    to_mend = ToMendOut(many=True)


class CopyGivenIn(serializers.Serializer):
    given_on = serializers.DateField()
    how = serializers.ChoiceField(GivenHow.choices())
    large = serializers.BooleanField()


class CopyGivenOut(serializers.ModelSerializer):
    class Meta:
        model = PlanCopy
        fields = ["id", "plan", "document", "given_on", "how", "large", "draft"]


class PersonCopy(CaseAPI):
    action = Action.VIEW_PLAN
    actions = {"POST": Action.WRITE_PLAN}

    @extend_schema(operation_id="see_plan_copy", responses=PersonCopyOut)
    def get(self, request, crn, sentence_plan):
        """What the person gets, and how much is left out."""
        plan = get_object_or_404(self.case.plans, pk=sentence_plan)
        copy, sheet = copy_and_sheet(plan, self.case, localdate())
        return Response(
            PersonCopyOut(sheet | {"left_out": copy.left_out, "to_mend": copy.mend}).data
        )

    @extend_schema(
        operation_id="give_plan_copy", request=CopyGivenIn, responses={201: CopyGivenOut}
    )
    def post(self, request, crn, sentence_plan):
        """Record that the person was given the copy. It is kept as it was."""
        given = CopyGivenIn(data=request.data)
        given.is_valid(raise_exception=True)
        plan = get_object_or_404(self.case.plans, pk=sentence_plan)
        made = give_copy(
            plan=plan, by=request.user, today=localdate(), now=now(), **given.validated_data
        )
        return Response(CopyGivenOut(made).data, status=201)
