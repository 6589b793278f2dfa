"""Recalls of one case, step by step, and the next contact agreed while one runs."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import Recall
from cases.queries.enforcement.recalls import find_recall, recalls_of
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.enforcement import RecallState
from cases.reference.recall import RecalledWhere
from cases.rules.enforcement.recalls import (
    LONGEST,
    LONGEST_OUTSIDE,
    LONGEST_WORDS,
    request_by,
)
from cases.services.enforcement import recalls as services
from cases.services.enforcement.winning_back import agree_next_contact
from staff.permissions import Action
from staff.rules.merging import marks

State = RecallState
ANSWERS = [(one.value, one.title) for one in (
    State.ENDORSED, State.NPS_REJECTED, State.WITH_PPCS, State.DECISION, State.PPCS_REJECTED,
)]  # fmt: skip


class RecallOut(serializers.ModelSerializer):
    """Words that name somebody protected are without the name for those who may not see it. `days`: of a fixed term."""

    request_by = serializers.SerializerMethodField()
    answers = serializers.SerializerMethodField()
    ended_because = serializers.SerializerMethodField()

    class Meta:
        model = Recall
        fields = [
            "id", "state", "begun_at", "request_by", "emergency", "out_of_hours", "answers", "countersigned_at",
            "requested_at", "days", "decided_on", "ended_because",
        ]  # fmt: skip

    def get_request_by(self, one) -> str:
        return request_by(one.begun_at).isoformat()

    def get_answers(self, one) -> dict[str, str]:
        return {code: self.context["names"].text(words) for code, words in one.answers.items()}

    def get_ended_because(self, one) -> str:
        return self.context["names"].text(one.ended_because)


class PartAIn(serializers.Serializer):
    """`answers`: words by code of a question or of what else could be done. `seen`: what stood when it was read, by code."""

    answers = serializers.DictField(
        child=serializers.CharField(max_length=LONGEST, allow_blank=True)
    )
    seen = serializers.DictField(
        child=serializers.CharField(max_length=LONGEST, allow_blank=True), default=dict
    )


class PartAOut(serializers.Serializer):
    """`conflicts`: codes that somebody else changed meanwhile, which are not written."""

    written = serializers.ListField(child=serializers.CharField())
    conflicts = serializers.ListField(child=serializers.CharField())


class PartASignIn(serializers.Serializer):
    emergency = serializers.BooleanField(default=False)
    out_of_hours = serializers.BooleanField(default=False)


class PartARestIn(serializers.Serializer):
    answers = serializers.DictField(child=serializers.CharField(max_length=LONGEST))


class RecallCountersignIn(serializers.Serializer):
    goes = serializers.BooleanField()
    words = serializers.CharField(max_length=LONGEST_WORDS)


class RecallSendIn(serializers.Serializer):
    whom = serializers.CharField(max_length=LONGEST_OUTSIDE)


class RecalledWhereIn(serializers.Serializer):
    """Where they are: in prison (`where`), or not found yet."""

    kind = serializers.ChoiceField(RecalledWhere.choices())
    from_on = serializers.DateField()
    where = serializers.CharField(max_length=200, default="", allow_blank=True)


class RecallAnswerIn(serializers.Serializer):
    """`decided_on`, `days` and `found` of a recall alone; `days` of a fixed term, none where it is standard."""

    to = serializers.ChoiceField(ANSWERS)
    outside = serializers.CharField(max_length=LONGEST_OUTSIDE)
    words = serializers.CharField(max_length=LONGEST_WORDS, default="", allow_blank=True)
    decided_on = serializers.DateField(default=None, allow_null=True)
    days = serializers.ChoiceField(
        [(14, "14 days"), (28, "28 days")], default=None, allow_null=True
    )
    found = RecalledWhereIn(default=None, allow_null=True)


class RecallWithdrawIn(serializers.Serializer):
    """`outside`: who at the NPS was told, where it has gone there."""

    because = serializers.CharField(max_length=LONGEST_WORDS)
    outside = serializers.CharField(max_length=LONGEST_OUTSIDE, default="", allow_blank=True)


class NextContactIn(serializers.Serializer):
    """`next_contact`: the key of an appointment of theirs to come; or `cannot_be_seen`: why not, and what is done instead."""

    next_contact = serializers.IntegerField(default=None, allow_null=True)
    cannot_be_seen = serializers.CharField(max_length=300, default="", allow_blank=True)
    what_kept_them = serializers.CharField(max_length=4000, default="", allow_blank=True)
    what_we_do = serializers.CharField(max_length=4000)


class NextContactOut(serializers.Serializer):
    plans = serializers.ListField(child=serializers.IntegerField())


class Recalls(CaseAPI):
    action = Action.VIEW_ENFORCEMENT

    @extend_schema(operation_id="list_recalls_of_case", responses=RecallOut(many=True))
    def get(self, request, crn):
        """Every recall of the case, the latest first."""
        return Response(_shown(self.case, request.user, recalls_of(self.case), many=True))


class OneRecall(CaseAPI):
    action = Action.VIEW_ENFORCEMENT

    @extend_schema(operation_id="read_recall", responses=RecallOut)
    def get(self, request, crn, recall):
        """One recall of the case, with the answers of its Part A."""
        return Response(_shown(self.case, request.user, _found(self.case, recall)))


class _Step(CaseAPI):
    """A step of one recall. `takes`: what is asked for; `service`: the call that takes it."""

    takes: type[serializers.Serializer]

    def take(self, request, recall, service, **given):
        found = _found(self.case, recall)
        done = service(recall=found, by=request.user, now=now(), **given)
        return Response(_shown(self.case, request.user, done))

    def said(self, request, takes):
        given = takes(data=request.data)
        given.is_valid(raise_exception=True)
        return given.validated_data


class WritePartA(_Step):
    action = Action.ASK_RECALL

    @extend_schema(operation_id="write_part_a", request=PartAIn, responses=PartAOut)
    def post(self, request, crn, recall):
        """Put what was written in place; what somebody else changed meanwhile is not written over."""
        said, found = self.said(request, PartAIn), _found(self.case, recall)
        names = names_for(self.case, actions_on(self.case, request.user))
        stands = found.answers
        given = {
            code: names.put_back(words, stands.get(code, ""))
            for code, words in said["answers"].items()
        }
        seen = {
            code: names.put_back(words, stands.get(code, "")) or None
            for code, words in said["seen"].items()
        }
        outcome = services.write_part_a(
            recall=found, given=given, seen=marks(seen, given), by=request.user, today=localdate()
        )
        return Response({"written": sorted(outcome.write), "conflicts": sorted(outcome.conflicts)})


class SignPartA(_Step):
    action = Action.ASK_RECALL

    @extend_schema(operation_id="sign_part_a", request=PartASignIn, responses=RecallOut)
    def post(self, request, crn, recall):
        """Sign it as it stands. In an emergency what has happened, the risk and why it cannot be managed are enough."""
        return self.take(request, recall, services.sign_part_a, **self.said(request, PartASignIn))


class FinishPartA(_Step):
    action = Action.ASK_RECALL

    @extend_schema(operation_id="finish_part_a", request=PartARestIn, responses=RecallOut)
    def post(self, request, crn, recall):
        """What was left blank when it went in an emergency."""
        said = self.said(request, PartARestIn)
        return self.take(request, recall, services.finish_part_a, given=said["answers"])


class CountersignRecall(_Step):
    action = Action.COUNTERSIGN_RECALL

    @extend_schema(
        operation_id="countersign_recall", request=RecallCountersignIn, responses=RecallOut
    )
    def post(self, request, crn, recall):
        """Let it go, or send it back saying what to put right. Refused to whoever asked for it or signed it."""
        said = self.said(request, RecallCountersignIn)
        return self.take(request, recall, services.countersign_recall, **said)


class SendRecall(_Step):
    action = Action.SUBMIT_BREACH

    @extend_schema(operation_id="send_recall", request=RecallSendIn, responses=RecallOut)
    def post(self, request, crn, recall):
        """It has gone to the NPS; Part A is kept as it went."""
        return self.take(request, recall, services.send_recall, **self.said(request, RecallSendIn))


class AnswerRecall(_Step):
    action = Action.SUBMIT_BREACH

    @extend_schema(operation_id="answer_recall", request=RecallAnswerIn, responses=RecallOut)
    def post(self, request, crn, recall):
        """What the NPS or the casework section said, and who there."""
        return self.take(
            request, recall, services.answer_recall, **self.said(request, RecallAnswerIn)
        )


class WithdrawRecall(_Step):
    action = Action.WITHDRAW_BREACH

    @extend_schema(operation_id="withdraw_recall", request=RecallWithdrawIn, responses=RecallOut)
    def post(self, request, crn, recall):
        """It does not go on, because."""
        return self.take(
            request, recall, services.withdraw_recall, **self.said(request, RecallWithdrawIn)
        )


class WinBack(CaseAPI):
    action = Action.ANSWER_FAILURE

    @extend_schema(
        operation_id="agree_next_contact", request=NextContactIn, responses=NextContactOut
    )
    def post(self, request, crn):
        """When they are next seen while a breach or a recall runs, or why they cannot be and what is done instead."""
        given = NextContactIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = agree_next_contact(
            case=self.case, by=request.user, now=now(), **given.validated_data
        )
        return Response({"plans": [one.pk for one in made]})


def _found(case, key):
    found = find_recall(case, key)
    if found is None:
        raise NotFound
    return found


def _shown(case, user, found, many=False):
    names = names_for(case, actions_on(case, user))
    return RecallOut(found, many=many, context={"names": names}).data
