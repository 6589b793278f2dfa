"""What seniors asked to be done on a case: asking, saying that it is done, asking no longer."""

from django.utils.timezone import localdate, now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import SeniorAction
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.queries.senior_actions import PEOPLE
from cases.reference.senior_actions import SeniorActionState
from cases.services import senior_actions as services
from staff.permissions import Action


class SeniorActionOut(serializers.ModelSerializer):
    """What was asked for, as this reader may see it."""

    state = serializers.ChoiceField(choices=SeniorActionState.choices())
    says = serializers.SerializerMethodField()
    asked_by = serializers.CharField(source="asked_by.username")
    asked_of = serializers.CharField(source="owner.username")
    settled_by = serializers.CharField(source="settled_by.username", default=None, allow_null=True)

    class Meta:
        model = SeniorAction
        fields = [
            "id", "state", "says", "due_on", "asked_on", "asked_by", "asked_of", "settled_on", "settled_by",
        ]  # fmt: skip

    def get_says(self, one) -> dict[str, str]:
        names = self.context["names"]
        return {name: names.text(getattr(one, name)) for name in ("what", "why", "settled_because")}


class AskForActionIn(serializers.Serializer):
    what = serializers.CharField(max_length=1000)
    why = serializers.CharField(max_length=1000)
    due_on = serializers.DateField()


class SettleActionIn(serializers.Serializer):
    because = serializers.CharField(max_length=1000)


def _shown(found, case, user, many=False):
    names = names_for(case, actions_on(case, user))
    return SeniorActionOut(found, many=many, context={"names": names}).data


class SeniorActions(CaseAPI):
    action = Action.VIEW_SENIOR_ACTIONS
    actions = {"POST": Action.ASK_SENIOR_ACTION}

    @extend_schema(operation_id="list_senior_actions_of_case", responses=SeniorActionOut(many=True))
    def get(self, request, crn):
        """What seniors asked to be done on the case, the latest first."""
        found = self.case.senior_actions.select_related(*PEOPLE).order_by("-pk")
        return Response(_shown(found, self.case, request.user, many=True))

    @extend_schema(
        operation_id="ask_for_action", request=AskForActionIn, responses={201: SeniorActionOut}
    )
    def post(self, request, crn):
        """Ask whoever holds the case for one thing, by a day."""
        given = AskForActionIn(data=request.data)
        given.is_valid(raise_exception=True)
        known = {"case": self.case, "by": request.user, "today": localdate(), "now": now()}
        made = services.ask_for_action(**known, **given.validated_data)
        return Response(_shown(made, self.case, request.user), status=201)


class SettleSeniorAction(CaseAPI):
    """One step that settles what was asked for on the case."""

    def take(self, request, key, service):
        found = get_object_or_404(self.case.senior_actions, pk=key)
        given = SettleActionIn(data=request.data)
        given.is_valid(raise_exception=True)
        known = {"senior_action": found, "by": request.user, "today": localdate(), "now": now()}
        done = service(**known, **given.validated_data)
        return Response(_shown(done, self.case, request.user))


class DoSeniorAction(SettleSeniorAction):
    action = Action.DO_SENIOR_ACTION

    @extend_schema(
        operation_id="do_senior_action", request=SettleActionIn, responses=SeniorActionOut
    )
    def post(self, request, crn, senior_action):
        """Say what was done."""
        return self.take(request, senior_action, services.do_senior_action)


class WithdrawSeniorAction(SettleSeniorAction):
    action = Action.ASK_SENIOR_ACTION

    @extend_schema(
        operation_id="withdraw_senior_action", request=SettleActionIn, responses=SeniorActionOut
    )
    def post(self, request, crn, senior_action):
        """Ask for it no longer, and say why."""
        return self.take(request, senior_action, services.withdraw_senior_action)
