"""Rehabilitation activity: the days of each requirement, planning, changing and ending activities."""

from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from cases.api.base import CaseAPI
from cases.models import RarActivity
from cases.queries.names import names_for
from cases.queries.rar import rar_of_case, running_of
from cases.queries.reach import actions_on
from cases.reference.appointments import RarTheme
from cases.reference.plans import Route
from cases.rules.rar import MOST_DAYS
from cases.services import rar as services
from cases.services.policy import meeting_policy
from staff.permissions import Action


class RarActivityOut(serializers.ModelSerializer):
    """Words that name somebody protected are without the name for those who may not see it."""

    what = serializers.SerializerMethodField()
    ended_because = serializers.SerializerMethodField()

    class Meta:
        model = RarActivity
        fields = ["id", "requirement", "objective", "theme", "what", "days", "route", "planned_on", "ended_on", "ended_because"]  # fmt: skip

    def get_what(self, one) -> str:
        return self.context["names"].text(one.what)

    def get_ended_because(self, one) -> str:
        return self.context["names"].text(one.ended_because)


class RarStallOut(serializers.Serializer):
    """A time without a day, from the last before it to the next, or to the end of the order."""

    from_on = serializers.DateField()
    to_on = serializers.DateField()
    weeks = serializers.IntegerField()


class RarForecastOut(serializers.Serializer):
    """What comes of the days left if every one that is booked is kept.

    `left_over`: unused when the order ends; `too_late`: booked after it; `spare`: booked beyond what was ordered.
    """

    words = serializers.CharField()
    used_up_on = serializers.DateField(allow_null=True)
    left_over = serializers.IntegerField()
    stalls = RarStallOut(many=True)
    too_late = serializers.ListField(child=serializers.DateField())
    spare = serializers.ListField(child=serializers.DateField())


class RarDaysOut(serializers.Serializer):
    """The days of one requirement. `stalled_since`: none where it has not stalled; `forecast`: none where nothing is left."""

    requirement = serializers.IntegerField(source="requirement.pk")
    runs = serializers.BooleanField()
    ordered = serializers.IntegerField(source="tally.ordered", allow_null=True)
    planned = serializers.IntegerField(source="tally.planned")
    booked = serializers.ListField(child=serializers.DateField(), source="tally.booked")
    credited = serializers.ListField(child=serializers.DateField(), source="tally.credited")
    unsaid = serializers.ListField(child=serializers.DateField(), source="tally.unsaid")
    missed = serializers.ListField(child=serializers.DateField(), source="tally.missed")
    left = serializers.IntegerField(source="tally.left", allow_null=True)
    over = serializers.IntegerField(source="tally.over")
    recorded = serializers.DecimalField(
        max_digits=7, decimal_places=2, source="requirement.completed", allow_null=True
    )
    enough = serializers.BooleanField(source="order.enough")
    stalled_since = serializers.DateField(source="since", allow_null=True)
    forecast = serializers.SerializerMethodField()
    activities = RarActivityOut(many=True)

    @extend_schema_field(RarForecastOut(allow_null=True))
    def get_forecast(self, one):
        found = one.forecast(self.context["today"], self.context["weeks"])
        return RarForecastOut(found).data if found else None


class RarActivityIn(serializers.Serializer):
    """`objective`: the key of one of the plan in force, or none."""

    theme = serializers.ChoiceField(RarTheme.choices())
    what = serializers.CharField(max_length=300)
    route = serializers.ChoiceField(Route.choices())
    days = serializers.IntegerField(min_value=1, max_value=MOST_DAYS)
    objective = serializers.IntegerField(required=False, min_value=1)


class PlanRarActivityIn(RarActivityIn):
    requirement = serializers.IntegerField(min_value=1)


class RarReasonIn(serializers.Serializer):
    because = serializers.CharField(max_length=300)


class RarDays(CaseAPI):
    action = Action.VIEW_PLAN
    actions = {"POST": Action.WRITE_PLAN}

    @extend_schema(operation_id="list_rar", responses=RarDaysOut(many=True))
    def get(self, request, crn):
        """Days ordered, planned, booked and credited of every requirement, those that run first."""
        return Response(_shown(self.case, request.user))

    @extend_schema(
        operation_id="plan_rar_activity",
        request=PlanRarActivityIn,
        responses={201: RarDaysOut(many=True)},
    )
    def post(self, request, crn):
        """Plan an activity under a requirement that runs."""
        given = _read(PlanRarActivityIn, request)
        given["requirement"] = _running(self.case, given["requirement"])
        services.plan_activity(by=request.user, today=localdate(), **given)
        return Response(_shown(self.case, request.user), status=201)


class ChangeRarActivity(CaseAPI):
    action = Action.WRITE_PLAN

    @extend_schema(
        operation_id="change_rar_activity",
        request=RarActivityIn,
        responses=RarDaysOut(many=True),
    )
    def post(self, request, crn, rar_activity):
        """Change what is planned."""
        found = get_object_or_404(self.case.rar_activities, pk=rar_activity)
        given = _read(RarActivityIn, request)
        services.change_activity(activity=found, by=request.user, today=localdate(), **given)
        return Response(_shown(self.case, request.user))


class EndRarActivity(CaseAPI):
    action = Action.WRITE_PLAN

    @extend_schema(
        operation_id="end_rar_activity", request=RarReasonIn, responses=RarDaysOut(many=True)
    )
    def post(self, request, crn, rar_activity):
        """End an activity, saying why. What was credited under it stays."""
        found = get_object_or_404(self.case.rar_activities, pk=rar_activity)
        given = _read(RarReasonIn, request)
        services.end_activity(activity=found, by=request.user, today=localdate(), **given)
        return Response(_shown(self.case, request.user))


class SayRarEnough(CaseAPI):
    action = Action.WRITE_PLAN

    @extend_schema(
        operation_id="say_rar_enough", request=RarReasonIn, responses=RarDaysOut(many=True)
    )
    def post(self, request, crn, rar_requirement):
        """Say that fewer days than ordered are enough, and why. Planning an activity takes it back."""
        found = _running(self.case, rar_requirement)
        given = _read(RarReasonIn, request)
        services.say_enough(requirement=found, by=request.user, today=localdate(), **given)
        return Response(_shown(self.case, request.user))


def _read(form, request):
    given = form(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _running(case, key):
    """The requirement of this case that is meant, where it runs."""
    found = next((one for one in running_of(case) if one.pk == key), None)
    if found is None:
        raise ValidationError(
            {"requirement": ["There is none of this case that runs by that key."]}
        )
    return found


def _shown(case, user):
    today = localdate()
    weeks = meeting_policy(today).rar_stall_weeks
    names = names_for(case, actions_on(case, user))
    context = {"names": names, "today": today, "weeks": weeks}
    return RarDaysOut(rar_of_case(case, today, weeks), many=True, context=context).data
