"""The induction: what is asked, what was answered, signing it with proof, and the proof."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import Induction
from cases.queries.induction import NONE_BEGUN, draft_of, induction_facts, rules_of
from cases.queries.kept import kept_of
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.arriving import Proof
from cases.reference.induction_questions import InductionPart, Said
from cases.rules.induction import LONGEST, LONGEST_PROOF, proven, questions_of, to_do
from cases.services import induction as services
from staff.errors import RuleBroken
from staff.permissions import Action


class InductionAnswer(serializers.Serializer):
    said = serializers.ChoiceField(Said.choices())
    words = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST)


class InductionQuestionOut(serializers.Serializer):
    code = serializers.CharField()
    part = serializers.ChoiceField(InductionPart.choices())
    asks = serializers.SerializerMethodField()
    answers = serializers.SerializerMethodField()

    def get_asks(self, one) -> str:
        return self.context["names"].text(one.asks)

    def get_answers(self, one) -> list[str]:
        return [said for said, _ in one.answers]


class CaseInductionOut(serializers.ModelSerializer):
    """`version` changes with each answer; `to_do`: what stands before it is signed; `questions`: while it is written."""

    answers = serializers.SerializerMethodField()
    questions = serializers.SerializerMethodField()
    to_do = serializers.SerializerMethodField()
    proof_words = serializers.SerializerMethodField()
    signed_by = serializers.CharField(source="signed_by.username", default=None, allow_null=True)

    class Meta:
        model = Induction
        fields = [
            "id", "sentence", "version", "answers", "questions", "to_do", "held_on", "proof",
            "proof_words", "signed_at", "signed_by",
        ]  # fmt: skip

    def get_answers(self, one) -> dict[str, dict[str, str]]:
        text = self.context["names"].text
        return {
            code: {name: text(words) for name, words in answer.items()}
            for code, answer in one.answers.items()
        }

    @extend_schema_field(InductionQuestionOut(many=True))
    def get_questions(self, one):
        if one.signed_at:
            return []
        asked = questions_of(rules_of(one.sentence, localdate()))
        return InductionQuestionOut(asked, many=True, context=self.context).data

    def get_to_do(self, one) -> list[str]:
        if one.signed_at:
            return []
        text = self.context["names"].text
        return [text(found.sentence) for found in to_do(induction_facts(one, localdate()))]

    def get_proof_words(self, one) -> str:
        return self.context["names"].text(one.proof_words)


class InductionAnswersIn(serializers.Serializer):
    """Answers by the codes of the questions; null for none. `seen`: marks of what stood when it was read."""

    given = serializers.DictField(child=InductionAnswer(allow_null=True))
    seen = serializers.DictField(child=serializers.CharField(), required=False)


class InductionAnswered(serializers.Serializer):
    """`conflicts`: what somebody else has answered otherwise meanwhile, which is not written."""

    written = serializers.ListField(child=serializers.CharField())
    conflicts = serializers.ListField(child=serializers.CharField())


class SignInductionIn(serializers.Serializer):
    """`version`: of what was read."""

    held_on = serializers.DateField()
    proof = serializers.ChoiceField(Proof.choices())
    proof_words = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_PROOF)
    version = serializers.IntegerField(min_value=0)


class ExplainedOut(serializers.Serializer):
    what = serializers.CharField()
    how = serializers.CharField()


class ProofOut(serializers.Serializer):
    """What may be handed over and shown at court. `left_out`: rules whose words give somebody away."""

    held_on = serializers.DateField()
    proof = serializers.ChoiceField(Proof.choices())
    explained = ExplainedOut(many=True)
    left_out = serializers.IntegerField()


class Inductions(CaseAPI):
    action = Action.VIEW_REVIEW
    actions = {"POST": Action.HOLD_INDUCTION}

    @extend_schema(operation_id="list_inductions", responses=CaseInductionOut(many=True))
    def get(self, request, crn):
        """What is being written, and what was signed."""
        found = self.case.inductions.select_related("sentence", "signed_by").order_by("-pk")
        return Response(_shown(self, request, found, many=True))

    @extend_schema(operation_id="begin_induction", request=None, responses={201: CaseInductionOut})
    def post(self, request, crn):
        """Begin one for the current sentence."""
        made = services.begin_induction(case=self.case, by=request.user, now=now())
        return Response(_shown(self, request, made), status=201)


class AnswerInduction(CaseAPI):
    action = Action.HOLD_INDUCTION

    @extend_schema(
        operation_id="answer_induction",
        request=InductionAnswersIn,
        responses={200: InductionAnswered, 409: InductionAnswered},
    )
    def post(self, request, crn):
        """Answer any of its questions. Answers 409 where somebody else has answered one of them meanwhile."""
        given = InductionAnswersIn(data=request.data)
        given.is_valid(raise_exception=True)
        outcome = services.answer_induction(
            induction=_written(self.case),
            by=request.user,
            today=localdate(),
            **given.validated_data,
        )
        body = {"written": sorted(outcome.write), "conflicts": sorted(outcome.conflicts)}
        return Response(InductionAnswered(body).data, status=409 if outcome.conflicts else 200)


class SignInduction(CaseAPI):
    action = Action.HOLD_INDUCTION

    @extend_schema(
        operation_id="sign_induction", request=SignInductionIn, responses=CaseInductionOut
    )
    def post(self, request, crn):
        """Sign the one being written. Nothing of it changes afterwards."""
        given = SignInductionIn(data=request.data)
        given.is_valid(raise_exception=True)
        done = services.sign_induction(
            induction=_written(self.case), by=request.user, now=now(), **given.validated_data
        )
        return Response(_shown(self, request, done))


class InductionProof(CaseAPI):
    action = Action.VIEW_PLAN

    @extend_schema(operation_id="read_induction_proof", responses=ProofOut)
    def get(self, request, crn, induction):
        """What was explained and given, and nothing that they told us."""
        signed = self.case.inductions.filter(signed_at__isnull=False)
        found = get_object_or_404(signed, pk=induction)
        shown = proven(found.answers, kept_of(self.case))
        body = {
            "held_on": found.held_on,
            "proof": found.proof,
            "explained": [{"what": what, "how": how} for what, how in shown.lines],
            "left_out": len(shown.left_out),
        }
        return Response(ProofOut(body).data)


def _written(case):
    found = draft_of(case)
    if found is None:
        raise RuleBroken(NONE_BEGUN)
    return found


def _shown(view, request, found, *, many=False):
    names = names_for(view.case, actions_on(view.case, request.user))
    return CaseInductionOut(found, many=many, context={"names": names}).data
