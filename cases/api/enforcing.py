"""Failures to comply on a case: those there are, recording one, answering, withdrawing, and deciding again."""

from django.utils.timezone import localdate, localtime, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import Failure
from cases.queries.booking import parts_of, running_of
from cases.queries.enforcement.answered_anew import earlier_answers
from cases.queries.enforcement.failures import (
    again_of,
    failures_of,
    find_again,
    find_failure,
    law_of,
    reason_given,
)
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.enforcement import Answer, Learnt
from cases.rules.enforcing import chosen
from cases.services.enforcement import answers
from cases.services.enforcement import failures as services
from cases.services.policy import enforcement_policy
from staff.errors import RuleBroken
from staff.permissions import Action

LONGEST = 4000
VOLUNTARY = "A failure is of an order, a requirement or a condition. Name one of those."


class FailureOut(serializers.ModelSerializer):
    """`answer`: blank until answered. `decide_again`: the key of the clock that asks to decide again on what it came to.

    Words that name somebody protected are without the name for those who may not see it.
    """

    what = serializers.SerializerMethodField()
    excuse = serializers.SerializerMethodField()
    because = serializers.SerializerMethodField()
    withdrawn_because = serializers.SerializerMethodField()
    decide_again = serializers.SerializerMethodField()
    regime = serializers.CharField()
    learnt = serializers.CharField()
    answer = serializers.CharField()
    appointment = serializers.IntegerField(
        source="decision.appointment_id", default=None, allow_null=True
    )

    class Meta:
        model = Failure
        fields = [
            "id", "sentence", "requirement", "condition", "regime", "happened_on", "became_aware_on", "learnt",
            "what", "excuse", "appointment", "answer", "because", "warning", "breach", "recall", "withdrawn_on",
            "withdrawn_because", "decide_again",
        ]  # fmt: skip

    def get_what(self, row) -> str:
        return self.context["names"].text(row.what)

    def get_excuse(self, row) -> str:
        return self.context["names"].text(reason_given(row))

    def get_because(self, row) -> str:
        return self.context["names"].text(row.because)

    def get_withdrawn_because(self, row) -> str:
        return self.context["names"].text(row.withdrawn_because)

    def get_decide_again(self, row) -> int | None:
        return self.context["again"].get(row.pk)


class LawOut(serializers.Serializer):
    """What may be done about it. `must`: the one answer that the law leaves, or null."""

    may = serializers.ListField(child=serializers.ChoiceField(Answer.choices()))
    must = serializers.CharField(allow_null=True)
    because = serializers.CharField()


class EarlierAnswerOut(serializers.Serializer):
    answer = serializers.ChoiceField(Answer.choices())
    because = serializers.CharField()
    on = serializers.DateField()
    by = serializers.CharField()
    breach = serializers.IntegerField()


class FailureAndLawOut(FailureOut):
    """`answered_before`: how it was answered while it was in a breach that came to nothing, the first first."""

    law = serializers.SerializerMethodField()
    answered_before = serializers.SerializerMethodField()

    class Meta(FailureOut.Meta):
        fields = [*FailureOut.Meta.fields, "law", "answered_before"]

    @extend_schema(responses=EarlierAnswerOut(many=True))
    def get_answered_before(self, row) -> list[dict]:
        names = self.context["names"]
        found = [one | {"because": names.text(one["because"])} for one in earlier_answers(row)]
        return list(EarlierAnswerOut(found, many=True).data)

    @extend_schema(responses=LawOut)
    def get_law(self, row) -> dict:
        found = law_of(row, enforcement_policy(localdate())).found
        return LawOut({"may": sorted(found.may), "must": found.must, "because": found.because}).data


class FailureIn(serializers.Serializer):
    """`part`: a key such as "order-4", "requirement-7" or "condition-2", of a sentence in force."""

    part = serializers.CharField(max_length=40)
    happened_on = serializers.DateField()
    became_aware_on = serializers.DateField()
    learnt = serializers.ChoiceField(Learnt.choices())
    what = serializers.CharField(max_length=LONGEST)
    excuse = serializers.CharField(max_length=LONGEST, default="", allow_blank=True)


class FailureAnswerIn(serializers.Serializer):
    answer = serializers.ChoiceField(Answer.choices())
    because = serializers.CharField(max_length=LONGEST)


class FailureWithdrawalIn(serializers.Serializer):
    because = serializers.CharField(max_length=500)


class DecideAgainIn(serializers.Serializer):
    because = serializers.CharField(max_length=LONGEST)


class Failures(CaseAPI):
    action = Action.VIEW_ENFORCEMENT
    actions = {"POST": Action.RECORD_FAILURE}

    @extend_schema(operation_id="list_failures", responses=FailureOut(many=True))
    def get(self, request, crn):
        """Every failure of the case, withdrawn ones too, the latest first."""
        return Response(_shown(self.case, request.user, failures_of(self.case), many=True))

    @extend_schema(operation_id="record_failure", request=FailureIn, responses={201: FailureOut})
    def post(self, request, crn):
        """A failure that no appointment says. The same once more, not answered yet, is the one that is there."""
        given = FailureIn(data=request.data)
        given.is_valid(raise_exception=True)
        said, at = dict(given.validated_data), now()
        choice = chosen(said.pop("part"), running_of(self.case, localtime(at).date()))
        if choice.sentence is None:
            raise RuleBroken(VOLUNTARY)
        rows = parts_of(choice)
        made = services.record_failure(
            case=self.case, order=choice.sentence, requirement=rows.get("requirement"),
            condition=rows.get("condition"), by=request.user, now=at, **said,
        )  # fmt: skip
        return Response(_shown(self.case, request.user, made), status=201)


class _Of(CaseAPI):
    action = Action.ANSWER_FAILURE

    def found(self, key):
        found = find_failure(self.case, key)
        if found is None:
            raise NotFound
        return found

    def given(self, kind, request):
        given = kind(data=request.data)
        given.is_valid(raise_exception=True)
        return {"by": request.user, "now": now(), **given.validated_data}


class OneFailure(_Of):
    action = Action.VIEW_ENFORCEMENT

    @extend_schema(operation_id="read_failure", responses=FailureAndLawOut)
    def get(self, request, crn, failure):
        """One failure, with what the law or the ladder leaves as things stand now."""
        found = self.found(failure)
        return Response(_shown(self.case, request.user, found, kind=FailureAndLawOut))


class AnswerFailure(_Of):
    @extend_schema(operation_id="answer_failure", request=FailureAnswerIn, responses=FailureOut)
    def post(self, request, crn, failure):
        """Warn them, refer it, ask for recall, or enforce nothing, as the law leaves."""
        said = self.given(FailureAnswerIn, request)
        done = answers.answer_failure(failure=self.found(failure), **said)
        return Response(_shown(self.case, request.user, done))


class WithdrawFailure(_Of):
    @extend_schema(
        operation_id="withdraw_failure", request=FailureWithdrawalIn, responses=FailureOut
    )
    def post(self, request, crn, failure):
        """There was a good reason after all: what rested on it is stopped, or decided again."""
        said = self.given(FailureWithdrawalIn, request)
        done = services.withdraw_failure(failure=self.found(failure), **said)
        return Response(_shown(self.case, request.user, done))


class DecideAgain(_Of):
    @extend_schema(
        operation_id="decide_again", request=DecideAgainIn, responses=FailureOut(many=True)
    )
    def post(self, request, crn, again):
        """What rested on a failure or a warning that was withdrawn stands, for a reason. Gives what it stands on."""
        deadline = find_again(self.case, again)
        if deadline is None:
            raise NotFound
        left = answers.keep_going(deadline=deadline, **self.given(DecideAgainIn, request))
        return Response(_shown(self.case, request.user, left, many=True))


def _shown(case, user, found, many=False, kind=FailureOut):
    context = {"names": names_for(case, actions_on(case, user)), "again": again_of(case)}
    return kind(found, many=many, context=context).data
