"""A risk put to the NPS: read, opened and taken through its steps."""

from typing import Any

from django.db.models import Prefetch
from django.utils.timezone import now
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from grid.forms.escalation import LONGEST_NAME, LONGEST_WORDS
from grid.models import Escalation, EscalationStep
from grid.reference.escalation import NPS_ANSWERS
from grid.rules.escalation import LONGEST_BECAUSE
from grid.services import escalation as services
from staff.permissions import Action


class EscalationStepOut(serializers.ModelSerializer):
    """One step. `by`: the username of whoever took it; none: the GRID."""

    words = serializers.SerializerMethodField()
    outside = serializers.SerializerMethodField()
    by = serializers.CharField(source="by.username", default=None, allow_null=True)

    class Meta:
        model = EscalationStep
        fields = ["state", "words", "outside", "at", "by"]

    def get_words(self, one) -> str:
        return self.context["names"].text(one.words)

    def get_outside(self, one) -> str:
        return self.context["names"].text(one.outside)


class EscalationOut(serializers.ModelSerializer):
    """Words that name somebody protected are without the name for those who may not see it."""

    because = serializers.SerializerMethodField()
    meanwhile = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField()

    class Meta:
        model = Escalation
        fields = ["id", "state", "because", "meanwhile", "opened_on", "closed_on", "outcome", "steps"]  # fmt: skip

    def get_because(self, one) -> str:
        return self.context["names"].text(one.because)

    def get_meanwhile(self, one) -> str:
        return self.context["names"].text(one.meanwhile)

    @extend_schema_field(EscalationStepOut(many=True))
    def get_steps(self, one):
        found = one.steps.all()
        return EscalationStepOut(found, many=True, context=self.context).data


def words():
    return serializers.CharField(max_length=LONGEST_WORDS)


class EscalationOpenIn(serializers.Serializer):
    because = serializers.CharField(max_length=LONGEST_BECAUSE)


class EscalationDiscussionIn(serializers.Serializer):
    """What the senior decided with the officer; `meanwhile`: who is protected, and how."""

    refer = serializers.BooleanField()
    decided = words()
    meanwhile = words()


class EscalationReferralIn(serializers.Serializer):
    outside = serializers.CharField(max_length=LONGEST_NAME)
    referral = words()


class NpsAnswerIn(serializers.Serializer):
    """What the NPS says, and in which words; `outside`: who there said so."""

    says = serializers.ChoiceField(NPS_ANSWERS, source="answer")
    outside = serializers.CharField(max_length=LONGEST_NAME)
    said = serializers.CharField(max_length=LONGEST_WORDS)


class EscalationSentIn(serializers.Serializer):
    sent = words()


class EscalationChallengeIn(serializers.Serializer):
    grounds = words()


class EscalationKeepIn(serializers.Serializer):
    changed = words()
    meanwhile = words()


class EscalationHandOverIn(serializers.Serializer):
    """A named officer of the NPS has accepted the case."""

    outside = serializers.CharField(max_length=LONGEST_NAME)
    outside_officer = serializers.CharField(max_length=LONGEST_NAME)
    note = words()


class EscalationWithdrawIn(serializers.Serializer):
    withdrawn = words()


class EscalationMeanwhileIn(serializers.Serializer):
    meanwhile = words()


class Escalations(CaseAPI):
    action = Action.VIEW_MOVEMENTS
    actions = {"POST": Action.ESCALATE_RISK}

    @extend_schema(operation_id="list_escalations", responses=EscalationOut(many=True))
    def get(self, request, crn):
        """Every escalation of the case with its steps, the latest first."""
        return Response(_shown(self.case, request.user, _with_steps(self.case), many=True))

    @extend_schema(
        operation_id="open_escalation", request=EscalationOpenIn, responses={201: EscalationOut}
    )
    def post(self, request, crn):
        """Put a risk to the NPS, or take up again one that was settled."""
        given = EscalationOpenIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = services.open_escalation(
            case=self.case, by=request.user, now=now(), **given.validated_data
        )
        return Response(
            _shown(self.case, request.user, _with_steps(self.case).get(pk=made.pk)), status=201
        )


def step(name, given_as, service, taken_by):
    """The endpoint of one step of the escalation that is open."""

    class TakeStep(CaseAPI):
        action = taken_by

        @extend_schema(operation_id=f"{name}_escalation", request=given_as, responses=EscalationOut)
        def post(self, request, crn):
            given = given_as(data=request.data)
            given.is_valid(raise_exception=True)
            found = get_object_or_404(self.case.escalations.unsettled())
            service(escalation=found, by=request.user, now=now(), **given.validated_data)
            return Response(
                _shown(self.case, request.user, _with_steps(self.case).get(pk=found.pk))
            )

    TakeStep.__doc__ = service.__doc__
    return TakeStep


STEPS: dict[str, Any] = {
    "decide": step(
        "decide", EscalationDiscussionIn, services.decide_discussion, Action.DECIDE_PLACEMENT
    ),
    "refer": step("refer", EscalationReferralIn, services.refer_risk, Action.ESCALATE_RISK),
    "answer": step("answer", NpsAnswerIn, services.record_answer, Action.RECORD_NPS_ANSWER),
    "send": step("send", EscalationSentIn, services.send_more, Action.ESCALATE_RISK),
    "challenge": step(
        "challenge", EscalationChallengeIn, services.challenge_answer, Action.ESCALATE_RISK
    ),
    "keep": step("keep", EscalationKeepIn, services.keep_here, Action.ESCALATE_RISK),
    "hand-over": step(
        "hand_over", EscalationHandOverIn, services.hand_over, Action.RECORD_NPS_ANSWER
    ),
    "withdraw": step(
        "withdraw", EscalationWithdrawIn, services.withdraw_escalation, Action.DECIDE_PLACEMENT
    ),
    "meanwhile": step(
        "change_meanwhile_of",
        EscalationMeanwhileIn,
        services.change_meanwhile,
        Action.ESCALATE_RISK,
    ),
}


def _with_steps(case):
    steps = EscalationStep.objects.select_related("by").order_by("pk")
    return case.escalations.prefetch_related(Prefetch("steps", steps)).order_by("-pk")


def _shown(case, user, found, *, many=False):
    names = names_for(case, actions_on(case, user))
    return EscalationOut(found, many=many, context={"names": names}).data
