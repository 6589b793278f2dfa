"""The end of a case: where it stands, what was said, bringing it to its end, an early end, and opening it again.

It stands here because the hours of unpaid work that are left keep an order in force.
"""

from dataclasses import replace
from typing import Any

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from cases.api.assessments import AnsweredOut, ToDoOut
from cases.api.base import CaseAPI
from cases.models import Ending
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.reference.endings import EndedBy
from cases.rules.ending_answers import said_of
from cases.services.endings import write_ending
from cases.services.reopening import reopen_case
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.rules.merging import marks
from unpaidwork.queries.ending import stands_of
from unpaidwork.services import endings as services

NONE_PREPARED = "The end of this case is not being prepared. Begin it first."


class EndingOut(serializers.ModelSerializer):
    """An ending as this reader may see it: protected names are taken out of its words."""

    ended_by_way = serializers.ChoiceField(choices=EndedBy.choices(), allow_blank=True)
    said = serializers.SerializerMethodField()
    seen = serializers.SerializerMethodField()
    ended_by = serializers.CharField(source="ended_by.username", default=None, allow_null=True)
    reopened_by = serializers.CharField(
        source="reopened_by.username", default=None, allow_null=True
    )
    reopened_because = serializers.SerializerMethodField()

    class Meta:
        model = Ending
        fields = [
            "id", "ends_on", "ended_by_way", "said", "seen", "version", "opened_at", "ended_at", "ended_by", "keep_until",
            "reopened_at", "reopened_by", "reopened_because",
        ]  # fmt: skip

    def get_said(self, ending) -> dict[str, Any]:
        """What was said, by name: a code, `flag-` and the register's key, or `tell-` and who is told."""
        return {
            name: _masked(value, self.context["names"]) for name, value in _said(ending).items()
        }

    def get_seen(self, ending) -> dict[str, str]:
        """Marks of what stands, to send with what is said so that nothing is overwritten unseen."""
        said = _said(ending)
        return marks(said, said)

    def get_reopened_because(self, ending) -> str:
        return self.context["names"].text(ending.reopened_because)


class EndingStandsOut(serializers.Serializer):
    """`why`: the last day and what it rests on, in words; `senior`: why a senior ends it, blank where its officer may."""

    why = serializers.CharField(allow_blank=True)
    senior = serializers.CharField(allow_blank=True)
    may_end = serializers.BooleanField()
    to_do = ToDoOut(many=True)
    endings = EndingOut(many=True)


class EndingSaidIn(serializers.Serializer):
    """`given`: {name: value}, null to take one away. Without `seen` what stands is written over.

    A register: {"keep", "because", "review_on"}. Somebody who is told: {"on", "words"}, or {"because"}.
    """

    given = serializers.DictField(child=serializers.JSONField(allow_null=True))
    seen = serializers.DictField(
        child=serializers.CharField(allow_null=True), required=False, allow_null=True
    )


class EarlyEndIn(serializers.Serializer):
    propose = serializers.BooleanField()
    because = serializers.CharField(max_length=4000)


class ReopenIn(serializers.Serializer):
    because = serializers.CharField(max_length=500)


class CaseEnding(CaseAPI):
    action = Action.VIEW_MOVEMENTS
    actions = {"POST": Action.END_CASE}

    @extend_schema(operation_id="read_ending", responses=EndingStandsOut)
    def get(self, request, crn):
        """Where the end of the case stands, what is still to do, and every ending there was, the latest first."""
        stands = stands_of(self.case, request.user, localdate())
        names = names_for(self.case, actions_on(self.case, request.user))
        found = self.case.endings.select_related("ended_by", "reopened_by").order_by("-pk")
        to_do = [replace(one, sentence=names.text(one.sentence)) for one in stands.found]
        body = {
            "why": stands.why,
            "senior": stands.senior,
            "may_end": stands.may_end,
            "to_do": to_do,
            "endings": found,
        }
        return Response(EndingStandsOut(body, context={"names": names}).data)

    @extend_schema(operation_id="begin_ending", request=None, responses={201: EndingOut})
    def post(self, request, crn):
        """Begin to prepare the end, or go on with what is being prepared."""
        begun = services.begin_ending(case=self.case, by=request.user, now=now())
        return Response(_shown(self, request, begun), status=201)


class SayOfEnding(CaseAPI):
    action = Action.END_CASE

    @extend_schema(
        operation_id="write_ending",
        request=EndingSaidIn,
        responses={200: AnsweredOut, 409: AnsweredOut},
    )
    def post(self, request, crn):
        """Say some of what is asked. Answers 409 where somebody else has said something else of it meanwhile."""
        ending = _prepared(self.case)
        asked = EndingSaidIn(data=request.data)
        asked.is_valid(raise_exception=True)
        given, seen = asked.validated_data["given"], asked.validated_data.get("seen")
        outcome = write_ending(
            ending=ending,
            given=given,
            seen=marks(_said(ending), given) if seen is None else seen,
            by=request.user,
            today=localdate(),
        )
        stands = _said(_prepared(self.case))
        names = names_for(self.case, actions_on(self.case, request.user))
        said = {
            "written": sorted(outcome.write),
            "conflicts": sorted(outcome.conflicts),
            "stands": {name: _masked(stands.get(name), names) for name in outcome.conflicts},
            "seen": marks(stands, given),
        }
        return Response(AnsweredOut(said).data, status=409 if outcome.conflicts else 200)


class EndCase(CaseAPI):
    action = Action.END_CASE

    @extend_schema(operation_id="end_case", request=None, responses=EndingOut)
    def post(self, request, crn):
        """Bring the case to its end. Refused while anything is still to do."""
        ended = services.end_case(ending=_prepared(self.case), by=request.user, now=now())
        return Response(_shown(self, request, ended))


class AskSenior(CaseAPI):
    action = Action.END_CASE

    @extend_schema(operation_id="ask_senior_to_end_case", request=None, responses=EndingOut)
    def post(self, request, crn):
        """Have the seniors told that all is ready, where one of them ends the case."""
        asked = services.ask_senior(ending=_prepared(self.case), by=request.user, now=now())
        return Response(_shown(self, request, asked))


class DecideEarlyEnd(CaseAPI):
    action = Action.END_CASE

    @extend_schema(operation_id="decide_early_end", request=EarlyEndIn, responses=EndingOut)
    def post(self, request, crn):
        """Say whether the court is asked to revoke the order for good progress, and why."""
        asked = EarlyEndIn(data=request.data)
        asked.is_valid(raise_exception=True)
        decided = services.decide_early_end(
            case=self.case, by=request.user, now=now(), **asked.validated_data
        )
        return Response(_shown(self, request, decided))


class ReopenCase(CaseAPI):
    action = Action.REOPEN_CASE

    @extend_schema(operation_id="reopen_case", request=ReopenIn, responses=EndingOut)
    def post(self, request, crn):
        """Open a case that ended here again, with everything that was owed."""
        asked = ReopenIn(data=request.data)
        asked.is_valid(raise_exception=True)
        because = asked.validated_data["because"]
        opened = reopen_case(case=self.case, because=because, by=request.user, now=now())
        return Response(_shown(self, request, opened))


STEPS = {
    "said": SayOfEnding,
    "end": EndCase,
    "ask": AskSenior,
    "early": DecideEarlyEnd,
    "reopen": ReopenCase,
}


def _prepared(case):
    found = case.endings.being_prepared().first()
    if found is None:
        raise RuleBroken(NONE_PREPARED)
    return found


def _said(ending):
    return said_of(ending.answers, ending.flags, ending.told)


def _masked(value, names):
    """Its words as this reader may see them."""
    if isinstance(value, dict):
        return {code: _masked(one, names) for code, one in value.items()}
    return names.text(value) if isinstance(value, str) else value


def _shown(endpoint, request, ending):
    names = names_for(endpoint.case, actions_on(endpoint.case, request.user))
    return EndingOut(ending, context={"names": names}).data
