"""Interim plans: read, write, and the senior's answer."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import InterimPlan
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.services.interim import answer_interim_plan, write_interim_plan
from staff.permissions import Action


class PlanOut(serializers.ModelSerializer):
    """A plan as this reader may see it: protected names are taken out of its words."""

    worst_case = serializers.SerializerMethodField()
    who_is_protected = serializers.SerializerMethodField()
    what_we_do = serializers.SerializerMethodField()

    class Meta:
        model = InterimPlan
        fields = [
            "id", "worst_case", "who_is_protected", "what_we_do", "enquiries", "made_on", "expires_on",
            "concern", "sampled", "agreement", "answered_on", "ended_on", "ended_as",
        ]  # fmt: skip

    def get_worst_case(self, plan) -> str:
        return self.context["names"].text(plan.worst_case)

    def get_who_is_protected(self, plan) -> str:
        return self.context["names"].text(plan.who_is_protected)

    def get_what_we_do(self, plan) -> str:
        return self.context["names"].text(plan.what_we_do)


class PlanIn(serializers.Serializer):
    worst_case = serializers.CharField()
    who_is_protected = serializers.CharField()
    what_we_do = serializers.CharField()
    expires_on = serializers.DateField()


class PlanAnswerIn(serializers.Serializer):
    agree = serializers.BooleanField()
    answer = serializers.CharField(max_length=500, default="", allow_blank=True)


class InterimPlans(CaseAPI):
    action = Action.VIEW_CHECKS
    actions = {"POST": Action.WRITE_INTERIM_PLAN}

    @extend_schema(operation_id="list_interim_plans", responses=PlanOut(many=True))
    def get(self, request, crn):
        """The interim plans of the case, the one that stands first."""
        found = self.case.interim_plans.prefetch_related("enquiries").order_by("-pk")
        return Response(_shown(found, self.case, request.user, many=True))

    @extend_schema(operation_id="write_interim_plan", request=PlanIn, responses={201: PlanOut})
    def post(self, request, crn):
        """Write the plan that holds until agencies answer."""
        given = PlanIn(data=request.data)
        given.is_valid(raise_exception=True)
        plan = write_interim_plan(
            case=self.case, by=request.user, today=localdate(), now=now(), **given.validated_data
        )
        return Response(_shown(plan, self.case, request.user), status=201)


class AnswerInterimPlan(CaseAPI):
    action = Action.AGREE_INTERIM_PLAN

    @extend_schema(operation_id="answer_interim_plan", request=PlanAnswerIn, responses=PlanOut)
    def post(self, request, crn, plan):
        """Agree the plan, or return it with what is missing."""
        found = get_object_or_404(self.case.interim_plans, pk=plan)
        given = PlanAnswerIn(data=request.data)
        given.is_valid(raise_exception=True)
        done = answer_interim_plan(
            plan=found, by=request.user, today=localdate(), now=now(), **given.validated_data
        )
        return Response(_shown(done, self.case, request.user))


def _shown(plans, case, user, many=False):
    names = names_for(case, actions_on(case, user))
    return PlanOut(plans, many=many, context={"names": names}).data
