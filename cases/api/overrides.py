"""Overrides: those of a case, asking for one, deciding, closing and reading it."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import Override
from cases.queries.names import names_for
from cases.queries.open_gates import before_signing
from cases.queries.override_pages import find_override, overrides_of
from cases.queries.reach import actions_on
from cases.reference.overrides import Act, OverrideState
from cases.rules.overrides import SIX
from cases.services import overrides as services
from cases.services.policy import assessing_policy
from staff.errors import RuleBroken
from staff.permissions import Action

SIGNED = frozenset({Act.ASSESSMENT, Act.PLAN})
ELSEWHERE = "Overrides of an allocation to unpaid work are asked for, decided and closed at their own endpoint."


class OverrideOut(serializers.ModelSerializer):
    """An override as this reader may see it: protected names are taken out of its words."""

    act = serializers.ChoiceField(choices=Act.choices())
    state = serializers.ChoiceField(choices=OverrideState.choices())
    gaps = serializers.ListField(child=serializers.CharField())
    says = serializers.SerializerMethodField()
    asked_by = serializers.CharField(source="asked_by.username")
    decided_by = serializers.CharField(source="decided_by.username", default=None, allow_null=True)

    class Meta:
        model = Override
        fields = [
            "id", "act", "assessment", "plan", "state", "gaps", "says", "expires_on", "asked_at", "asked_by",
            "decided_at", "decided_by", "opened_case", "sampled", "read_at", "closed_on",
        ]  # fmt: skip

    def get_says(self, override) -> dict[str, str]:
        names = self.context["names"]
        written = (*SIX, "decision_note", "read_note", "closed_how")
        return {name: names.text(getattr(override, name)) for name in written}


class OverrideIn(serializers.Serializer):
    act = serializers.ChoiceField(choices=Act.choices())
    keys = serializers.ListField(child=serializers.CharField(max_length=200), max_length=200)
    unknown = serializers.CharField()
    read_and_asked = serializers.CharField()
    why_safer = serializers.CharField()
    who_is_protected = serializers.CharField()
    who_was_told = serializers.CharField()
    what_closes_it = serializers.CharField()
    expires_on = serializers.DateField()


class OverrideDecisionIn(serializers.Serializer):
    approve = serializers.BooleanField()
    note = serializers.CharField(max_length=500)


class OverrideClosedIn(serializers.Serializer):
    how = serializers.CharField(max_length=500)


class OverrideReadIn(serializers.Serializer):
    note = serializers.CharField(max_length=500)


class Overrides(CaseAPI):
    action = Action.VIEW_OVERRIDES
    actions = {"POST": Action.ASK_OVERRIDE}

    @extend_schema(operation_id="list_overrides_of_case", responses=OverrideOut(many=True))
    def get(self, request, crn):
        """Every override of the case, the latest first."""
        return Response(_shown(overrides_of(self.case), self.case, request.user, many=True))

    @extend_schema(operation_id="ask_override", request=OverrideIn, responses={201: OverrideOut})
    def post(self, request, crn):
        """Ask to sign what is being written although these gates are shut. For unpaid work: its own endpoint."""
        given = OverrideIn(data=request.data)
        given.is_valid(raise_exception=True)
        asked = dict(given.validated_data)
        act = Act(asked.pop("act"))
        if act not in SIGNED:
            raise RuleBroken(ELSEWHERE)
        written = self.case.assessments if act == Act.ASSESSMENT else self.case.plans
        acted_on = written.unfinished().first()
        if acted_on is None:
            raise RuleBroken("Nothing of that kind is being written on this case.")
        today = localdate()
        before = before_signing(acted_on, assessing_policy(today), today)
        override = services.ask_override(**before, **asked, by=request.user, today=today, now=now())
        return Response(_shown(override, self.case, request.user), status=201)


class OverrideStep(CaseAPI):
    """One step in the life of an override of the case."""

    def take(self, request, key, form, service, **known):
        found = get_object_or_404(self.case.overrides, pk=key)
        given = form(data=request.data)
        given.is_valid(raise_exception=True)
        service(override=found, by=request.user, today=localdate(), **given.validated_data, **known)
        return Response(_shown(find_override(self.case, key), self.case, request.user))


class DecideOverride(OverrideStep):
    action = Action.DECIDE_OVERRIDE

    @extend_schema(
        operation_id="decide_override", request=OverrideDecisionIn, responses=OverrideOut
    )
    def post(self, request, crn, override):
        """Approve it until its day, or refuse it. For unpaid work: its own endpoint."""
        found, today = get_object_or_404(self.case.overrides, pk=override), localdate()
        if Act(found.act) not in SIGNED:
            raise RuleBroken(ELSEWHERE)
        before = before_signing(found.assessment or found.plan, assessing_policy(today), today)
        return self.take(
            request,
            override,
            OverrideDecisionIn,
            services.decide_override,
            open_now=before["open_now"],
            now=now(),
        )


class CloseOverride(OverrideStep):
    action = Action.DECIDE_OVERRIDE

    @extend_schema(operation_id="close_override", request=OverrideClosedIn, responses=OverrideOut)
    def post(self, request, crn, override):
        """Close it by hand, saying how. For unpaid work: its own endpoint."""
        if Act(get_object_or_404(self.case.overrides, pk=override).act) not in SIGNED:
            raise RuleBroken(ELSEWHERE)
        return self.take(request, override, OverrideClosedIn, services.close_override)


class ReadOverride(OverrideStep):
    action = Action.READ_OVERRIDE

    @extend_schema(operation_id="read_override", request=OverrideReadIn, responses=OverrideOut)
    def post(self, request, crn, override):
        """Say what was found on reading one of the sample."""
        return self.take(request, override, OverrideReadIn, services.read_override, now=now())


def _shown(overrides, case, user, many=False):
    names = names_for(case, actions_on(case, user))
    return OverrideOut(overrides, many=many, context={"names": names}).data
