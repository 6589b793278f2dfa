"""Actions of the plan: what is to be done about what we have learnt, by whom and by when."""

from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import PlanAction
from cases.queries.names import names_for
from cases.queries.reach import actions_on
from cases.services import actions as services
from staff.permissions import Action


class ActionIn(serializers.Serializer):
    """What is to be done, by whom and by when."""

    what = serializers.CharField(max_length=500)
    by_whom = serializers.CharField(max_length=200)
    by_on = serializers.DateField()


class PlanActionOut(serializers.ModelSerializer):
    """Words that name somebody protected are without the name for those who may not see it."""

    what = serializers.SerializerMethodField()
    by_whom = serializers.SerializerMethodField()
    done_note = serializers.SerializerMethodField()

    class Meta:
        model = PlanAction
        fields = [
            "id", "what", "by_whom", "by_on", "enquiry", "reading", "made_on", "done_on", "done_note",
        ]  # fmt: skip

    def get_what(self, one) -> str:
        return self.context["names"].text(one.what)

    def get_by_whom(self, one) -> str:
        return self.context["names"].text(one.by_whom)

    def get_done_note(self, one) -> str:
        return self.context["names"].text(one.done_note)


class PlanActionIn(serializers.Serializer):
    """`enquiry`: whose reply it rests on."""

    what = serializers.CharField(max_length=500)
    by_whom = serializers.CharField(max_length=200)
    by_on = serializers.DateField()
    enquiry = serializers.IntegerField(required=False, min_value=1)


class DoneIn(serializers.Serializer):
    note = serializers.CharField(max_length=500)


class PlanActions(CaseAPI):
    action = Action.VIEW_CHECKS
    actions = {"POST": Action.ANALYSE_CHECK}

    @extend_schema(operation_id="list_actions", responses=PlanActionOut(many=True))
    def get(self, request, crn):
        """Every action of the plan, those due first."""
        found = self.case.plan_actions.in_force().order_by("by_on", "pk")
        return Response(_shown(self.case, request.user, found, many=True))

    @extend_schema(operation_id="add_action", request=PlanActionIn, responses={201: PlanActionOut})
    def post(self, request, crn):
        """Put an action in the plan."""
        given = PlanActionIn(data=request.data)
        given.is_valid(raise_exception=True)
        said = dict(given.validated_data)
        about = said.pop("enquiry", None)
        enquiry = get_object_or_404(self.case.enquiries, pk=about) if about else None
        made = services.add_action(
            case=self.case, enquiry=enquiry, by=request.user, today=localdate(), **said
        )
        return Response(_shown(self.case, request.user, made), status=201)


class PlanActionDone(CaseAPI):
    action = Action.ANALYSE_CHECK

    @extend_schema(operation_id="finish_action", request=DoneIn, responses=PlanActionOut)
    def post(self, request, crn, action):
        """Say that an action is done, and what came of it."""
        given = DoneIn(data=request.data)
        given.is_valid(raise_exception=True)
        found = get_object_or_404(self.case.plan_actions.in_force(), pk=action)
        done = services.finish_action(
            action=found, by=request.user, today=localdate(), **given.validated_data
        )
        return Response(_shown(self.case, request.user, done))


def _shown(case, user, found, *, many=False):
    names = names_for(case, actions_on(case, user))
    return PlanActionOut(found, many=many, context={"names": names}).data
