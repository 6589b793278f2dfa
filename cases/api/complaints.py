"""Complaints on a case. Whoever one is about finds none of it here, as on the pages."""

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from cases.api.base import CaseAPI, one_of
from cases.models import Complaint
from cases.queries.complaints import find_complaint, handlers_of, staff_to_choose
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.worst_days import ComplaintFrom, Upheld
from cases.services import complaints as services
from staff.permissions import Action

PEOPLE = ("about", "handler")
OUTCOMES = [pair for pair in Upheld.choices() if pair[0]]


class ComplaintOut(serializers.ModelSerializer):
    """Words that name somebody protected are without the name for those who may not see it. `outcome`: blank until answered."""

    who = serializers.SerializerMethodField()
    words = serializers.SerializerMethodField()
    wants = serializers.SerializerMethodField()
    answer = serializers.SerializerMethodField()
    learnt = serializers.SerializerMethodField()
    about = serializers.CharField(source="about.username", default=None, allow_null=True)
    handler = serializers.CharField(source="handler.username", default=None, allow_null=True)
    outcome = serializers.CharField()

    class Meta:
        model = Complaint
        fields = [
            "id", "made_by", "who", "about", "words", "wants", "received_on", "handler", "acknowledged_on",
            "outcome", "answer", "learnt", "answered_on", "version",
        ]  # fmt: skip

    def get_who(self, one) -> str:
        return self.context["names"].text(one.who)

    def get_words(self, one) -> str:
        return self.context["names"].text(one.words)

    def get_wants(self, one) -> str:
        return self.context["names"].text(one.wants)

    def get_answer(self, one) -> str:
        return self.context["names"].text(one.answer)

    def get_learnt(self, one) -> str:
        return self.context["names"].text(one.learnt)


class ComplaintIn(serializers.Serializer):
    """`about`: the user name of a member of staff; left out where it is about nobody in particular."""

    made_by = serializers.ChoiceField(ComplaintFrom.choices())
    who = serializers.CharField(max_length=200, default="", allow_blank=True)
    words = serializers.CharField(max_length=8000)
    wants = serializers.CharField(max_length=2000, default="", allow_blank=True)
    about = serializers.CharField(default=None, allow_null=True)
    received_on = serializers.DateField()


class TakenOut(serializers.Serializer):
    """What whoever takes one is told: they may not read it afterwards."""

    id = serializers.IntegerField(source="pk")
    received_on = serializers.DateField()


class TakeUpIn(serializers.Serializer):
    """`handler`, `about`: user names. `version`: of the complaint as it was read."""

    handler = serializers.CharField()
    about = serializers.CharField(default=None, allow_null=True)
    acknowledged_on = serializers.DateField(default=None, allow_null=True)
    version = serializers.IntegerField(min_value=0)


class ComplaintAnswerIn(serializers.Serializer):
    outcome = serializers.ChoiceField(OUTCOMES)
    answer = serializers.CharField(max_length=8000)
    learnt = serializers.CharField(max_length=8000, default="", allow_blank=True)
    version = serializers.IntegerField(min_value=0)


class Complaints(CaseAPI):
    action = Action.VIEW_COMPLAINTS
    actions = {"POST": Action.TAKE_COMPLAINT}

    @extend_schema(operation_id="list_complaints_of_case", responses=ComplaintOut(many=True))
    def get(self, request, crn):
        """Those that the reader may be told of, the latest first."""
        found = self.case.complaints.told_to(request.user).select_related(*PEOPLE)
        return Response(_shown(self.case, request.user, found.order_by("-received_on", "-pk"), many=True))  # fmt: skip

    @extend_schema(operation_id="take_complaint", request=ComplaintIn, responses={201: TakenOut})
    def post(self, request, crn):
        """Somebody is not content: kept in their words, and whoever answers is told."""
        given = ComplaintIn(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        offered = [*staff_to_choose(self.case, request.user), request.user]
        said["about"] = one_of(offered, "username", said["about"], "about")
        made = services.take_complaint(case=self.case, by=request.user, now=now(), **said)
        return Response(TakenOut(made).data, status=201)


class _Step(CaseAPI):
    action = Action.ANSWER_COMPLAINT

    def found(self, request, pk):
        found = find_complaint(self.case, request.user, pk)
        if found is None:
            raise NotFound
        return found


class TakeUpComplaint(_Step):
    @extend_schema(operation_id="take_up_complaint", request=TakeUpIn, responses=ComplaintOut)
    def post(self, request, crn, complaint):
        """Who answers it, whom it is about, and when it was acknowledged."""
        given = TakeUpIn(data=request.data)
        given.is_valid(raise_exception=True)
        said, found = given.validated_data, self.found(request, complaint)
        offered = [*staff_to_choose(self.case, request.user), *filter(None, [found.about])]
        said["about"] = one_of(offered, "username", said["about"], "about")
        handlers = handlers_of(self.case, said["about"])
        said["handler"] = one_of(handlers, "username", said["handler"], "handler")
        done = services.take_up_complaint(complaint=found, by=request.user, now=now(), **said)
        return Response(_shown(self.case, request.user, done))


class AnswerComplaint(_Step):
    @extend_schema(
        operation_id="answer_complaint", request=ComplaintAnswerIn, responses=ComplaintOut
    )
    def post(self, request, crn, complaint):
        """What it came to, what whoever made it is answered, and what was learnt."""
        given = ComplaintAnswerIn(data=request.data)
        given.is_valid(raise_exception=True)
        known = {"complaint": self.found(request, complaint), "by": request.user, "now": now()}
        done = services.answer_complaint(**known, **given.validated_data)
        return Response(_shown(self.case, request.user, done))


def _shown(case, user, found, many=False):
    names = names_for(case, actions_on(case, user))
    return ComplaintOut(found, many=many, context={"names": names}).data
