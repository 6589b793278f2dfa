"""Assessments: read, begin, answer, sign, countersign and give back; and who could be hurt."""

from typing import Any

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import Assessment, PotentialVictim
from cases.queries.assessment_pages import desk, find_assessment
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.checks import SubjectKind
from cases.reference.harm import AnalysisPart, AssessmentState, HarmGroup
from cases.rules.answering import applies
from cases.services import answering, assessments, signing, victims
from cases.services.policy import assessing_policy
from staff.permissions import Action
from staff.rules.merging import marks


class AssessmentOut(serializers.ModelSerializer):
    """An assessment as this reader may see it: protected names are taken out of its words."""

    state = serializers.ChoiceField(choices=AssessmentState.choices())
    answers = serializers.SerializerMethodField()
    seen = serializers.SerializerMethodField()
    begun_by = serializers.CharField(source="begun_by.username")
    signed_by = serializers.CharField(source="signed_by.username", default=None, allow_null=True)

    class Meta:
        model = Assessment
        fields = [
            "id", "state", "follows", "answers", "carried", "seen", "begun_on", "begun_by", "harm",
            "signed_at", "signed_by", "countersign_because", "countersigned_at", "completed_on",
        ]  # fmt: skip

    def get_answers(self, assessment) -> dict[str, Any]:
        text = self.context["names"].text
        said = {
            code: value
            for code, value in assessment.answers.items()
            if applies(code, assessment.answers)
        }
        return {code: text(one) if isinstance(one, str) else one for code, one in said.items()}

    def get_seen(self, assessment) -> dict[str, str]:
        """Marks of what stands, to send with an answer so that nothing is overwritten unseen."""
        return marks(assessment.answers, assessment.answers)


class ToDoOut(serializers.Serializer):
    key = serializers.CharField()
    weight = serializers.CharField()
    sentence = serializers.CharField()
    question = serializers.CharField()
    enquiry = serializers.IntegerField(source="check", allow_null=True)
    may_override = serializers.BooleanField()


class AnswersIn(serializers.Serializer):
    part = serializers.ChoiceField(choices=AnalysisPart.choices())
    given = serializers.DictField(child=serializers.JSONField(allow_null=True))
    seen = serializers.DictField(child=serializers.CharField(), default=dict)
    confirms = serializers.ListField(child=serializers.CharField(), default=list)
    covers = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), required=False
    )


class AnsweredOut(serializers.Serializer):
    """What was written; `conflicts` were changed by somebody else meanwhile, and are not."""

    written = serializers.ListField(child=serializers.CharField())
    conflicts = serializers.ListField(child=serializers.CharField())
    stands = serializers.DictField(child=serializers.JSONField(allow_null=True))
    seen = serializers.DictField(child=serializers.CharField())


class SignIn(serializers.Serializer):
    explained = serializers.DictField(child=serializers.CharField(), default=dict)


class ReturnIn(serializers.Serializer):
    question = serializers.CharField(max_length=100)
    note = serializers.CharField(max_length=1000)


class Assessments(CaseAPI):
    action = Action.VIEW_ASSESSMENT
    actions = {"POST": Action.WRITE_ASSESSMENT}

    @extend_schema(operation_id="list_assessments", responses=AssessmentOut(many=True))
    def get(self, request, crn):
        """The assessments of the case, the latest first."""
        found = self.case.assessments.select_related("begun_by", "signed_by").order_by("-pk")
        return Response(_shown(found, self.case, request.user, many=True))

    @extend_schema(operation_id="begin_assessment", request=None, responses={201: AssessmentOut})
    def post(self, request, crn):
        """Begin one, from what the one in force says."""
        begun = assessments.begin_assessment(
            case=self.case, by=request.user, today=localdate(), now=now()
        )
        return Response(_shown(begun, self.case, request.user), status=201)


class AssessmentToDo(CaseAPI):
    action = Action.VIEW_ASSESSMENT

    @extend_schema(operation_id="list_assessment_to_do", responses=ToDoOut(many=True))
    def get(self, request, crn, assessment):
        """What stands between the assessment and its signature."""
        today, names = localdate(), names_for(self.case, actions_on(self.case, request.user))
        found = _one(self.case, assessment)
        listed = desk(found, names, assessing_policy(today), today).found
        rows = ToDoOut(listed, many=True).data
        return Response([row | {"sentence": names.text(row["sentence"])} for row in rows])


class AnswerAssessment(CaseAPI):
    action = Action.WRITE_ASSESSMENT

    @extend_schema(
        operation_id="answer_assessment",
        request=AnswersIn,
        responses={200: AnsweredOut, 409: AnsweredOut},
    )
    def post(self, request, crn, assessment):
        """Answer questions of one part. Answers 409 where somebody else has changed one of them meanwhile."""
        found = _one(self.case, assessment)
        asked = AnswersIn(data=request.data)
        asked.is_valid(raise_exception=True)
        outcome = answering.answer_part(
            assessment=found, by=request.user, today=localdate(), now=now(), **asked.validated_data
        )
        found.refresh_from_db()
        names = names_for(self.case, actions_on(self.case, request.user))
        stands = {code: found.answers.get(code) for code in outcome.conflicts}
        said = {
            "written": sorted(outcome.write),
            "conflicts": sorted(outcome.conflicts),
            "stands": {
                code: names.text(one) if isinstance(one, str) else one
                for code, one in stands.items()
            },
            "seen": marks(found.answers, asked.validated_data["given"]),
        }
        return Response(AnsweredOut(said).data, status=409 if outcome.conflicts else 200)


class SignAssessment(CaseAPI):
    action = Action.WRITE_ASSESSMENT

    @extend_schema(operation_id="sign_assessment", request=SignIn, responses=AssessmentOut)
    def post(self, request, crn, assessment):
        """Sign it, with a sentence for each warning."""
        given = SignIn(data=request.data)
        given.is_valid(raise_exception=True)
        return _moved(self, request, assessment, signing.sign_assessment, **given.validated_data)


class CountersignAssessment(CaseAPI):
    action = Action.COUNTERSIGN

    @extend_schema(operation_id="countersign_assessment", request=None, responses=AssessmentOut)
    def post(self, request, crn, assessment):
        """Sign as the senior."""
        return _moved(self, request, assessment, signing.countersign_assessment)


class ReturnAssessment(CaseAPI):
    action = Action.COUNTERSIGN

    @extend_schema(operation_id="return_assessment", request=ReturnIn, responses=AssessmentOut)
    def post(self, request, crn, assessment):
        """Give it back: which question, and what is missing."""
        given = ReturnIn(data=request.data)
        given.is_valid(raise_exception=True)
        return _moved(self, request, assessment, signing.return_assessment, **given.validated_data)


class VictimOut(serializers.ModelSerializer):
    """Somebody who could be hurt. A protected name is left out: the page shows it to those allowed."""

    name = serializers.SerializerMethodField()
    how = serializers.SerializerMethodField()
    group = serializers.ChoiceField(choices=HarmGroup.choices())

    class Meta:
        model = PotentialVictim
        fields = ["id", "name", "group", "how", "since_on", "ended_on"]

    def get_name(self, victim) -> str:
        return self.context["names"].of(victim.person)

    def get_how(self, victim) -> str:
        return self.context["names"].text(victim.how)


class VictimIn(serializers.Serializer):
    group = serializers.ChoiceField(choices=HarmGroup.choices())
    how = serializers.CharField(max_length=500)
    person = serializers.IntegerField(required=False)
    name = serializers.CharField(max_length=200, default="", allow_blank=True)
    kind = serializers.ChoiceField(choices=SubjectKind.choices(), default="", allow_blank=True)
    relationship = serializers.CharField(max_length=100, default="", allow_blank=True)
    born_on = serializers.DateField(required=False)


class PotentialVictims(CaseAPI):
    action = Action.VIEW_ASSESSMENT
    actions = {"POST": Action.WRITE_ASSESSMENT}

    @extend_schema(operation_id="list_potential_victims", responses=VictimOut(many=True))
    def get(self, request, crn):
        """Those who could be hurt now. Protected names are left out."""
        found = self.case.potential_victims.current().select_related("person").order_by("pk")
        return Response(self._shown(found, many=True))

    @extend_schema(
        operation_id="add_potential_victim", request=VictimIn, responses={201: VictimOut}
    )
    def post(self, request, crn):
        """Name somebody around the case, or somebody new."""
        given = VictimIn(data=request.data)
        given.is_valid(raise_exception=True)
        named = victims.add_victim(
            case=self.case, by=request.user, today=localdate(), **given.validated_data
        )
        return Response(self._shown(named), status=201)

    def _shown(self, found, many=False):
        names = names_for(self.case, frozenset())
        return VictimOut(found, many=many, context={"names": names}).data


def _moved(endpoint, request, pk, service, **given):
    case = endpoint.case
    service(assessment=_one(case, pk), by=request.user, today=localdate(), now=now(), **given)
    return Response(_shown(_one(case, pk), case, request.user))


def _one(case, pk):
    get_object_or_404(case.assessments, pk=pk)
    return find_assessment(case, pk)


def _shown(found, case, user, many=False):
    names = names_for(case, actions_on(case, user))
    return AssessmentOut(found, many=many, context={"names": names}).data
