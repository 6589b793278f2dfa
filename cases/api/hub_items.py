"""One item of the hub's queue: claiming it, keeping it, putting it back, asking, returning, giving; and the answer."""

from datetime import date, datetime

from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from cases.api.base import CaseAPI, one_of
from cases.models import Deadline, HubQuestion
from cases.queries.due import title_of
from cases.queries.enforcement.hub_item import find_item, find_question, may_be_given
from cases.queries.enforcement.hub_list import works_on
from cases.queries.names import names_for, names_for_each
from cases.queries.reach import actions_on, actions_on_each
from cases.services.enforcement import hub_questions, queue
from staff.permissions import Action


class QuestionOut(serializers.ModelSerializer):
    """Words that name somebody protected are without the name for those who may not see it. `item`: of the queue."""

    item = serializers.IntegerField(source="deadline_id")
    asks = serializers.SerializerMethodField()
    answer = serializers.SerializerMethodField()
    asked_by = serializers.CharField(source="asked_by.username")
    answered_by = serializers.CharField(
        source="answered_by.username", default=None, allow_null=True
    )

    class Meta:
        model = HubQuestion
        fields = [
            "id", "item", "asks", "returned", "asked_at", "asked_by", "until", "senior_told_at", "answer",
            "answered_at", "answered_by", "taken_back_at",
        ]  # fmt: skip

    def get_asks(self, one) -> str:
        return self.context["names"][one.deadline.case_id].text(one.asks)

    def get_answer(self, one) -> str:
        return self.context["names"][one.deadline.case_id].text(one.answer)


class HubItemOut(serializers.ModelSerializer):
    """`worked_on_by`: a user name; null where nobody works on it. `question`: what it waits for; null where for nothing.
    `title`: as its page is headed, of a letter which. `can_be_done_from`: of a day in court that has not come; `asked_again_on`: of an answer that the NPS was asked
    for and has not given; else null."""

    title = serializers.SerializerMethodField()
    crn = serializers.CharField(source="case.crn")
    kind = serializers.CharField()
    why = serializers.SerializerMethodField()
    worked_on_by = serializers.SerializerMethodField()
    worked_on_since = serializers.SerializerMethodField()
    question = serializers.SerializerMethodField()
    can_be_done_from = serializers.SerializerMethodField()
    asked_again_on = serializers.SerializerMethodField()

    class Meta:
        model = Deadline
        fields = [
            "id", "crn", "kind", "title", "why", "triggered_on", "due_on", "met_on", "void", "worked_on_by",
            "worked_on_since", "question", "can_be_done_from", "asked_again_on",
        ]  # fmt: skip

    def get_title(self, one) -> str:
        return title_of(one)

    def get_why(self, one) -> str:
        return self.context["names"][one.case_id].text(one.why)

    def get_worked_on_by(self, one) -> str | None:
        claim = self.context["works"][one.pk].claim
        return claim.by.username if claim else None

    def get_worked_on_since(self, one) -> str | None:
        claim = self.context["works"][one.pk].claim
        return serializers.DateTimeField().to_representation(claim.at) if claim else None

    def get_can_be_done_from(self, one) -> datetime | None:
        return self.context["works"][one.pk].from_at

    def get_asked_again_on(self, one) -> date | None:
        return self.context["works"][one.pk].again_on

    @extend_schema(responses=QuestionOut(allow_null=True))
    def get_question(self, one) -> dict | None:
        question = self.context["works"][one.pk].question
        if question is None:
            return None
        question.deadline = one
        return QuestionOut(question, context=self.context).data


class AskIn(serializers.Serializer):
    asks = serializers.CharField(max_length=500)
    until = serializers.DateTimeField()


class HubReturnIn(serializers.Serializer):
    words = serializers.CharField(max_length=500)


class GiveIn(serializers.Serializer):
    """`to`: the user name of somebody of the hub."""

    to = serializers.CharField()


class AnswerHubIn(serializers.Serializer):
    answer = serializers.CharField(max_length=1000)


def items_shown(items, user):
    """In a fixed number of statements."""
    cases = {one.case_id: one.case for one in items}.values()
    may = actions_on_each(cases, user)
    context = {"works": works_on(items, now()), "names": names_for_each(cases, may)}
    return HubItemOut(items, many=True, context=context).data


class _Item(CaseAPI):
    action = Action.WORK_QUEUE

    def found(self, pk):
        found = find_item(self.case, pk)
        if found is None:
            raise NotFound
        return found

    def said(self, serializer, request):
        given = serializer(data=request.data)
        given.is_valid(raise_exception=True)
        return given.validated_data

    def shown(self, pk, **answer):
        return Response(items_shown([self.found(pk)], self.request.user)[0], **answer)


class HubItem(_Item):
    action = Action.VIEW_QUEUE

    @extend_schema(operation_id="read_hub_item", responses=HubItemOut)
    def get(self, request, crn, queue_item):
        """Who works on it and what it waits for, also of one that is done."""
        return self.shown(queue_item)


class ClaimItem(_Item):
    @extend_schema(operation_id="claim_hub_item", request=None, responses=HubItemOut)
    def post(self, request, crn, queue_item):
        """It is the claimer's, and nobody else can take it while it is worked on. Asked twice, it is claimed once."""
        queue.claim(deadline=self.found(queue_item), by=request.user, now=now())
        return self.shown(queue_item)


class KeepItem(_Item):
    @extend_schema(operation_id="keep_hub_item", request=None, responses=HubItemOut)
    def post(self, request, crn, queue_item):
        """It is still worked on, and so is the rest of what they took: none of it is put back as idle."""
        queue.keep_working(deadline=self.found(queue_item), by=request.user, now=now())
        return self.shown(queue_item)


class LetGoItem(_Item):
    @extend_schema(operation_id="let_go_hub_item", request=None, responses=HubItemOut)
    def post(self, request, crn, queue_item):
        """Back into the queue, for anybody to take."""
        queue.let_go(deadline=self.found(queue_item), by=request.user, now=now())
        return self.shown(queue_item)


class AskOfficer(_Item):
    @extend_schema(operation_id="ask_officer", request=AskIn, responses=HubItemOut)
    def post(self, request, crn, queue_item):
        """Whoever holds the case is asked until this moment; then the senior hears. The item waits meanwhile."""
        known = {"deadline": self.found(queue_item), "by": request.user, "now": now()}
        hub_questions.ask_officer(**known, **self.said(AskIn, request))
        return self.shown(queue_item)


class ReturnItem(_Item):
    @extend_schema(operation_id="return_hub_item", request=HubReturnIn, responses=HubItemOut)
    def post(self, request, crn, queue_item):
        """Back to the officer with what has to be put right. It comes back once they say that it is."""
        known = {"deadline": self.found(queue_item), "by": request.user, "now": now()}
        hub_questions.return_to_officer(**known, **self.said(HubReturnIn, request))
        return self.shown(queue_item)


class GiveItem(_Item):
    @extend_schema(operation_id="give_hub_item", request=GiveIn, responses=HubItemOut)
    def post(self, request, crn, queue_item):
        """Somebody else of the hub works on it from now on."""
        found = self.found(queue_item)
        to = one_of(may_be_given(found), "username", self.said(GiveIn, request)["to"], "to")
        queue.give_to(deadline=found, to=to, by=request.user, now=now())
        return self.shown(queue_item)


class HubAsked(CaseAPI):
    action = Action.ANSWER_FAILURE

    @extend_schema(operation_id="list_hub_questions", responses=QuestionOut(many=True))
    def get(self, request, crn):
        """What the hub asked of this case, the latest first."""
        rows = HubQuestion.objects.filter(deadline__case=self.case)
        people = rows.select_related("deadline", "asked_by", "answered_by")
        return Response(_questions(self.case, request.user, people.order_by("-asked_at", "-pk")))


class _Question(CaseAPI):
    def found(self, pk):
        found = find_question(self.case, pk)
        if found is None:
            raise NotFound
        return found


class AnswerHub(_Question):
    action = Action.ANSWER_FAILURE

    @extend_schema(operation_id="answer_hub", request=AnswerHubIn, responses=QuestionOut)
    def post(self, request, crn, hub_question):
        """The item is in the queue again, and who asked is told."""
        found, given = self.found(hub_question), AnswerHubIn(data=request.data)
        given.is_valid(raise_exception=True)
        hub_questions.answer_hub(question=found, by=request.user, now=now(), **given.validated_data)
        return Response(_questions(self.case, request.user, [self.found(hub_question)])[0])


class TakeBackQuestion(_Question):
    action = Action.WORK_QUEUE

    @extend_schema(operation_id="take_back_question", request=None, responses=QuestionOut)
    def post(self, request, crn, hub_question):
        """The hub needs no answer any more. The item is in the queue again."""
        hub_questions.take_back_question(
            question=self.found(hub_question), by=request.user, now=now()
        )
        return Response(_questions(self.case, request.user, [self.found(hub_question)])[0])


def _questions(case, user, found):
    names = {case.pk: names_for(case, actions_on(case, user))}
    return QuestionOut(found, many=True, context={"names": names}).data
