"""Sentence plans: read, begin, sign, give up, and what the person says to them."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.api.plan_parts import ContingencyOut, DeliveryOut, ObjectiveOut
from cases.models import Plan
from cases.queries.names import names_for
from cases.queries.plan_desk import plan_desk
from cases.queries.reach import actions_on
from cases.reference.plans import Agreed
from cases.services import agreement, plans
from staff.permissions import Action


class SentencePlanOut(serializers.ModelSerializer):
    """A plan as this reader may see it: protected names are taken out of its words."""

    answers = serializers.SerializerMethodField()
    agreed_because = serializers.SerializerMethodField()
    objectives = ObjectiveOut(many=True)
    contingencies = ContingencyOut(many=True)
    deliveries = DeliveryOut(many=True)

    class Meta:
        model = Plan
        fields = [
            "id", "state", "assessment", "follows", "answers", "carried", "objectives", "contingencies",
            "deliveries", "begun_on", "agreed", "agreed_because", "agreed_on", "signed_at",
        ]  # fmt: skip

    def get_answers(self, plan) -> dict:
        text = self.context["names"].text
        return {
            code: text(value) if isinstance(value, str) else value
            for code, value in plan.answers.items()
        }

    def get_agreed_because(self, plan) -> str:
        return self.context["names"].text(plan.agreed_because)


class PlanGapOut(serializers.Serializer):
    """One thing that stands in the way. A gate refuses; a warning wants one honest sentence."""

    key = serializers.CharField()
    weight = serializers.CharField()
    sentence = serializers.CharField()
    rule = serializers.CharField()
    question = serializers.CharField()
    may_override = serializers.BooleanField()


class SignPlanIn(serializers.Serializer):
    """`explained`: a sentence for each warning, by its key."""

    explained = serializers.DictField(
        child=serializers.CharField(max_length=1000), default=dict, allow_empty=True
    )


class AgreementIn(serializers.Serializer):
    agreed = serializers.ChoiceField(choices=Agreed.choices())
    because = serializers.CharField(max_length=500, default="", allow_blank=True)
    on = serializers.DateField()


class PlanAPI(CaseAPI):
    """An endpoint about one plan of a case."""

    def plan(self, pk):
        found = get_object_or_404(self.case.plans, pk=pk)
        found.case = self.case
        return found

    def names(self):
        return names_for(self.case, actions_on(self.case, self.request.user))

    def shown(self, found, *, many=False):
        return SentencePlanOut(found, many=many, context={"names": self.names()}).data


class Plans(PlanAPI):
    action = Action.VIEW_PLAN
    actions = {"POST": Action.WRITE_PLAN}

    @extend_schema(operation_id="list_plans", responses=SentencePlanOut(many=True))
    def get(self, request, crn):
        """The plans of the case, the newest first."""
        found = self.case.plans.prefetch_related("objectives__steps", "contingencies", "deliveries")
        return Response(self.shown(found.order_by("-pk"), many=True))

    @extend_schema(operation_id="begin_plan", request=None, responses={201: SentencePlanOut})
    def post(self, request, crn):
        """Begin the plan from what the one before still has to do, or give the one being written."""
        made = plans.begin_plan(case=self.case, by=request.user, today=localdate())
        return Response(self.shown(made), status=201)


class PlanToDo(PlanAPI):
    action = Action.VIEW_PLAN

    @extend_schema(operation_id="plan_to_do", responses=PlanGapOut(many=True))
    def get(self, request, crn, sentence_plan):
        """What stands between this plan and its signature, in the words of the refusal."""
        names = self.names()
        found = plan_desk(self.plan(sentence_plan), names, localdate()).found
        rows = PlanGapOut(found, many=True).data
        return Response([row | {"sentence": names.text(row["sentence"])} for row in rows])


class SignPlan(PlanAPI):
    action = Action.WRITE_PLAN

    @extend_schema(operation_id="sign_plan", request=SignPlanIn, responses=SentencePlanOut)
    def post(self, request, crn, sentence_plan):
        """Sign the plan and put it in force. Refused while a gate is shut."""
        given = SignPlanIn(data=request.data)
        given.is_valid(raise_exception=True)
        done = plans.sign_plan(
            plan=self.plan(sentence_plan),
            by=request.user,
            today=localdate(),
            now=now(),
            **given.validated_data,
        )
        return Response(self.shown(done))


class DropPlan(PlanAPI):
    action = Action.WRITE_PLAN

    @extend_schema(operation_id="drop_plan", request=None, responses=SentencePlanOut)
    def post(self, request, crn, sentence_plan):
        """Give up the plan being written. The one in force stays."""
        done = plans.drop_plan(plan=self.plan(sentence_plan), by=request.user, today=localdate())
        return Response(self.shown(done))


class AgreePlan(PlanAPI):
    action = Action.WRITE_PLAN

    @extend_schema(operation_id="agree_plan", request=AgreementIn, responses=SentencePlanOut)
    def post(self, request, crn, sentence_plan):
        """Record whether they agree, do not, or could not answer."""
        given = AgreementIn(data=request.data)
        given.is_valid(raise_exception=True)
        done = agreement.record_agreement(
            plan=self.plan(sentence_plan),
            by=request.user,
            today=localdate(),
            **given.validated_data,
        )
        return Response(self.shown(done))
