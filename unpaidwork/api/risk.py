"""The risk of unpaid work: what stands before an allocation, the assessment, and going ahead all the same."""

from typing import Any

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.assessments import AnsweredOut, ToDoOut
from cases.api.base import CaseAPI
from cases.api.overrides import OverrideClosedIn, OverrideDecisionIn, OverrideOut
from cases.queries.names import names_for
from cases.queries.override_pages import find_override
from cases.queries.reach import actions_on
from cases.reference.overrides import Act
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.rules.merging import marks
from unpaidwork.models import WorkRisk
from unpaidwork.queries.anywhere import before_any_place
from unpaidwork.queries.risk import draft_of, find_risk, risk_facts
from unpaidwork.reference.risk import Choice, RiskState
from unpaidwork.reference.risk_questions import RiskPart
from unpaidwork.rules.risk import to_do
from unpaidwork.services import risk as services
from unpaidwork.services.overrides import (
    ask_work_override,
    close_work_override,
    decide_work_override,
)

NONE_IS_WRITTEN = "No risk assessment for unpaid work is being written on this case."


class WorkRiskOut(serializers.ModelSerializer):
    """A risk assessment as this reader may see it: protected names are taken out of its words."""

    state = serializers.ChoiceField(choices=RiskState.choices())
    women_choice = serializers.ChoiceField(choices=Choice.choices())
    answers = serializers.SerializerMethodField()
    seen = serializers.SerializerMethodField()
    begun_by = serializers.CharField(source="begun_by.username")
    signed_by = serializers.CharField(source="signed_by.username", default=None, allow_null=True)

    class Meta:
        model = WorkRisk
        fields = [
            "id", "state", "answers", "seen", "women_choice", "begun_on", "begun_by", "signed_at", "signed_by",
            "good_until",
        ]  # fmt: skip

    def get_answers(self, risk) -> dict[str, Any]:
        return {code: _said(one, self.context["names"]) for code, one in risk.answers.items()}

    def get_seen(self, risk) -> dict[str, str]:
        """Marks of what stands, to send with an answer so that nothing is overwritten unseen."""
        return marks(risk.answers, risk.answers)


class RiskAnswersIn(serializers.Serializer):
    """`given`: {code: {"said", "words", "source", "on"}}, blank or null to take one away."""

    part = serializers.ChoiceField(choices=RiskPart.choices())
    given = serializers.DictField(child=serializers.JSONField(allow_null=True), default=dict)
    seen = serializers.DictField(child=serializers.CharField(allow_null=True), default=dict)
    confirms = serializers.ListField(child=serializers.CharField(), default=list)


class WorkOverrideIn(serializers.Serializer):
    keys = serializers.ListField(child=serializers.CharField(max_length=200), max_length=200)
    unknown = serializers.CharField()
    read_and_asked = serializers.CharField()
    why_safer = serializers.CharField()
    who_is_protected = serializers.CharField()
    who_was_told = serializers.CharField()
    what_closes_it = serializers.CharField()
    expires_on = serializers.DateField()


class WorkGate(CaseAPI):
    action = Action.VIEW_UNPAID_WORK

    @extend_schema(operation_id="list_work_gate", responses=ToDoOut(many=True))
    def get(self, request, crn):
        """What stands in the way of allocating this person to any work; empty where nothing does."""
        return Response(_to_do(self, request, before_any_place(self.case, localdate())))


class WorkRisks(CaseAPI):
    action = Action.VIEW_UNPAID_WORK
    actions = {"POST": Action.WRITE_WORK_RISK}

    @extend_schema(operation_id="list_work_risks", responses=WorkRiskOut(many=True))
    def get(self, request, crn):
        """The risk assessments for unpaid work of the case, the latest first."""
        found = self.case.work_risks.select_related("begun_by", "signed_by").order_by("-pk")
        return Response(_shown(self, request, found, many=True))

    @extend_schema(operation_id="begin_work_risk", request=None, responses={201: WorkRiskOut})
    def post(self, request, crn):
        """Begin one, from what the record knows and what the one in force says."""
        begun = services.begin_risk(case=self.case, by=request.user, today=localdate())
        return Response(_shown(self, request, begun), status=201)


class WorkRiskToDo(CaseAPI):
    action = Action.VIEW_UNPAID_WORK

    @extend_schema(operation_id="list_work_risk_to_do", responses=ToDoOut(many=True))
    def get(self, request, crn):
        """What stands between the one being written and its signature."""
        risk = draft_of(self.case)
        left = to_do(risk_facts(risk, localdate())) if risk else []
        return Response(_to_do(self, request, left))


class AnswerWorkRisk(CaseAPI):
    action = Action.WRITE_WORK_RISK

    @extend_schema(
        operation_id="answer_work_risk",
        request=RiskAnswersIn,
        responses={200: AnsweredOut, 409: AnsweredOut},
    )
    def post(self, request, crn):
        """Answer questions of one part. Answers 409 where somebody else has answered one of them meanwhile."""
        risk = _written(self.case)
        asked = RiskAnswersIn(data=request.data)
        asked.is_valid(raise_exception=True)
        outcome = services.answer_risk(
            risk=risk, by=request.user, today=localdate(), **asked.validated_data
        )
        risk.refresh_from_db()
        names = names_for(self.case, actions_on(self.case, request.user))
        said = {
            "written": sorted(outcome.write),
            "conflicts": sorted(outcome.conflicts),
            "stands": {code: _said(risk.answers.get(code), names) for code in outcome.conflicts},
            "seen": marks(risk.answers, asked.validated_data["given"]),
        }
        return Response(AnsweredOut(said).data, status=409 if outcome.conflicts else 200)


class SignWorkRisk(CaseAPI):
    action = Action.WRITE_WORK_RISK

    @extend_schema(operation_id="sign_work_risk", request=None, responses=WorkRiskOut)
    def post(self, request, crn):
        """Sign the one being written."""
        signed = services.sign_risk(risk=_written(self.case), by=request.user, now=now())
        return Response(_shown(self, request, find_risk(self.case, signed.pk)))


class DropWorkRisk(CaseAPI):
    action = Action.WRITE_WORK_RISK

    @extend_schema(operation_id="drop_work_risk", request=None, responses={204: None})
    def post(self, request, crn):
        """Give up the one being written."""
        services.drop_risk(risk=_written(self.case), by=request.user, today=localdate())
        return Response(status=204)


class AskWorkOverride(CaseAPI):
    action = Action.ASK_OVERRIDE

    @extend_schema(
        operation_id="ask_work_override", request=WorkOverrideIn, responses={201: OverrideOut}
    )
    def post(self, request, crn):
        """Ask to allocate this person although these gates are shut."""
        given = WorkOverrideIn(data=request.data)
        given.is_valid(raise_exception=True)
        asked = ask_work_override(
            case=self.case, by=request.user, today=localdate(), now=now(), **given.validated_data
        )
        return Response(_override(self, request, asked), status=201)


class DecideWorkOverride(CaseAPI):
    action = Action.DECIDE_OVERRIDE

    @extend_schema(
        operation_id="decide_work_override", request=OverrideDecisionIn, responses=OverrideOut
    )
    def post(self, request, crn, override):
        """Approve it until its day, or refuse it."""
        found = get_object_or_404(self.case.overrides.filter(act=Act.ALLOCATION), pk=override)
        given = OverrideDecisionIn(data=request.data)
        given.is_valid(raise_exception=True)
        decide_work_override(
            override=found, by=request.user, today=localdate(), now=now(), **given.validated_data
        )
        return Response(_override(self, request, find_override(self.case, found.pk)))


class CloseWorkOverride(CaseAPI):
    action = Action.DECIDE_OVERRIDE

    @extend_schema(
        operation_id="close_work_override", request=OverrideClosedIn, responses=OverrideOut
    )
    def post(self, request, crn, override):
        """Close it by hand, saying how. Work that stood on it alone is suspended at once."""
        found = get_object_or_404(self.case.overrides.filter(act=Act.ALLOCATION), pk=override)
        given = OverrideClosedIn(data=request.data)
        given.is_valid(raise_exception=True)
        close_work_override(
            override=found, by=request.user, today=localdate(), now=now(), **given.validated_data
        )
        return Response(_override(self, request, find_override(self.case, found.pk)))


def _written(case):
    risk = draft_of(case)
    if risk is None:
        raise RuleBroken(NONE_IS_WRITTEN)
    return risk


def _said(answer, names):
    if not answer:
        return None
    return {name: names.text(one) if isinstance(one, str) else one for name, one in answer.items()}


def _names(view, request):
    return names_for(view.case, actions_on(view.case, request.user))


def _to_do(view, request, found):
    names = _names(view, request)
    rows = ToDoOut(found, many=True).data
    return [row | {"sentence": names.text(row["sentence"])} for row in rows]


def _shown(view, request, risks, many=False):
    return WorkRiskOut(risks, many=many, context={"names": _names(view, request)}).data


def _override(view, request, override):
    return OverrideOut(override, context={"names": _names(view, request)}).data
