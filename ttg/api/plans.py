"""The resettlement plan over the API: begun, written, signed, given up."""

from typing import Any

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.assessments import AnsweredOut, ToDoOut
from cases.api.base import CaseAPI
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.rules.merging import marks
from ttg.models import ResettlementPlan
from ttg.queries.plans import (
    custody_of,
    draft_of,
    facts_of,
    plans_of,
    reads,
)
from ttg.reference.custody import Agreed, PlanKind, PlanState
from ttg.reference.questions import RESTRICTED
from ttg.reference.referrals import Pathway
from ttg.rules.plans import to_do
from ttg.services import plans as services

NONE_IS_WRITTEN = "No resettlement plan is being written on this case."
WORDS = ("words", "does")


class ResettlementPlanOut(serializers.ModelSerializer):
    """A plan as this reader may see it: protected names are taken out of its words. `kept`: what else is not shown."""

    kind = serializers.ChoiceField(choices=PlanKind.choices())
    state = serializers.ChoiceField(choices=PlanState.choices())
    agreed = serializers.ChoiceField(choices=Agreed.choices())
    answers = serializers.SerializerMethodField()
    kept = serializers.SerializerMethodField()
    seen = serializers.SerializerMethodField()
    strengths = serializers.SerializerMethodField()
    own_words = serializers.SerializerMethodField()
    agreed_because = serializers.SerializerMethodField()
    begun_by = serializers.CharField(source="begun_by.username")
    signed_by = serializers.CharField(source="signed_by.username", default=None, allow_null=True)

    class Meta:
        model = ResettlementPlan
        fields = [
            "id", "kind", "state", "answers", "kept", "seen", "strengths", "own_words", "agreed", "agreed_because",
            "begun_on", "begun_by", "signed_at", "signed_by",
        ]  # fmt: skip

    def get_answers(self, plan) -> dict[str, Any]:
        names, _ = self.context["reads"]
        return {code: _said(one, names) for code, one in self._shown(plan).items()}

    def get_kept(self, plan) -> list[str]:
        """Codes of what is kept to those who work on the case, whether or not it is answered."""
        return [] if self.context["reads"][1] else sorted(RESTRICTED)

    def get_seen(self, plan) -> dict[str, str]:
        """Marks of what stands, to send with an answer so that nothing is overwritten unseen."""
        shown = self._shown(plan)
        return marks(shown, shown) | marks(services.view_of(plan), services.view_of(plan))

    def get_strengths(self, plan) -> str:
        return self._read(plan.strengths)

    def get_own_words(self, plan) -> str:
        return self._read(plan.own_words)

    def get_agreed_because(self, plan) -> str:
        return self._read(plan.agreed_because)

    def _read(self, words):
        return self.context["reads"][0].text(words)

    def _shown(self, plan):
        _, all_of_it = self.context["reads"]
        return {code: one for code, one in plan.answers.items() if all_of_it or code not in RESTRICTED}  # fmt: skip


class PathwayAnswersIn(serializers.Serializer):
    """`given`: {code: {"said", "words", "does", "source", "on"}}, blank or null to take one away."""

    pathway = serializers.ChoiceField(choices=Pathway.choices())
    given = serializers.DictField(child=serializers.JSONField(allow_null=True), default=dict)
    seen = serializers.DictField(child=serializers.CharField(allow_null=True), default=dict)
    confirms = serializers.ListField(child=serializers.CharField(), default=list)
    takes = serializers.ListField(child=serializers.CharField(), default=list)


class TheirViewIn(serializers.Serializer):
    own_words = serializers.CharField(allow_blank=True, default="", max_length=2000)
    strengths = serializers.CharField(allow_blank=True, default="", max_length=2000)
    agreed = serializers.ChoiceField(choices=Agreed.choices())
    agreed_because = serializers.CharField(allow_blank=True, default="", max_length=500)
    seen = serializers.DictField(child=serializers.CharField(allow_null=True), default=dict)


class SignResettlementIn(serializers.Serializer):
    """`explained`: {key of a warning: a sentence}."""

    explained = serializers.DictField(child=serializers.CharField(), default=dict)


class ResettlementPlans(CaseAPI):
    action = Action.VIEW_RELEASE
    actions = {"POST": Action.WRITE_RESETTLEMENT}

    @extend_schema(operation_id="list_resettlement_plans", responses=ResettlementPlanOut(many=True))
    def get(self, request, crn):
        """The resettlement plans of the case, of every stay in prison, the latest first."""
        return Response(_shown(self, request, plans_of(self.case), many=True))

    @extend_schema(
        operation_id="begin_resettlement_plan", request=None, responses={201: ResettlementPlanOut}
    )
    def post(self, request, crn):
        """Begin one, from what the plan before says."""
        stay = custody_of(self.case)
        if stay is None:
            raise RuleBroken(services.NOT_IN_PRISON)
        begun = services.begin_plan(custody=stay, by=request.user, today=localdate())
        return Response(_shown(self, request, begun), status=201)


class ResettlementPlanToDo(CaseAPI):
    action = Action.VIEW_RELEASE

    @extend_schema(operation_id="list_resettlement_plan_to_do", responses=ToDoOut(many=True))
    def get(self, request, crn):
        """What stands between the one being written and its signature; nothing that tells of what is kept."""
        plan = draft_of(self.case)
        _, all_of_it = reads(self.case, request.user)
        left = to_do(facts_of(plan)) if plan else []
        return Response(ToDoOut([one for one in left if all_of_it or one.question not in RESTRICTED], many=True).data)  # fmt: skip


class WriteResettlementPlan(CaseAPI):
    action = Action.WRITE_RESETTLEMENT

    @extend_schema(
        operation_id="write_resettlement_plan",
        request=PathwayAnswersIn,
        responses={200: AnsweredOut, 409: AnsweredOut},
    )
    def post(self, request, crn):
        """Answer questions of one pathway. Answers 409 where somebody else has answered one of them meanwhile."""
        plan, (names, _) = _written(self.case), reads(self.case, request.user)
        asked = PathwayAnswersIn(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        said["given"] = {
            code: _put_back(one, plan.answers.get(code, {}), names)
            for code, one in said["given"].items()
        }
        outcome = services.write_answers(plan=plan, by=request.user, today=localdate(), **said)
        plan.refresh_from_db()
        return _answered(
            outcome, {code: _said(plan.answers.get(code), names) for code in outcome.conflicts}, plan.answers, said["given"]
        )  # fmt: skip


class WriteTheirView(CaseAPI):
    action = Action.WRITE_RESETTLEMENT

    @extend_schema(
        operation_id="write_their_view",
        request=TheirViewIn,
        responses={200: AnsweredOut, 409: AnsweredOut},
    )
    def post(self, request, crn):
        """Their strengths, what they want in their own words, and whether they agree."""
        plan, (names, _) = _written(self.case), reads(self.case, request.user)
        asked = TheirViewIn(data=request.data)
        asked.is_valid(raise_exception=True)
        said, stands = asked.validated_data, services.view_of(plan)
        for name in ("own_words", "strengths", "agreed_because"):
            said[name] = names.put_back(said[name], stands[name])
        outcome = services.write_person_view(plan=plan, by=request.user, **said)
        plan.refresh_from_db()
        stands = services.view_of(plan)
        shown = {name: names.text(stands[name]) for name in outcome.conflicts}
        return _answered(outcome, shown, stands, stands)


class SignResettlementPlan(CaseAPI):
    action = Action.WRITE_RESETTLEMENT

    @extend_schema(
        operation_id="sign_resettlement_plan",
        request=SignResettlementIn,
        responses=ResettlementPlanOut,
    )
    def post(self, request, crn):
        """Sign the one being written, with a sentence for each warning."""
        given = SignResettlementIn(data=request.data)
        given.is_valid(raise_exception=True)
        signed = services.sign_plan(
            plan=_written(self.case), read="", by=request.user, now=now(), **given.validated_data
        )
        return Response(_shown(self, request, signed))


class GiveUpResettlementPlan(CaseAPI):
    action = Action.WRITE_RESETTLEMENT

    @extend_schema(operation_id="give_up_resettlement_plan", request=None, responses={204: None})
    def post(self, request, crn):
        """Give up the one being written. What was answered in it is kept in its history alone."""
        services.give_up_plan(plan=_written(self.case), by=request.user, today=localdate())
        return Response(status=204)


def _written(case):
    plan = draft_of(case)
    if plan is None:
        raise RuleBroken(NONE_IS_WRITTEN)
    return plan


def _said(answer, names):
    if not answer:
        return None
    return {name: names.text(one) if name in WORDS else one for name, one in answer.items()}


def _put_back(answer, stands, names):
    """What this reader wrote over words of which they read no protected names."""
    if not isinstance(answer, dict):
        return answer
    back = {name: names.put_back(str(answer[name] or ""), stands.get(name, "")) for name in WORDS if name in answer}  # fmt: skip
    return answer | back


def _answered(outcome, stands, answers, given):
    said = {
        "written": sorted(outcome.write),
        "conflicts": sorted(outcome.conflicts),
        "stands": stands,
        "seen": marks(answers, given),
    }
    return Response(AnsweredOut(said).data, status=409 if outcome.conflicts else 200)


def _shown(view, request, plans, many=False):
    return ResettlementPlanOut(plans, many=many, context={"reads": reads(view.case, request.user)}).data  # fmt: skip
